"""Joining: whoever was invited to a team says yes, and has a password of their own from then on."""
