"""Trouble: what an operator can be told in one sentence, with what to do about it."""


class Trouble(Exception):
    """Its text is shown as it is, without a traceback, and the command ends with status 1."""
