"""Letters in: the mailbox customers write to, as on the page of the post; or later."""

from django.db import transaction

from tratativa.cases.core.refusals import Invalid
from tratativa.mail.intake import mailboxes, mailboxes_told
from tratativa.mail.intake.mailboxes import Given
from tratativa.mail.models import Mailbox
from tratativa.web.first_run.entrance import SetupRequest
from tratativa.web.first_run.step import GOES_ON, Answer
from tratativa.web.post.mailbox_form import draw, read


def get(request: SetupRequest) -> Answer:
    """A form for a mailbox; those there are beside it."""
    return _page(request, Given(""), {})


def post(request: SetupRequest) -> Answer:
    """Makes it."""
    assert request.company is not None
    given = read(request.POST)
    try:
        with transaction.atomic():
            made = mailboxes.add(request.company.pk, given)
            mailboxes_told.added(made, password=bool(given.password), by=request.doer)
    except Invalid as no:
        return _page(request, given, dict(no.errors), status=422)
    return GOES_ON


def _page(request: SetupRequest, given: Given, errors: dict[str, str], *, status: int = 200) -> Answer:
    there = Mailbox.objects.filter(marketplace=request.company).order_by("address").values_list("address", flat=True)
    return Answer({"fields": draw(None, given, errors), "there": list(there[:20])}, status)
