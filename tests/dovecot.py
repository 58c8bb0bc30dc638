"""The IMAP server of the tests: Dovecot, installed where that may be done; else they run against pymap and say so."""

import sys

from tests import packages


def ensure() -> str:
    """A sentence on the server the tests will use."""
    if not packages.found("dovecot"):
        packages.install("dovecot-imapd", "os testes de IMAP")
    if packages.found("dovecot"):
        return "Os testes de IMAP usam o Dovecot."
    return "Sem Dovecot (no Debian: apt install dovecot-imapd), os testes de IMAP usam o pymap."


if __name__ == "__main__":
    print(ensure(), file=sys.stderr)
