"""What a rulebook gets wrong although every key of it is known."""
