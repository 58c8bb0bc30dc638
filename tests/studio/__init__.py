"""Tests of the rulebook studio."""
