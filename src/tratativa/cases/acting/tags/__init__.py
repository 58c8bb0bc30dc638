"""Tags: put on cases and taken off, called otherwise and forgotten, each team its own."""
