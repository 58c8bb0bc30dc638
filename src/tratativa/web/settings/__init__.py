"""Ajustes: what those who administer an organisation look after, a file a page."""
