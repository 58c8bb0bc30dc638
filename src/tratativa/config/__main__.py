"""`python -m tratativa.config` is the command `tratativa`."""

from tratativa.config.cli import main

main()
