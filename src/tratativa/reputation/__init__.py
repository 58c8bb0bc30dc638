"""Reputation: what follows from a seller's standing, decided by people and open to defence."""
