"""What every page stands in: who may come in, the way around, and what goes wrong."""
