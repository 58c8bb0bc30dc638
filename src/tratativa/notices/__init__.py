"""Notices: what happened, told to each person it concerns, once, by the ways they chose."""
