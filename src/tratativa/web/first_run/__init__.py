"""The first run: one step a screen, from an empty database to the desk with what is still missing listed."""
