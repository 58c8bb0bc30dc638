"""A front that speaks TLS for a plain server behind it, with a certificate of an authority made for the occasion."""

import datetime
import ipaddress
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Front:
    """Where it listens on this machine, and the authority of its certificate, in PEM."""

    port: int
    authority: str


def authority(name: str) -> tuple[str, ec.EllipticCurvePrivateKey, x509.Certificate]:
    """An authority of one's own: its certificate in PEM, its key, and the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _begun(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM).decode(), key, signed


@contextmanager
def facing(port: int) -> Iterator[Front]:
    """Listens for TLS on 127.0.0.1 and passes everything on to this port."""
    pem, signer, signed = authority("Casa")
    key = ec.generate_private_key(ec.SECP256R1())
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    own = _begun("imap", "Casa", key).add_extension(here, critical=False).sign(signer, hashes.SHA256())
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, *plain) + own.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
    assert signed
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, context, port), daemon=True).start()
    yield Front(listener.getsockname()[1], pem)
    listener.close()


def _begun(name: str, by: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    called = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, by)]
    return (
        x509.CertificateBuilder().subject_name(called[0]).issuer_name(called[1]).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )  # fmt: skip


def _accept(listener: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):
        while True:
            raw, _whence = listener.accept()
            threading.Thread(target=_relay, args=(raw, context, port), daemon=True).start()


def _relay(raw: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):
        outer = context.wrap_socket(raw, server_side=True)
        inner = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=_pass_on, args=(inner, outer), daemon=True).start()
        _pass_on(outer, inner)


def _pass_on(source: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            to.sendall(piece)
    with suppress(OSError):
        to.shutdown(socket.SHUT_WR)
