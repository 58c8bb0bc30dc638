"""Tratativa: the after-sales desk that marketplaces, sellers, customers and partners share."""
