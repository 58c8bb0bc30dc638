"""What is wanted of many cases, as a form says it: read, checked, and drawn again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import teams, text
from tratativa.batches.models import What
from tratativa.batches.wanted import Wanted, is_own, offered
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.filled import fields as fields_
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages import blanks
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import gaps, keeping, shelf
from tratativa.web.forms import inputs
from tratativa.web.forms.inputs import Filling
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame import typed
from tratativa.web.frame.gates import StaffRequest

TEXT_LIMIT = keeping.TEXT_LIMIT


@dataclass
class Said:
    """What a form said: what is wanted, the words as they were typed, its action, and what is wrong, by field."""

    wanted: Wanted
    typed: str = ""
    tags: str = ""
    action: Action | None = None
    filling: Filling = field(default_factory=Filling)
    errors: dict[str, str] = field(default_factory=dict)


def read(request: StaffRequest, what: What, *, first: bool) -> Said:
    """What was posted; the `first` time a form is shown, nothing of it can be wrong yet."""
    said = _READS[what](request, what)
    if first:
        said.errors.clear()
    return said


def fields(request: StaffRequest, said: Said) -> list[Any]:
    """The form's fields, as `parts/field.html` draws them."""
    return _DRAWS[said.wanted.what](request, said)


def _read_reply(request: StaffRequest, what: What) -> Said:
    post, book = request.POST, _book(request)
    words, errors = text.paragraph(post.get("text", "")), dict[str, str]()
    to = text.line(post.get("to", ""))
    if post.get("step") == "use" and (reply := shelf.chosen(request.actor, post.get("reply", ""))):
        words, to = gaps.shown(reply.text), reply.to or to
    stored, unknown = gaps.read(words)
    if unknown:
        errors["text"] = _("Não há lacuna chamada %(names)s.") % {"names": ", ".join(f"«{one}»" for one in unknown)}
    elif not stored:
        errors["text"] = _("Escreva a resposta.")
    elif len(stored) > TEXT_LIMIT:
        errors["text"] = _("O texto tem até %(limit)d letras.") % {"limit": TEXT_LIMIT}
    elif blank := blanks.error(stored):
        errors["text"] = blank
    may = _recipients(request, book)
    to = to if to in may else next(iter(may)) if len(may) == 1 else ""
    if not to:
        errors["to"] = _("Escolha o destinatário.")
    reads = to == Party.CUSTOMER and (
        not book.replies.asks(request.actor.party) or post.get("customer_reads") in typed.TRUE
    )
    tags, wrong = _tags(post.get("tags", ""))
    return Said(Wanted(what, stored, to, reads, tags), words, post.get("tags", ""), errors=errors | wrong)


def _read_tags(request: StaffRequest, what: What) -> Said:
    tags, wrong = _tags(request.POST.get("tags", ""))
    if not tags and not wrong:
        wrong = {"tags": _("Escreva uma etiqueta.")}
    return Said(Wanted(what, tags=tags), tags=request.POST.get("tags", ""), errors=wrong)


def _read_act(request: StaffRequest, what: What) -> Said:
    book = _book(request)
    name = text.line(request.POST.get("action", ""))
    action = next((one for one in offered(book, request.actor) if one.id == name), None)
    if action is None:
        return Said(Wanted(what), errors={"action": _("Escolha a ação.")})
    asked = [one for one in action.fields if not is_own(one)]
    filling = inputs.read(request, asked, book)
    if request.POST.get("step"):
        today = request.at.astimezone(book.clock.zone).date()
        try:
            fields_.clean(asked, filling.values, today=today, money=book.money, land=book.land)
        except Invalid as bad:
            filling.errors |= bad.errors
    return Said(Wanted(what, action=action.id, fields=filling.values), action=action, filling=filling,
                errors=dict(filling.errors))  # fmt: skip


