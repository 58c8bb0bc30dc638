"""A case's own fields on its page: shown, and filled in where they stand."""
