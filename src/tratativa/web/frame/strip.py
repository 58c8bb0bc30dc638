"""The strip of open cases across the desk: one tab each, with its news, and the way between them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Case, OpenCase
from tratativa.cases.reading import open_cases
from tratativa.web.frame.gates import StaffRequest

# In the session: whether anything may be open. Without it a page need not ask, and costs what it cost before.
MARK = "open_cases"


@dataclass(frozen=True)
class Tab:
    """An open case: `key` is the case's, `name` whom it is about, `news` that something came since it was looked at."""

    key: str
    shown: str
    url: str
    name: str
    subject: str
    current: bool
    news: bool


def visit(request: StaffRequest, case: Case) -> list[OpenCase]:
    """Opens the case on the strip of this request's page."""
    request.opened = open_cases.visit(case, by=request.actor, at=request.at)
    remember(request)
    return request.opened


def begin(sender: object, request: HttpRequest, user: Person, **_said: object) -> None:
    """Somebody signs in: their pages look for open cases where there are any."""
    if OpenCase.objects.filter(person_id=user.pk).exists():
        request.session[MARK] = True


def remember(request: StaffRequest) -> None:
    """From now on this session's pages look for what is open."""
    if not request.session.get(MARK):
        request.session[MARK] = True


def tabs(request: Any, actor: Actor, here: str = "") -> list[Tab]:
    """The strip of the page at this path, the request's own unless said; none, and no query, where nothing was
    opened in this session."""
    found = getattr(request, "opened", None)
    if found is None:
        found = open_cases.of(actor) if request.session.get(MARK) else []
    path = reverse("case", args=["~"])
    return [_tab(one, path, here or request.path) for one in found]


def _tab(one: OpenCase, path: str, here: str) -> Tab:
    shown = protocols.show(one.case.protocol)
    url = path.replace("~", shown)
    current = here in {url, path.replace("~", one.case.protocol)}
    whom = one.case.customer or one.case.partner
    return Tab(
        key=str(one.case_id),
        shown=shown,
        url=url,
        name=whom.name if whom else shown,
        subject=rulebook_versions.subject(one.case),
        current=current,
        news=one.case.row_version > one.seen and not current,
    )
