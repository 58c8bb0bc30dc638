"""Etiquetas: the room of a team's tags."""
