"""Joining: two cases that belong together, each still a case of its own."""
