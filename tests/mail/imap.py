"""A real IMAP server for the tests: Dovecot where it is installed, else pymap, which is written in Python."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "sac", "uma-senha"
NAME = "Dovecot" if shutil.which("dovecot") else "pymap"


@dataclass(frozen=True)
class Server:
    """Where it listens."""

    port: int
    process: "subprocess.Popen[bytes]"

    def put(self, raw: bytes) -> None:
        """A letter comes in."""
        with self.session() as client:
            status, _answer = client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)
            assert status == "OK"

    def flags(self) -> list[bytes]:
        """The flags of every letter."""
        with self.session() as client:
            client.select("INBOX", readonly=True)
            _status, answer = client.fetch("1:*", "(FLAGS)")
            return [line for line in answer if isinstance(line, bytes)]

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        """Signed in, over plain text on this machine."""
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Runs the server for as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(_dovecot(folder, port) if NAME == "Dovecot" else _pymap(port))
    try:
        _wait(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


def _pymap(port: int) -> list[str]:
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    demo = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    return [str(Path(sys.executable).parent / "pymap"), *options, *demo]


def _dovecot(folder: Path, port: int) -> list[str]:
    me = pwd.getpwuid(os.getuid()).pw_name
    config = folder / "dovecot.conf"
    config.write_text(
        f"protocols = imap\nbase_dir = {folder}/run\nlog_path = {folder}/log\nssl = no\n"
        f"disable_plaintext_auth = no\nmail_location = maildir:{folder}/mail\nfirst_valid_uid = 0\n"
        f"default_internal_user = {me}\ndefault_login_user = {me}\n"
        f"service imap-login {{\n chroot =\n inet_listener imap {{\n port = {port}\n address = 127.0.0.1\n }}\n}}\n"
        "service anvil {\n chroot =\n}\n"
        f"passdb {{\n driver = static\n args = password={PASSWORD}\n}}\n"
        f"userdb {{\n driver = static\n args = uid={me} gid={os.getgid()} home={folder}\n}}\n"
    )
    return ["dovecot", "-F", "-c", str(config)]


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _turn in range(200):
        assert process.poll() is None, f"{NAME} did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{NAME} does not answer")
