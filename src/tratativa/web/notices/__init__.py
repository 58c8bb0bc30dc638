"""Avisos: the bell, the page behind it, and the way from a notice to its case."""
