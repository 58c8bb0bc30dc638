"""The command `tratativa` and all its commands."""

from tratativa.cli import spoken

spoken.install()
