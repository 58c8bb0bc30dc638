"""Providers: what a mail provider's webhook posts, as letters. Formats and signatures are django-anymail's knowledge.

Where a provider sends the whole letter, its bytes are taken as they are: taking them apart is `mail.reading`'s work,
which is bounded. Where it sends pieces, anymail puts them together again.
"""

import base64
import email.policy
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks import mailgun, mailjet, postmark, sparkpost
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import parameters

# Bytes of a request: a letter in base64, in JSON.
LIMIT = bounds.LETTER * 3 // 2
_FIELDS = 200


class Unsigned(Exception):
    """The provider's signature is missing or wrong, or we do not know the key it is made with."""


class Misunderstood(Exception):
    """The request is not what this provider sends; the letter in it is kept as it came, for somebody to look at."""


@dataclass(frozen=True)
class Handed:
    """A letter and the addresses its envelope named."""

    raw: bytes
    recipients: tuple[str, ...]


@dataclass
class _Posted:
    """The request's fields and files, or the value its JSON holds."""

    fields: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, SimpleUploadedFile] = field(default_factory=dict)
    value: Any = None


def letters(provider: str, request: HttpRequest, body: bytes) -> list[Handed]:
    """The letters of one request; its `body` was read already. Raises Unsigned and Misunderstood."""
    kind, whole = PROVIDERS[provider]
    try:
        posted = _posted(request.content_type or "", request.META.get("CONTENT_TYPE", ""), body)
        given = _given(request, body, posted)
        view = kind()
        view.run_validators(given)
        found = whole(posted)
        return found if found is not None else [_together(event.message) for event in view.parse_events(given)]
    except (AnymailWebhookValidationFailure, AnymailConfigurationError) as no:
        raise Unsigned(str(no)) from no
    except (ValueError, KeyError, TypeError, AttributeError, LookupError, RecursionError) as problem:
        raise Misunderstood(f"{type(problem).__name__}: {problem}") from problem


class _Mailgun(mailgun.MailgunInboundWebhookView):  # type: ignore[misc]
    """Signed with the key in TRATATIVA_MAILGUN_KEY."""


class _Postmark(postmark.PostmarkInboundWebhookView):  # type: ignore[misc]
    """Signs nothing: the secret is in our address, as in the two below."""

    warn_if_no_basic_auth = False


class _Mailjet(mailjet.MailjetInboundWebhookView):  # type: ignore[misc]
    warn_if_no_basic_auth = False


class _SparkPost(sparkpost.SparkPostInboundWebhookView):  # type: ignore[misc]
    warn_if_no_basic_auth = False


def _of_mailgun(posted: _Posted) -> list[Handed] | None:
    raw = posted.fields.get("body-mime")
    return (
        None if raw is None else [Handed(raw, _named(posted.fields.get("recipient", b"").decode("utf-8", "replace")))]
    )


def _of_postmark(posted: _Posted) -> list[Handed] | None:
    raw = posted.value.get("RawEmail")
    return None if raw is None else [Handed(_bytes(raw), _named(posted.value.get("OriginalRecipient")))]


def _of_mailjet(_posted: _Posted) -> None:
    return None


def _of_sparkpost(posted: _Posted) -> list[Handed]:
    found = []
    for one in posted.value:
        event = one["msys"].get("relay_message")
        if event is None:
            continue  # a mere «are you there?»
        raw = event["content"]["email_rfc822"]
        coded = event["content"].get("email_rfc822_is_base64")
        found.append(Handed(base64.b64decode(raw) if coded else _bytes(raw), _named(event.get("rcpt_to"))))
    return found


PROVIDERS: Mapping[str, tuple[Any, Callable[[_Posted], list[Handed] | None]]] = {
    "mailgun": (_Mailgun, _of_mailgun),
    "postmark": (_Postmark, _of_postmark),
    "mailjet": (_Mailjet, _of_mailjet),
    "sparkpost": (_SparkPost, _of_sparkpost),
}


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _named(address: Any) -> tuple[str, ...]:
    return (address,) if isinstance(address, str) and address else ()


def _together(message: AnymailInboundMessage) -> Handed:
    """The letter of a message put together from pieces: the same bytes whenever the same pieces come again."""
    contents = hashlib.sha256()
    for part in message.walk():
        contents.update(repr(part.items()).encode("utf-8", "replace"))
        if not part.is_multipart():
            contents.update(part.get_payload(decode=True) or b"")
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{contents.hexdigest()[:32]}_{number}")
    return Handed(message.as_bytes(policy=email.policy.compat32), _named(message.envelope_recipient))


def _posted(kind: str, content_type: str, body: bytes) -> _Posted:
    if kind == "application/json":
        return _Posted(value=json.loads(body))
    if kind == "multipart/form-data":
        return _form(parameters.read(content_type)[1].get("boundary", ""), body)
    return _Posted(fields={name: _bytes(text) for name, text in QueryDict(body).items() if isinstance(text, str)})


def _form(boundary: str, body: bytes) -> _Posted:
    """The parts of a form (RFC 7578). Django's own reading is bounded for people's forms; a letter may be larger."""
    if not boundary:
        raise Misunderstood("no boundary")
    posted = _Posted()
    for piece in (b"\r\n" + body).split(b"\r\n--" + boundary.encode(), _FIELDS)[1:]:
        head, _blank, content = piece.partition(b"\r\n\r\n")
        headers = {name.lower(): value for name, value in _headers(head)}
        _kind, given = parameters.read(headers.get("content-disposition", ""))
        name = given.get("name", "")
        if not name:
            continue
        if "filename" in given:
            file = parameters.filename(given["filename"]) or "arquivo"
            kind = headers.get("content-type", "").strip() or "application/octet-stream"
            posted.files[name] = SimpleUploadedFile(file, content, kind)
        else:
            posted.fields[name] = content
    return posted


def _headers(head: bytes) -> Iterable[tuple[str, str]]:
    for line in re.split(r"\r\n(?![ \t])", head.decode("utf-8", "replace")):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value


def _given(request: HttpRequest, body: bytes, posted: _Posted) -> HttpRequest:
    """The request as anymail expects one, its body read."""
    given = HttpRequest()
    given.method, given.META, given.encoding = "POST", dict(request.META), "utf-8"
    given.content_type, given.content_params = request.content_type, request.content_params
    given._body = body
    form: Any = QueryDict(mutable=True)
    for name, content in posted.fields.items():
        form[name] = content.decode("utf-8", "replace")
    given.POST = form
    given.FILES = MultiValueDict({name: [file] for name, file in posted.files.items()})
    return given
