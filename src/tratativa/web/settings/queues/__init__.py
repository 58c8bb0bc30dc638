"""Filas e parceiros: how each queue's cases are given out, to whom, and who answers the partners' queues."""
