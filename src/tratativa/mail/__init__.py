"""Letters: what the desk tells people by e-mail."""
