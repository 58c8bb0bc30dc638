"""The language: what each key of a rulebook means, typed and closed."""
