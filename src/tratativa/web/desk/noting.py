"""Notes: what a seller addressed to the customer with the switch off, and sending it to them after all."""

from datetime import datetime

from django.contrib import messages as notices
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.acting import pressing, replying
from tratativa.cases.core import audience, protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Held
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.case import owed
from tratativa.web.desk import case as pages
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.typed import Writing


def is_note(actor: Actor, book: Rulebook, writing: Writing) -> bool:
    """Whether what is written to the customer stays between seller and marketplace: the switch is off (A-11)."""
    return writing.to == Party.CUSTOMER and not writing.customer_reads and book.replies.asks(actor.party)


def told(case: Case, actor: Actor, *, at: datetime) -> str:
    """What its author hears once a note is kept: who does not read it, and what it does not stop."""
    first = next((row for row in owed.running(case, actor.party) if row.to == Party.CUSTOMER), None)
    if first is None or first.state == "paused":
        return _("Nota guardada. O cliente não lê.")
    gap = {"left": owed.left(case, actor.party, Party.CUSTOMER, at=at)}
    if first.state == "missed":
        return _("Nota guardada. O cliente não lê, e ele ainda espera a sua resposta: o prazo %(left)s.") % gap
    return _("Nota guardada. O cliente não lê, e o prazo continua: %(left)s.") % gap


def held_back() -> str:
    """What the author of a message hears that conduct keeps back."""
    return _("Mensagem retida: a equipe do marketplace vai ler antes.")


def address(case: Case, actor: Actor) -> str:
    """Where the note just written is sent to the customer by one click; empty where there is none."""
    last = _notes(case, actor).order_by("-number").first()
    return reverse("send_note", args=[protocols.show(case.protocol), last.number]) if last else ""


@require_POST
@staff
def send_note(request: StaffRequest, protocol: str, number: int) -> HttpResponse:
    """Sends a note of the actor's to the customer, with its files; once, however often it is pressed."""
    case = scoped_get.case(request.actor, protocol)
    note = _notes(case, request.actor).filter(number=number).select_related("words").first()
    if note is None or not rulebook_versions.of(case).replies.asks(request.actor.party):
        raise Http404
    if _reached(case, note):
        notices.info(request, _("O cliente já recebeu estas palavras."))
        return redirect(pages.address(case))
    if _waits(case, note):
        notices.info(request, _("Estas palavras já esperam que a equipe do marketplace as leia."))
        return redirect(pages.address(case))
    try:
        _send(request, case, note)
    except Invalid as bad:
        writing = Writing(note.said, rich=note.rich, to=str(Party.CUSTOMER), customer_reads=True, errors=bad.errors)
        return pages.page(request, case, writing, status=422)
    except NotAllowed as no:
        return pages.page(request, case, status=409, trouble={"tone": "error", "text": str(no)})
    except Outdated:
        said = _("Chegou novidade depois da sua nota, e ela não foi enviada. Leia a conversa e, se couber, envie.")
        notices.warning(request, said, extra_tags=request.path)
        return redirect("case", protocol=protocols.show(case.protocol))
    kept = _waits(case, note)
    notices.success(request, held_back() if kept else _("Enviado ao cliente."))
    return redirect("case", protocol=protocols.show(case.protocol))


def _send(request: StaffRequest, case: Case, note: Entry) -> None:
    pressing.say_own(case, by=request.actor, at=request.at)
    with transaction.atomic():  # a refusal leaves no second copy of a file waiting
        files = attachments.again(note, by=request.actor, at=request.at)
        replying.reply(
            case,
            Message(note.said, to=str(Party.CUSTOMER), customer_reads=True, files=files, rich=note.rich),
            by=request.actor,
            at=request.at,
            warned=request.POST.get("warned") in typed.TRUE,
            seen=typed.number(request.POST.get("seen", "")),
        )


def _notes(case: Case, actor: Actor) -> QuerySet[Entry]:
    """What the actor wrote to the customer and the customer does not read."""
    mine = visibility.visible_entries(case, actor).filter(event=events.Posted.name, actor_id=actor.person_id)
    hidden = mine.annotate(heard=audience.heard_by(Party.CUSTOMER)).filter(heard=0)
    return hidden.filter(party=str(actor.party), data__to=str(Party.CUSTOMER))


def _waits(case: Case, note: Entry) -> bool:
    """Whether conduct keeps the note's words back until somebody has read them."""
    return Held.objects.filter(case=case, decided_at=None, entry__words__body=note.said).exists()


def _reached(case: Case, note: Entry) -> bool:
    """Whether the note's words were said to the customer since."""
    later = case.entries.filter(event=events.Posted.name, number__gt=note.number, words__body=note.said)
    return later.annotate(heard=audience.heard_by(Party.CUSTOMER)).filter(heard__gt=0).exists()
