"""Letters out: the mail server, tried out with a letter before or after it is kept."""

from tratativa.mail.outgoing import servers
from tratativa.web.first_run.entrance import SetupRequest
from tratativa.web.first_run.step import GOES_ON, Answer
from tratativa.web.settings import mail_server
from tratativa.web.settings.mail_server import Form


def get(_request: SetupRequest) -> Answer:
    """What is known of it."""
    return _page(mail_server.shown())


def post(request: SetupRequest) -> Answer:
    """Keeps it, or sends a letter through it as it stands in the form."""
    assert request.company is not None
    form = mail_server.taken(request, request.company, by=request.doer)
    return GOES_ON if form.kept else _page(form)


def _page(form: Form) -> Answer:
    shown = {
        "fields": form.fields, "trouble": form.trouble, "by_environment": servers.by_environment(),
        "shared": mail_server.is_shared(),
    }  # fmt: skip
    return Answer(shown, form.status)
