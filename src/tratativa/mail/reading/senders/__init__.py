"""Whether a person or a machine wrote a letter."""
