"""Avisos: each person's own choice of what they are told, by which ways, and when not."""
