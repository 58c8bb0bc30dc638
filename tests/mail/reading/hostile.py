"""Letters meant to hurt: each builds the bytes of one attack on a parser of mail."""

from collections.abc import Callable, Mapping

_HEADERS = "From: Ana <ana@cliente.example>\nTo: sac@loja.example\nMIME-Version: 1.0\n"


def letter(headers: str = "", body: str | bytes = "oi", *, kind: str = "text/plain; charset=utf-8") -> bytes:
    """One letter with more headers and a body."""
    type_line = f"Content-Type: {kind}\n" if kind else ""
    head = (_HEADERS + headers + type_line + "\n").encode("utf-8", "surrogateescape")
    return head + (body if isinstance(body, bytes) else body.encode("utf-8", "surrogateescape"))


def page(markup: str) -> bytes:
    """A letter that is a page."""
    return letter(body=markup, kind="text/html; charset=utf-8")


def _nested(depth: int) -> bytes:
    opening = "".join(f"--b{at}\nContent-Type: multipart/mixed; boundary=b{at + 1}\n\n" for at in range(depth))
    return letter(kind="multipart/mixed; boundary=b0", body=f"{opening}--b{depth}\n\nfim\n" + "linha\n" * 20_000)


def _parts(count: int) -> bytes:
    return letter(kind="multipart/mixed; boundary=b", body="--b\nContent-Type: text/plain\n\nx\n" * count + "--b--\n")


def _messages(depth: int) -> bytes:
    return letter(kind="message/rfc822", body="Content-Type: message/rfc822\n\n" * depth + "fim")


def _continued(count: int) -> str:
    sections = ";".join(f" filename*{at}*=a" for at in range(count))
    return f"Content-Disposition: attachment;{sections}\n"


ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "nothing at all": lambda: b"",
    "one zero byte": lambda: b"\0",
    "a header without end": lambda: b"Subject: " + b"a" * 3_000_000,
    "multiparts 45 deep": lambda: _nested(45),
    "multiparts 400 deep": lambda: _nested(400),
    "multiparts 5,000 deep": lambda: _nested(5_000),
    "messages 400 deep": lambda: _messages(400),
    "messages 20,000 deep": lambda: _messages(20_000),
    "10,000 parts": lambda: _parts(10_000),
    "900 parts": lambda: _parts(900),
    "a multipart without boundary": lambda: letter(kind="multipart/mixed", body="texto"),
    "12,000 encoded words": lambda: letter("Subject: " + " ".join(["=?utf-8?q?a?="] * 12_000) + "\n"),
    "a million broken encoded words": lambda: letter("Subject: " + "=?utf-8?q?" * 100_000 + "\n"),
    "200,000 references": lambda: letter("References: " + " ".join(f"<{at}@x>" for at in range(200_000)) + "\n"),
    "200,000 quotes in the sender": lambda: letter("Reply-To: x\n").replace(b"Ana <", b'"' * 200_000 + b" <", 1),
    "200,000 brackets in the sender": lambda: letter().replace(b"Ana <", b"(" * 200_000 + b" <", 1),
    "200,000 commas in the sender": lambda: letter().replace(b"Ana <", b"a@b," * 50_000 + b" <", 1),
    "a file name in 50,000 sections": lambda: letter(_continued(50_000)),
    "a content type of 100,000 parameters": lambda: letter(kind="text/plain" + "; a=b" * 100_000),
    "100,000 headers": lambda: letter("".join(f"X-{at}: a\n" for at in range(100_000))),
    "a charset that unpacks": lambda: letter(kind="text/plain; charset=zlib_codec", body=b"x\x9cK\x04\x00"),
    "a charset that is quadratic": lambda: letter(kind="text/plain; charset=punycode", body="a" * 300_000 + "-b"),
    "a charset of names": lambda: letter(kind="text/plain; charset=idna", body="." * 3_000),
    "a charset with a zero": lambda: letter(kind='text/plain; charset="utf-8\0"'),
    "a charset that lies": lambda: letter(kind="text/plain; charset=utf-16", body="não é"),
    "half characters": lambda: letter(kind="text/plain; charset=utf-7", body="+2AA- oi"),
    "unknown transfer encoding": lambda: letter("Content-Transfer-Encoding: x-foo\n"),
    "broken base64": lambda: letter("Content-Transfer-Encoding: base64\n", "!!!YQ=Q" * 50_000),
    "a file of Outlook's own": lambda: letter(kind="application/ms-tnef; name=winmail.dat", body=b"\x78\x9f\x3e\x22"),
    "40,000 spaces": lambda: letter(body=" " * 40_000 + "x"),
    "a line of 3 MB": lambda: letter(body="a " * 1_500_000),
    "300,000 short lines": lambda: letter(body="a\n" * 300_000),
    "20,000 angles": lambda: letter(body="<" * 20_000),
    "On On On": lambda: letter(body="On " * 200_000 + "wrote:"),
    "on at on at": lambda: letter(body=(" on " + "x" * 60 + " at " + "y" * 60) * 600),
    "nearly attributions": lambda: letter(body="Em 3 de jun. de 2025 às 10:12, a <a@b> escrev:\n" * 20_000),
    "attributions only": lambda: letter(body="Em 3 de jun. de 2025 às 10:12, a <a@b> escreveu:\n" * 20_000),
    "headers only": lambda: letter(body="De: a\nPara: b\nData: c\n" * 20_000),
    "dashes only": lambda: letter(body="-" * 500_000),
    "quotes 10,000 deep": lambda: letter(body=(">" * 10_000 + "\n") * 50),
    "100,000 nested elements": lambda: page("<div>" * 100_000 + "oi"),
    "300,000 nested quotes": lambda: page("<blockquote>" * 300_000 + "oi"),
    "a tag of 2 MB": lambda: page("<a " + " ".join(f"x{at}=1" for at in range(250_000)) + ">oi</a>"),
    "2 MB of angles": lambda: page("<" * 2_000_000),
    "2 MB of comments' beginnings": lambda: page("<!--" * 500_000),
    "10 MB of entities": lambda: page("&lt;" * 2_500_000),
    "200,000 tables": lambda: page("<table><tr><td>" * 200_000),
    "unclosed formatting": lambda: page("<b><i><u><font>" * 100_000 + "oi"),
    "a script's end": lambda: page("<script>" + "</scrip" * 200_000 + "</script>oi"),
    "bytes of every kind": lambda: bytes(range(256)) * 4_000,
    "49 MB": lambda: letter(body=b"a" * (49 * 1024 * 1024)),
    "a 39 MB file": lambda: letter(
        "Content-Transfer-Encoding: base64\n", b"QUJD" * 9_900_000, kind="application/pdf; name=a.pdf"
    ),
}
