"""Many cases at once: what is asked of them, who would be refused, and what became of each."""
