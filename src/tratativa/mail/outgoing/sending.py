"""Sending: a letter's words are written, inlined and handed to the mail server; then it is marked as sent."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.template.loader import render_to_string

from tratativa.accounts import signing_in
from tratativa.accounts.models import Customer
from tratativa.accounts.people import postage
from tratativa.cases.core import rulebook_versions
from tratativa.mail import patience, tokens
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import enclosing, reply_addresses, servers, writing
from tratativa.mail.outgoing.writing import Content

_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


def send(letter_id: str | uuid.UUID, *, at: datetime) -> None:
    """Sends a letter once. A mail server that refuses raises, and the job tries again.

    No transaction is open while the server answers, however long it takes: no row is locked, nothing keeps the
    database from cleaning up. A lock of this connection's alone keeps two workers from both sending it; one killed
    between the server's yes and ours sends it again under the same Message-ID.
    """
    if not postage.leaves():
        return  # it waits for a mail server (`mail.outgoing.servers.keep`)
    with _alone(letter_id) as alone:
        if not alone:
            raise Refused("another process is sending it")
        message = _written(letter_id, at=at)
        if message is None:
            return
        trouble = _hand_over(message)
        _remember(letter_id, trouble, at=at)
    if trouble:
        raise Refused(trouble)


@contextmanager
def _alone(letter_id: str | uuid.UUID) -> Iterator[bool]:
    """Whether nobody else sends this letter meanwhile. A process that dies lets go of it with its connection."""
    name = f"mail.send:{letter_id}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def _written(letter_id: str | uuid.UUID, *, at: datetime) -> EmailMultiAlternatives | None:
    """The letter as it will leave, kept so on its row; nothing for one that left before."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state == "sent":
            return None
        # Nobody asked for a letter in a language: it speaks the marketplace's.
        with rulebook_versions.letters_in(rulebook_versions.of(letter.case)):
            content = writing.write(letter, at=at)
            letter.domain = letter.domain or servers.domain()  # the same in every try, whoever sends by then
            message = _message(content, letter.address, tokens.message_id(letter.pk, letter.domain))
            _thread(message, letter)
            enclosing.enclose(message, letter)
            _keep(letter, content)
        letter.save(update_fields=["subject", "text", "html", "domain"])
    return message


def _remember(letter_id: str | uuid.UUID, trouble: str, *, at: datetime) -> None:
    """What became of a try."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        letter.tries += 1
        letter.state, letter.trouble = (_unsent(letter), trouble[:200]) if trouble else ("sent", "")
        letter.sent_at = None if trouble else at
        letter.save(update_fields=["tries", "state", "trouble", "sent_at"])


def _keep(letter: Letter, content: Content) -> None:
    """Keeps the letter as it leaves, without the secret that opens the customer's page."""
    shown = replace(content, link=settings.SITE_URL + writing.page(letter))
    letter.subject, letter.text, letter.html = shown.subject, _text(shown), _html(shown)


def _thread(message: EmailMultiAlternatives, letter: Letter) -> None:
    """Tells mail programs which letters this one follows, and where its reader's answer goes."""
    if followed := reply_addresses.followed(letter):
        message.extra_headers["References"] = " ".join(followed)
        message.extra_headers["In-Reply-To"] = followed[-1]
    if address := reply_addresses.reply_address(letter):
        message.reply_to = [address]


def _unsent(letter: Letter) -> str:
    return "failed" if letter.tries >= patience.TRIES else "waiting"


class Refused(Exception):
    """The mail server did not take a letter."""


def send_code(customer_id: str, *, at: datetime) -> None:
    """Sends a customer a fresh code; one without an address gets none, nor does a key that is nobody's."""
    customer = Customer.objects.select_related("marketplace").filter(pk=customer_id).first()
    if customer is None or not customer.email:
        return
    code = signing_in.make_code(customer, at=at)
    with rulebook_versions.letters_of(customer.marketplace_id):
        send_content(writing.write_code(customer, code), customer.email, uuid.uuid4())


def send_content(content: Content, address: str, key: uuid.UUID) -> None:
    """Sends a letter that is about no case; `key` makes its Message-ID, the same in every try. Raises Refused."""
    trouble = _hand_over(_message(content, address, message_id(key)))
    if trouble:
        raise Refused(trouble)


def message_id(key: uuid.UUID) -> str:
    """The Message-ID a row's letter has (RFC 5322 §3.6.4), by whoever sends now; a letter of a case keeps its own."""
    return tokens.message_id(key, servers.domain())


def _message(content: Content, address: str, identity: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=content.subject,
        body=_text(content),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={"Message-ID": identity, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(_html(content), "text/html")
    return message


def _text(content: Content) -> str:
    return render_to_string("mail/letter.txt", {"letter": content})


def _html(content: Content) -> str:
    return _INLINER.inline(render_to_string("mail/letter.html", {"letter": content}))


def _hand_over(message: EmailMultiAlternatives) -> str:
    """What went wrong in words, or an empty text."""
    try:
        message.send()
    except (OSError, ValueError) as bad:  # smtplib's errors are OSErrors
        return f"{type(bad).__name__}: {bad}"
    return ""
