"""What a copy of the data, a page or a log must not tell: sealed, masked, kept apart."""
