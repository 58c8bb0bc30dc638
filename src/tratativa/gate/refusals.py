"""Refusals: what the gate answers in place of a page: a sentence, in the reader's language, drawn once and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, parse_cookie
from django.utils import translation

from tratativa.gate import bodies, security_headers
from tratativa.gate.asgi import Message, Scope, Send, header
from tratativa.web.frame import errors, signed_out


class LongHeaders(bodies.Refused):
    """More header bytes than anybody needs."""


class Busy(bodies.Refused):
    """Too many pages are asked for at once."""


_PAGES: dict[type[bodies.Refused], Callable[[HttpRequest], HttpResponse]] = {
    bodies.TooLarge: errors.too_large,
    bodies.TooSlow: errors.too_slow,
    bodies.Crowded: errors.crowded,
    bodies.Unreadable: errors.bad_request,
    bodies.Full: errors.no_room,
    bodies.Stopping: errors.restarting,
    LongHeaders: errors.long_headers,
    Busy: errors.busy,
}
_DRAWN: dict[tuple[type[bodies.Refused], str, bool], "Drawn"] = {}  # a few sentences in two languages


@dataclass(frozen=True)
class Drawn:
    """An answer that is always the same."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def wire(self) -> bytes:
        """As HTTP/1.1 says it, for a connection that has no request yet."""
        line = f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}".encode()
        headers = [name + b": " + value for name, value in self.headers]
        return b"\r\n".join([line, *headers, b"", self.body])


async def refuse(scope: Scope, send: Send, why: type[bodies.Refused]) -> None:
    """Says all of it but the last word, which the caller says once it listens no more to what is being sent."""
    drawn = of(scope, why)
    start: Message = {"type": "http.response.start", "status": drawn.status, "headers": list(drawn.headers)}
    await send(start)
    await send({"type": "http.response.body", "body": drawn.body, "more_body": True})


async def ended(send: Send) -> None:
    """The last word of a refusal."""
    await send({"type": "http.response.body", "body": b""})


def of(scope: Scope, why: type[bodies.Refused]) -> Drawn:
    """The page, or JSON for a script of ours, in the language this request asks for."""
    request = HttpRequest()
    for name in (b"accept", b"accept-language", b"hx-request", b"x-person"):
        request.META[f"HTTP_{name.decode().upper().replace('-', '_')}"] = header(scope, name).decode("latin-1")
    if not request.META["HTTP_X_PERSON"]:
        del request.META["HTTP_X_PERSON"]
    request.COOKIES = parse_cookie(header(scope, b"cookie").decode("latin-1"))
    return draw(why, translation.get_language_from_request(request), in_script=signed_out.asks_in_script(request))


def draw(why: type[bodies.Refused], language: str, *, in_script: bool) -> Drawn:
    """Draws it; the connection ends with it, whatever is still under way on it."""
    key = (why, language, in_script)
    if key not in _DRAWN:
        _DRAWN[key] = _draw(why, language, in_script=in_script)
    return _DRAWN[key]


def _draw(why: type[bodies.Refused], language: str, *, in_script: bool) -> Drawn:
    with translation.override(language):
        response = _PAGES[why](HttpRequest())
        if in_script:
            response = errors.in_script(response)
    kept = {"content-type": response["Content-Type"], "cache-control": "no-store", "content-language": language}
    if "Retry-After" in response:
        kept["retry-after"] = response["Retry-After"]
    kept |= security_headers.of_a_page()
    kept |= {"content-length": str(len(response.content)), "connection": "close"}
    pairs = tuple((name.encode(), value.encode("latin-1")) for name, value in kept.items())
    return Drawn(response.status_code, pairs, response.content)
