"""Authorities: whose word on a server's certificate is believed: the machine's, or the one given with the server."""

import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _

LARGEST = 60_000  # letters: a bundle of a house's own has a handful of certificates


class NoAuthority(ValueError):
    """What was given is no certificate in PEM; the message is the sentence for whoever gave it."""


def clean(raw: str) -> str:
    """The certificates in it as they are kept, in PEM, without what stands around them; nothing for nothing.

    Raises NoAuthority; a private key, which nobody is to have but its server, is none.
    """
    if not raw.strip():
        return ""
    if "PRIVATE KEY-----" in raw:
        raise NoAuthority(_("Isto traz uma chave privada, que não é para sair do servidor. Cole só o certificado."))
    told = _("Cole o certificado em PEM, de -----BEGIN CERTIFICATE----- até o fim.")
    if len(raw) > LARGEST:
        raise NoAuthority(told)
    try:
        found = x509.load_pem_x509_certificates(raw.encode())
        return "".join(one.public_bytes(Encoding.PEM).decode("ascii") for one in found)
    except ValueError as problem:
        raise NoAuthority(told) from problem


def name(pem: str) -> str:
    """What the first of the certificates calls itself, with the beginning of its fingerprint; empty for none."""
    if not pem:
        return ""
    first = x509.load_pem_x509_certificates(pem.encode())[0]
    common = first.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    called = str(common[0].value) if common else first.subject.rfc4514_string()
    return f"{called[:60]} (SHA-256 {first.fingerprint(hashes.SHA256()).hex()[:16]})"


def context(pem: str = "") -> ssl.SSLContext:
    """How a server's certificate is checked: by these authorities alone, or by the machine's where there are none."""
    return ssl.create_default_context(cadata=pem or None)
