"""`python -m tratativa.cli` is the command `tratativa`."""

from tratativa.cli.main import main

main()
