"""Runs of guided procedures: what a case is doing, step by step, and what it did."""
