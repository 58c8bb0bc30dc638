"""Saved replies: texts people keep to answer with, filled from the case before anybody sends them."""
