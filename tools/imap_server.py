"""A real IMAP server for the drill and the tests: Dovecot where it is installed and starts, else pymap, in Python."""

import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tratativa.config.trouble import Trouble
from tratativa.serve import children, owner

USER, PASSWORD = "sac", "uma-senha"
_PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Server:
    """Which one it is, with its version, and where it listens on this machine."""

    name: str
    port: int

    def put(self, raw: bytes) -> None:
        """A letter comes in."""
        with self.session() as client:
            append(client, raw)

    def flags(self) -> list[bytes]:
        """The flags of every letter."""
        with self.session() as client:
            client.select("INBOX", readonly=True)
            _status, answer = client.fetch("1:*", "(FLAGS)")
            return [line for line in answer if isinstance(line, bytes)]

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        """Signed in, over plain text."""
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()


def append(client: imaplib.IMAP4, raw: bytes) -> None:
    """Puts a letter into the inbox. Raises Trouble where the server does not take it."""
    status, answer = client.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)
    if status != "OK":
        raise Trouble(f"O servidor IMAP não guardou a carta: {answer!r}")


@contextmanager
def serving() -> Iterator[Server]:
    """Runs the server for as long as it is needed. Raises Trouble where there is none."""
    folder = Path(tempfile.mkdtemp(prefix="tratativa-imap-"))  # outside folders that only root may enter
    folder.chmod(0o755)
    process: subprocess.Popen[bytes] | None = None
    try:
        process, server = _started(folder)
        yield server
    finally:
        if process is not None:
            process.terminate()
            process.wait(_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> "tuple[subprocess.Popen[bytes], Server]":
    tried = []
    for name, command in (("Dovecot", _dovecot), ("pymap", _pymap)):
        port = free_port()
        found = command(folder, port)
        if not found:
            tried.append(f"{name} não está instalado")
            continue
        process = _run(found, folder / f"{name}.log")
        if _answers(port, process):
            return process, Server(f"{name} {_version(name)}".strip(), port)
        process.kill()
        process.wait(_PATIENCE)
        tried.append(f"{name} não começou: {_last_words(folder)}")
    raise Trouble("Não há servidor IMAP: " + "; ".join(tried) + ".")


def _run(command: Sequence[str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("ab") as output:
        return children.start(command, dying=signal.SIGTERM, env=os.environ, output=output)


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Whether somebody can sign in there: a server may listen and still turn everybody away."""
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with Server("", port).session():
                return True
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
    return False


def _pymap(_folder: Path, port: int) -> list[str]:
    program = Path(sys.executable).parent / "pymap"
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    demo = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    return [str(program), *options, *demo] if program.exists() else []


def _dovecot(folder: Path, port: int) -> list[str]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if not program:
        return []
    mail = folder / "mail"
    mail.mkdir()
    keeper = owner.of(mail) or (os.geteuid(), os.getegid())
    owner.give(mail, keeper if os.geteuid() == 0 else None)
    config = folder / "dovecot.conf"
    config.write_text(_dovecot_settings(folder, port, keeper))
    return [program, "-F", "-c", str(config)]


def _dovecot_settings(folder: Path, port: int, keeper: owner.User) -> str:
    # Started by root it becomes its package's own users; by anybody else it stays who it is.
    me = pwd.getpwuid(os.geteuid()).pw_name
    users = "" if os.geteuid() == 0 else f"default_internal_user = {me}\ndefault_login_user = {me}\n"
    return (
        f"protocols = imap\nbase_dir = {folder}/run\nlog_path = {folder}/Dovecot.log\nssl = no\n{users}"
        f"disable_plaintext_auth = no\nmail_location = maildir:{folder}/mail\nfirst_valid_uid = 0\n"
        f"mail_max_userip_connections = 100\n"
        f"service imap-login {{\n chroot =\n inet_listener imap {{\n port = {port}\n address = 127.0.0.1\n }}\n}}\n"
        "service anvil {\n chroot =\n}\n"
        f"passdb {{\n driver = static\n args = password={PASSWORD}\n}}\n"
        f"userdb {{\n driver = static\n args = uid={keeper[0]} gid={keeper[1]} home={folder}/mail\n}}\n"
    )


def _version(name: str) -> str:
    if name == "Dovecot":
        program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        return done.stdout.split(" ")[0].strip()
    return metadata.version("pymap")


def _last_words(folder: Path) -> str:
    log = folder / "Dovecot.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return lines[-1][:200] if lines else "sem dizer por quê"


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
