"""The everyday changes: a form for each, which changes one value of a draft's file and nothing else of it."""
