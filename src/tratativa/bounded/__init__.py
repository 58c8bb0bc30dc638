"""Bounded: work on strangers' bytes in a child with little time, little memory and nothing else to reach."""
