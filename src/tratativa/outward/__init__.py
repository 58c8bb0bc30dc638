"""Outward: the one way to whatever the desk connects to because somebody named a host."""
