"""Tests of what builds the desk."""
