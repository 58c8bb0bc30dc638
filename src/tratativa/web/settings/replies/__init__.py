"""Respostas prontas: what people and teams keep to answer with."""
