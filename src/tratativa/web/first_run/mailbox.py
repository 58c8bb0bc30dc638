"""Letters in: the mailbox customers write to, as on the page of the post, tried out before or after it is kept."""

from django.contrib import messages as notices
from django.db import transaction

from tratativa.accounts import clock, keys
from tratativa.cases.core.refusals import Invalid
from tratativa.mail.intake import fetching, mailboxes, mailboxes_told, troubles
from tratativa.mail.intake.fetching import Unreachable
from tratativa.mail.intake.mailboxes import Given
from tratativa.mail.models import Mailbox
from tratativa.web.first_run.entrance import SetupRequest
from tratativa.web.first_run.step import GOES_ON, Answer
from tratativa.web.post.mailbox_form import draw, read


def get(request: SetupRequest) -> Answer:
    """A form for a mailbox, with what was kept of one that does not open; those there are beside it."""
    there = Mailbox.objects.filter(marketplace=request.company).exclude(trouble="").order_by("address").first()
    return _page(request, mailboxes.of(there) if there else Given(""), {})


def post(request: SetupRequest) -> Answer:
    """Keeps it, the same address again as the same mailbox, or opens it as it stands in the form.

    One that is kept and does not answer is said to, and what is wrong; going on is possible all the same.
    """
    given, tries = read(request.POST), request.POST.get("do") == "try"
    try:
        with transaction.atomic():
            made = _kept(request, given)
            transaction.set_rollback(tries)
    except Invalid as no:
        return _page(request, given, dict(no.errors), status=422)
    if made.kind != "imap":
        return _page(request, given, {}) if tries else GOES_ON
    if tries:
        made.pk = keys.new()  # what comes of the form is remembered of no mailbox
    trouble = _trouble(request, made)
    if not trouble and not tries:
        return GOES_ON
    return _page(request, given, {}, trouble=trouble, kept=not tries, status=422 if trouble else 200)


def _kept(request: SetupRequest, given: Given) -> Mailbox:
    """Made, or changed where this company has it already. Raises Invalid."""
    assert request.company is not None
    mine = Mailbox.objects.filter(marketplace=request.company, address__iexact=given.address.strip()).first()
    if mine is None:
        made = mailboxes.add(request.company.pk, given)
        mailboxes_told.added(made, password=bool(given.password), by=request.doer)
        return made
    before = mailboxes.of(mine)
    now = mailboxes.change(mine, given)
    mailboxes_told.changed(before, now, password=bool(given.password), by=request.doer)
    return now


def _trouble(request: SetupRequest, mailbox: Mailbox) -> str:
    """Why it does not open, and what to do; empty where it does, which is said."""
    now = clock.now()
    try:
        count = fetching.probe(mailbox, at=now)
    except Unreachable as no:
        mailbox.trouble = no.word
        return f"{no} {troubles.of(mailbox, at=now).remedy}"
    notices.success(request, mailboxes.opened(count))
    return ""


def _page(
    request: SetupRequest,
    given: Given,
    errors: dict[str, str],
    *,
    trouble: str = "",
    kept: bool = False,
    status: int = 200,
) -> Answer:
    there = Mailbox.objects.filter(marketplace=request.company).order_by("address")[:20]
    shown = {
        "fields": draw(None, given, errors), "trouble": trouble, "kept": kept,
        "there": [(one.address, troubles.of(one, at=clock.now())) for one in there],
    }  # fmt: skip
    return Answer(shown, status)
