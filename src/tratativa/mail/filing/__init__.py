"""A letter that came in, put where it belongs: on its case, beside it, or aside for somebody to see."""
