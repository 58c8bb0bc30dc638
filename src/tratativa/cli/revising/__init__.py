"""Commands on rules that are about to change: what they would say otherwise, and what they would have changed."""
