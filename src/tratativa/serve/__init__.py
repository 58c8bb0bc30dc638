"""The processes of an installation, and the database it brings along."""
