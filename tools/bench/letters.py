"""Letters: how right reading is on labelled examples where there are any, and how long it takes."""

import os
import subprocess  # the examples' own scorer, which runs each letter in a process it can stop
import sys
import time
from base64 import encodebytes
from email.message import EmailMessage
from pathlib import Path

from tratativa.mail.reading.summary import summary

# Where labelled letters lie, with the `score.py` that judges them: beside the checkout unless the environment says.
PLACE = "TRATATIVA_MAIL_EXAMPLES"
_BESIDE = Path("../shared/mail")
_SIZES = {"1 KB": 1_000, "100 KB": 100_000, "5 MB": 5_000_000}


def score() -> str:
    """The scorer's table over every example, or a sentence that says where none were found."""
    place = Path(os.environ.get(PLACE, _BESIDE)).resolve()
    if not (place / "score.py").is_file():
        return f"Não há cartas de exemplo em {place} ({PLACE} diz outro lugar): a leitura não foi pontuada."
    command = [sys.executable, str(place / "score.py"), "tratativa.mail:summary", "--root", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 – the folder is the caller's
    return done.stdout if done.returncode == 0 else f"A pontuação falhou: {done.stderr.strip()[-500:]}"


def speed(*, times: int) -> str:
    """Markdown: letters per second and p95 for a short answer, one with a long history, one with a photo."""
    rows = ["| carta | por segundo | p95 |", "|---|---:|---:|"]
    for name, size in _SIZES.items():
        raw = _letter(size)
        taken = sorted(_seconds(raw) for _turn in range(times))
        p95 = taken[min(len(taken) - 1, int(len(taken) * 0.95))] * 1000
        rows.append(f"| {name} | {times / sum(taken):.0f} | {p95:.1f} ms |")
    return "\n".join(rows)


def _seconds(raw: bytes) -> float:
    begin = time.perf_counter()
    summary(raw)
    return time.perf_counter() - begin


def _letter(size: int) -> bytes:
    """A letter of about `size` bytes: beyond 100 KB the weight is a photo, as in life."""
    answer = "Oi, segue a foto da etiqueta.\n\nEm ter., 3 de jun. de 2025 às 10:12, Loja <sac@loja.example> escreveu:\n"
    history = "> O pacote saiu do depósito na segunda-feira e chega até sexta.\n"
    message = EmailMessage()
    message["From"], message["Subject"] = "Ana <ana@cliente.example>", "Re: Pedido 4521"
    message.set_content(answer + history * (min(size, 100_000) // len(history)), charset="utf-8", cte="8bit")
    raw = message.as_bytes()
    if size <= 100_000:
        return raw
    photo = encodebytes(os.urandom(size * 3 // 4))
    head = b"From: ana@cliente.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    return (
        head
        + raw
        + b"--b\nContent-Type: image/jpeg; name=f.jpg\nContent-Transfer-Encoding: base64\n\n"
        + photo
        + b"--b--\n"
    )
