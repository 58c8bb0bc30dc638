"""Help: the rulebook told as articles, written from the rules themselves."""
