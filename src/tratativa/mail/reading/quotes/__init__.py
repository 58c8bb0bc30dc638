"""What of a letter was written now, and what repeats somebody else's words."""
