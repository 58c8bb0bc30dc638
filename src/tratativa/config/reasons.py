"""Reasons: what an exception says, on one line of a log or in one sentence."""


def line(problem: BaseException) -> str:
    """Its text without line breaks; its type when it says nothing."""
    return " ".join(str(problem).split()) or type(problem).__name__
