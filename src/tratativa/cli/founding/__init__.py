"""Founding: the commands that make a company, its sellers, its people and its rules."""
