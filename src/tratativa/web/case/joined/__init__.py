"""The cases that stand beside one: tied to it, and taken off again."""
