"""Handing in: a mail provider's webhook puts letters into one of our mailboxes, whole or in the provider's own form."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tratativa.accounts import clock, reach
from tratativa.mail import tokens
from tratativa.mail.intake import providers, receiving
from tratativa.mail.models import Mailbox
from tratativa.mail.reading import bounds
from tratativa.web.frame import bodies

_KINDS = {"message/rfc822", "application/octet-stream"}


@csrf_exempt
@require_POST
@bodies.takes(bounds.LETTER)
def hand_in(request: HttpRequest, key: uuid.UUID, secret: str) -> HttpResponse:
    """Takes the body as one letter (RFC 5322); 200 only once it is kept, so that the provider tries again."""
    mailbox = _mailbox(key, secret)
    if request.content_type not in _KINDS:
        return HttpResponse("send the letter itself, as message/rfc822\n", status=415, content_type="text/plain")
    # Read, not `body`: that is bounded for forms, and a letter may be larger.
    raw = request.read(bounds.LETTER + 1)
    try:
        with reach.within(mailbox.marketplace_id):
            receiving.receive(mailbox, raw, at=clock.now())
    except receiving.TooLarge:
        return HttpResponse("too large\n", status=413, content_type="text/plain")
    return HttpResponse("kept\n", content_type="text/plain")


@csrf_exempt
@require_POST
@bodies.takes(providers.LIMIT)
def hand_in_by(request: HttpRequest, key: uuid.UUID, secret: str, provider: str) -> HttpResponse:
    """Takes what a provider posts; 200 only once every letter in it is kept."""
    mailbox = _mailbox(key, secret)
    if provider not in providers.PROVIDERS:
        raise Http404
    body = request.read(providers.LIMIT + 1)
    if len(body) > providers.LIMIT:
        return HttpResponse("too large\n", status=413, content_type="text/plain")
    try:
        with reach.within(mailbox.marketplace_id):
            _take(mailbox, provider, request, body)
    except providers.Unsigned as no:
        return HttpResponse(f"{no}\n", status=403, content_type="text/plain")
    except receiving.TooLarge:
        return HttpResponse("too large\n", status=413, content_type="text/plain")
    return HttpResponse("kept\n", content_type="text/plain")


def _take(mailbox: Mailbox, provider: str, request: HttpRequest, body: bytes) -> None:
    """Keeps the letters of what was posted, or what was posted aside where nobody understands it."""
    at = clock.now()
    try:
        for handed in providers.letters(provider, request, body):
            receiving.receive(mailbox, handed.raw, at=at, recipients=handed.recipients)
    except providers.Misunderstood:
        receiving.receive_aside(mailbox, body, size=len(body), at=at, trouble="provider")


def _mailbox(key: uuid.UUID, secret: str) -> Mailbox:
    with reach.everywhere():  # the secret alone says whose it is
        mailbox = Mailbox.objects.filter(pk=key).first()
    if mailbox is None or not tokens.is_secret(secret, key, mailbox.handed_in_turn):
        raise Http404
    return mailbox
