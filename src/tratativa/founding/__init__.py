"""Founding: a marketplace comes to be: its rules, its people, its sellers, orders and customers; all safe to repeat."""
