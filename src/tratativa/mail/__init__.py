"""Letters: what the desk tells people by e-mail, and what they answer."""

from tratativa.mail.reading.summary import summary

__all__ = ["summary"]