def _read_at_place(request: StaffRequest, what: What) -> Said:
    person, why = text.line(request.POST.get("person", ""))[:40], text.line(request.POST.get("why", ""))[:500]
    return Said(Wanted(what, person=person or str(request.actor.person_id), why=why))


def _tags(raw: str) -> tuple[list[str], dict[str, str]]:
    try:
        return tagging.read(raw), {}
    except Invalid as bad:
        return [], {"tags": bad.errors["tag"]}


def _draw_reply(request: StaffRequest, said: Said) -> list[Any]:
    wanted, errors = said.wanted, said.errors
    recipients = _recipients(request, _book(request))
    drawn: list[Any] = [
        Field("text", _("Resposta"), said.typed, errors.get("text", ""), type="long_text",
              help=_("As lacunas entre {{ }} são preenchidas com os dados de cada atendimento.")),
        Field("to", _("Para"), wanted.to, errors.get("to", ""), type="person",
              choices=(("", _("Escolha o destinatário")), *recipients.items())),
    ]  # fmt: skip
    if _book(request).replies.asks(request.actor.party):
        drawn.append(Field("customer_reads", _("O cliente pode ler"), "yes" if wanted.customer_reads else "",
                           type="tick", required=False))  # fmt: skip
    return [*drawn, *_draw_tags(request, said, required=False)]


def _draw_tags(request: StaffRequest, said: Said, *, required: bool = True) -> list[Any]:
    return [Field("tags", _("Etiquetas"), said.tags, said.errors.get("tags", ""), required=required,
                  autocomplete="off", help=_("Entre vírgulas."))]  # fmt: skip


def _draw_act(request: StaffRequest, said: Said) -> list[Any]:
    book = _book(request)
    choices = tuple((one.id, one.label) for one in offered(book, request.actor))
    chosen = said.action.id if said.action else ""
    fields = said.action.fields if said.action else ()
    own = ", ".join(f"«{one.label}»" for one in fields if is_own(one))
    told = _("Cada atendimento usa o que o seu pedido diz: %(fields)s.") % {"fields": own} if own else ""
    picked = Field("action", _("Ação"), chosen, said.errors.get("action", ""), type="person", help=told,
                   choices=(("", _("Escolha a ação")), *choices))  # fmt: skip
    asked = [one for one in fields if not is_own(one)]
    return [picked, *(inputs.draw(one, said.filling, book, at=request.at) for one in asked)]


def _draw_assign(request: StaffRequest, said: Said) -> list[Any]:
    me = (str(request.actor.person_id), _("Eu"))
    others = [(str(one.id), one.name) for one in teams.others(request.actor)]
    return [Field("person", _("Responsável"), said.wanted.person, type="person", choices=(me, *others))]


def _draw_close(_request: StaffRequest, said: Said) -> list[Any]:
    return [Field("why", _("Se uma fila respondeu e o cliente não leu: por que a resposta não é repassada"),
                  said.wanted.why, required=False, autocomplete="off")]  # fmt: skip


def _recipients(request: StaffRequest, book: Rulebook) -> dict[str, str]:
    """The parties this person writes to, by id with their names."""
    return {str(party): book.parties.get(party, str(party)) for party in book.replies.recipients(request.actor.party)}


def _book(request: StaffRequest) -> Rulebook:
    return rulebook_versions.in_force(request.actor.marketplace_id)


_READS: Mapping[What, Callable[[StaffRequest, What], Said]] = {
    What.REPLY: _read_reply, What.TAG: _read_tags, What.ACT: _read_act,
    What.CLOSE: _read_at_place, What.ASSIGN: _read_at_place,
}  # fmt: skip
KINDS = frozenset(map(str, _READS))  # what a form of the list may ask for
_DRAWS: Mapping[What, Callable[[StaffRequest, Said], list[Any]]] = {
    What.REPLY: _draw_reply, What.TAG: _draw_tags, What.ACT: _draw_act,
    What.CLOSE: _draw_close, What.ASSIGN: _draw_assign,
}  # fmt: skip
