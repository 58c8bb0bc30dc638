"""People, their organisations, and in whose name someone acts."""
