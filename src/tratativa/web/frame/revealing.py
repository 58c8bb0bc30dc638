"""Revealing: data of a person that a page masks until somebody asks to see them, which the audit log then tells.

What was asked for stays open for ten minutes in that session, so that news that redraw a page do not mask it again.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit
from tratativa.accounts.audit import disclosures
from tratativa.accounts.rights import Right
from tratativa.web.frame import auditing
from tratativa.web.frame.gates import ActingRequest

OPEN_FOR = timedelta(minutes=10)
_KEPT = 100  # of one session
_SESSION = "revealed"

DOCUMENT = audit.register("customer.document_shown", _("Abriu o documento de um cliente"), {"case": _("Atendimento")})
PHONE = audit.register("customer.phone_shown", _("Abriu o telefone de um cliente"), {"case": _("Atendimento")})
BANK = audit.register("bank.shown", _("Abriu dados bancários"), {"case": _("Atendimento")})
PAPER = audit.register("paper.opened", _("Abriu um documento de identidade"), {"case": _("Atendimento")})
LETTER = audit.register("letter.taken", _("Baixou um e-mail como chegou"), {"case": _("Atendimento")})


def reveal(request: ActingRequest, thing: uuid.UUID, what: str, *, about: str = "", case: str = "") -> None:
    """Opens this of that thing to the session for ten minutes. Raises disclosures.TooMuch."""
    told(request, what, about=about, case=case)
    ends = (request.at + OPEN_FOR).timestamp()
    held = {name: end for name, end in _held(request).items() if end > request.at.timestamp()}
    held[_name(thing, what)] = ends
    request.session[_SESSION] = dict(sorted(held.items(), key=lambda one: one[1])[-_KEPT:])


def told(request: ActingRequest, what: str, *, about: str = "", case: str = "") -> None:
    """Writes down that this is shown to the request's person now, and counts it. Raises disclosures.TooMuch."""
    taker, values = auditing.taker(request), {"case": case} if case else None
    disclosures.disclose(taker, "reveals", what, at=request.at, about=about, told=values)


def is_open(request: Any, thing: uuid.UUID, what: str) -> bool:
    """Whether the session asked to see this within the last ten minutes, and may still: a right taken away takes along
    what it had opened (P-12)."""
    at: datetime | None = getattr(request, "at", None)
    actor = getattr(request, "actor", None)
    if at is None or actor is None or not actor.may(Right.ANSWER):
        return False
    return _held(request).get(_name(thing, what), 0.0) > at.timestamp()


def _held(request: Any) -> dict[str, float]:
    held = request.session.get(_SESSION)
    return held if isinstance(held, dict) else {}


def _name(thing: uuid.UUID, what: str) -> str:
    return f"{thing}:{what}"
