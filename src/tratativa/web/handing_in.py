"""Handing in: a mail provider's webhook puts a whole letter, as it came, into one of our mailboxes."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tratativa.mail import receiving, tokens
from tratativa.mail.models import Mailbox
from tratativa.mail.reading import bounds

_KINDS = {"message/rfc822", "application/octet-stream"}


@csrf_exempt
@require_POST
def hand_in(request: HttpRequest, key: uuid.UUID, secret: str) -> HttpResponse:
    """Takes the body as one letter (RFC 5322); 200 only once it is kept, so that the provider tries again."""
    mailbox = Mailbox.objects.filter(pk=key).first()
    if mailbox is None or not tokens.is_secret(secret, key):
        raise Http404
    if request.content_type not in _KINDS:
        return HttpResponse("send the letter itself, as message/rfc822\n", status=415, content_type="text/plain")
    # Read, not `body`: that is bounded for forms, and a letter may be larger.
    raw = request.read(bounds.LETTER + 1)
    try:
        receiving.receive(mailbox, raw, at=timezone.now())
    except receiving.TooLarge:
        return HttpResponse("too large\n", status=413, content_type="text/plain")
    return HttpResponse("kept\n", content_type="text/plain")
