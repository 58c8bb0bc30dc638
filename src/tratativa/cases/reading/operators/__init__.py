"""Operators: what narrows a search as one types it (`fila:troca prazo:<4h`), by their words in either language."""
