"""Sellers, customers and orders from sheets, at any time."""
