"""Regras: the rules as they apply and applied, and the studio in which the next ones are drafted."""
