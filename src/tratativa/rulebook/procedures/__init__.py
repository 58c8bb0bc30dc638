"""Guided procedures: walked from stop to stop, and drawn."""
