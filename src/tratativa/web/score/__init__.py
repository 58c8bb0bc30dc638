"""A seller's standing: what counts, what follows from it, and what is said against it."""
