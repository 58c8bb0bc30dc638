"""Answers made quickly: saved replies put into the composer, where they are seen before anything is sent."""
