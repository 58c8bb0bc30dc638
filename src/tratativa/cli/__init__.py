"""The command `tratativa` and all its commands."""
