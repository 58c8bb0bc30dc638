"""What every page stands in: who may come in, the way around, what goes wrong, moments in words."""
