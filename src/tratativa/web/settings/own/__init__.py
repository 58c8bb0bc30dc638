"""One's own account: what guards it, and the address it is known by."""
