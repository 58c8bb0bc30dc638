"""The drill: letters handed over while the processes that take them, and the database, are killed."""
