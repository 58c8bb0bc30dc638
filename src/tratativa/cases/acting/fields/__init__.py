"""A case's own fields: what a rulebook has teams write down of it."""
