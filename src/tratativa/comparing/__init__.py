"""Comparing: what another version of a rulebook says otherwise, told to people in sentences."""
