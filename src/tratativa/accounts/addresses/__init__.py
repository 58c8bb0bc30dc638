"""Addresses: the e-mail somebody signs in with becomes another, when both the old and the new one said yes."""
