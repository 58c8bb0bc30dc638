"""Words: to whom they go, what may not be said, the rulebook's own texts, what is being written."""
