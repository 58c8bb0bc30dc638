"""Keeping saved replies: written, changed, copied and deleted; what a whole team says is told to its audit log."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.people import telling
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.models.tags import owner
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import gaps, shelf
from tratativa.saved_replies.models import NAME_LIMIT, SHORTCUT_LIMIT, Reach, SavedReply

_VALUES = {
    "reach": gettext_lazy("Quem usa"), "name": gettext_lazy("Nome"), "shortcut": gettext_lazy("Atalho"),
    "text": gettext_lazy("Texto"), "to": gettext_lazy("Para quem"), "tags": gettext_lazy("Etiquetas"),
    "action": gettext_lazy("Ação"),
}  # fmt: skip
WRITTEN = audit.register("saved_reply.written", gettext_lazy("Escreveu uma resposta pronta"), _VALUES)
CHANGED = audit.register("saved_reply.changed", gettext_lazy("Mudou uma resposta pronta"), _VALUES)
DELETED = audit.register("saved_reply.deleted", gettext_lazy("Apagou uma resposta pronta"), _VALUES)

TEXT_LIMIT = 4000


class Refused(Exception):
    """It cannot be kept so; a sentence for each field that is wrong."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Writing:
    """A saved reply as its form carries it, before anybody has looked at it."""

    name: str = ""
    shortcut: str = ""
    text: str = ""
    reach: str = str(Reach.PERSONAL)
    to: str = ""
    tags: str = ""
    action: str = ""


@dataclass
class _Read:
    """What was written, as it is kept, and what is wrong with it."""

    values: dict[str, object] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def write(team: Team, writing: Writing, *, actor: Actor, by: Doer, at: datetime) -> SavedReply:
    """Keeps a new reply. Raises Refused."""
    read = _read(writing, actor)
    if writing.reach not in shelf.reaches(actor):
        read.errors["reach"] = _("Escolha quem usa esta resposta.")
    made = SavedReply(marketplace=team.marketplace, made_at=at, changed_at=at, by=by.person, **read.values)
    _whose(made, Reach(writing.reach) if writing.reach in Reach.values else Reach.PERSONAL, actor)
    if not read.errors and SavedReply.objects.filter(**_shelf_of(made)).count() >= shelf.MOST:
        read.errors["name"] = _("São até %(limit)d respostas: apague uma antes.") % {"limit": shelf.MOST}
    _keep(made, read.errors)
    _tell(team, WRITTEN, made, by=by, after=_told(made))
    return made


def change(
    team: Team, reply: SavedReply, writing: Writing, *, seen: str, actor: Actor, by: Doer, at: datetime
) -> SavedReply:
    """Changes a reply the actor may change; `seen` is when it last changed, as the form's page knew it.

    Who may use it stays as it is. Raises Refused, also where somebody changed it meanwhile.
    """
    with transaction.atomic():
        kept = SavedReply.objects.select_for_update().get(pk=reply.pk)
        if kept.changed_at.isoformat() != seen:
            raise Refused({"": _("Alguém mudou esta resposta enquanto você escrevia. Confira e salve de novo.")})
        before, read = _told(kept), _read(writing, actor)
        for name, value in read.values.items():
            setattr(kept, name, value)
        kept.changed_at = at
        _keep(kept, read.errors)
        after = _told(kept)
        told = {name for name in before | after if before.get(name) != after.get(name)}
        if told:
            _tell(team, CHANGED, kept, by=by, before=_only(before, told), after=_only(after, told))
    return kept


def copy(team: Team, reply: SavedReply, *, actor: Actor, by: Doer, at: datetime) -> SavedReply:
    """A copy of a reply the actor may use, under a name of its own and no shortcut: for the same people where the
    actor may write for them, else for the actor alone. Raises Refused."""
    reach = reply.reach if reply.reach in shelf.reaches(actor) else str(Reach.PERSONAL)
    writing = of(reply)
    for number in range(1, 100):
        name = _("%(name)s (cópia)") if number == 1 else _("%(name)s (cópia %(number)d)")
        gaps_of_name = {"name": reply.name[: NAME_LIMIT - 16], "number": number}
        copied = Writing(
            name % gaps_of_name, "", writing.text, reach, writing.to, writing.tags, writing.action
        )  # fmt: skip
        try:
            return write(team, copied, actor=actor, by=by, at=at)
        except Refused as no:
            if set(no.errors) != {"name"}:
                raise
    raise Refused({"name": _("Já há cópias demais desta resposta.")})


@transaction.atomic
def delete(team: Team, reply: SavedReply, *, by: Doer) -> None:
    """Deletes a reply the actor may change; what it was put into stays as it was said."""
    gone = SavedReply.objects.select_for_update().filter(pk=reply.pk).first()
    if gone:
        _tell(team, DELETED, gone, by=by, before=_told(gone))
        gone.delete()


def of(reply: SavedReply) -> Writing:
    """A reply as its form shows it."""
    return Writing(
        reply.name, reply.shortcut, gaps.shown(reply.text), reply.reach, reply.to, ", ".join(reply.tags), reply.action
    )


def _read(writing: Writing, actor: Actor) -> _Read:
    read = _Read()
    name, shortcut = text.line(writing.name), text.folded(writing.shortcut).lstrip("/")
    said, unknown = gaps.read(text.paragraph(writing.text))
    if not name or len(name) > NAME_LIMIT or len(text.folded(name)) > NAME_LIMIT:
        read.errors["name"] = _("Dê um nome de até %(limit)d letras.") % {"limit": NAME_LIMIT}
    if " " in shortcut or len(shortcut) > SHORTCUT_LIMIT:
        read.errors["shortcut"] = _("O atalho é uma palavra só, de até %(limit)d letras.") % {"limit": SHORTCUT_LIMIT}
    read.errors |= _wrong_text(said, unknown)
    try:
        tags = tagging.read(writing.tags)
    except Invalid as bad:
        read.errors["tags"], tags = bad.errors["tag"], []
    if writing.to and writing.to not in recipients(actor):
        read.errors["to"] = _("Escolha para quem é.")
    if writing.action and writing.action not in actions(actor):
        read.errors["action"] = _("Escolha uma das ações.")
    read.values = {
        "name": name[:NAME_LIMIT], "folded": text.folded(name)[:NAME_LIMIT], "shortcut": shortcut[:SHORTCUT_LIMIT],
        "text": said, "to": writing.to[:12], "tags": tags, "action": writing.action[:80],
        "found_by": text.folded(f"{name} {shortcut} {gaps.shown(said)}"),
    }  # fmt: skip
    return read


def _wrong_text(said: str, unknown: list[str]) -> dict[str, str]:
    if not said:
        return {"text": _("Escreva o texto.")}
    if len(said) > TEXT_LIMIT:
        return {"text": _("O texto tem até %(limit)d letras.") % {"limit": TEXT_LIMIT}}
    if unknown:
        return {"text": _("Não existe a lacuna: %(names)s. Use as da lista.") % {"names": ", ".join(unknown)}}
    return {}


def recipients(actor: Actor) -> dict[str, str]:
    """The parties this person may write to, as the rules in force have them, by id with their names."""
    book = rulebook_versions.in_force(actor.marketplace_id)
    sellers = book.replies.recipients(Party.SELLER) if actor.party is Party.MARKETPLACE else ()
    to = dict.fromkeys([*book.replies.recipients(actor.party), *sellers])
    return {str(party): book.parties.get(party, str(party)) for party in to}


def actions(actor: Actor) -> dict[str, str]:
    """The actions a reply may suggest, by id with their names: those of the actor's party, a marketplace's people
    also those of the sellers they write for."""
    book = rulebook_versions.in_force(actor.marketplace_id)
    parties = {actor.party} | ({Party.SELLER} if actor.party is Party.MARKETPLACE else set())
    return {one.id: one.label for one in book.actions if parties & set(one.by) and one.id != book.replies.id}


def _whose(reply: SavedReply, reach: Reach, actor: Actor) -> None:
    reply.reach = reach
    reply.seller_id = None if reach == Reach.SELLERS else actor.seller_id
    reply.person_id = actor.person_id if reach == Reach.PERSONAL else None
    reply.owner_id = _owner(reach, actor)


def _owner(reach: Reach, actor: Actor) -> uuid.UUID:
    return actor.person if reach == Reach.PERSONAL else owner(actor.marketplace_id, actor.seller_id)


def _shelf_of(reply: SavedReply) -> dict[str, object]:
    return {
        "owner_id": reply.owner_id, "marketplace": reply.marketplace_id, "seller": reply.seller_id,
        "reach": reply.reach,
    }  # fmt: skip


def _keep(reply: SavedReply, errors: dict[str, str]) -> None:
    """Stores it, or says in which field it is another's double. Raises Refused."""
    others = SavedReply.objects.filter(**_shelf_of(reply)).exclude(pk=reply.pk)
    if others.filter(folded=reply.folded).exists():
        errors.setdefault("name", _("Já há uma resposta com este nome."))
    if reply.shortcut and others.filter(shortcut=reply.shortcut).exists():
        errors.setdefault("shortcut", _("Outra resposta já usa este atalho."))
    if errors:
        raise Refused(errors)
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError:  # somebody kept the same name between the look and the writing
        raise Refused({"name": _("Já há uma resposta com este nome ou atalho.")}) from None


def _tell(
    team: Team, what: str, reply: SavedReply, *, by: Doer,
    before: dict[str, str] | None = None, after: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """A line of the team's log; what somebody keeps for themselves is nobody else's to read."""
    if reply.reach != Reach.PERSONAL:
        telling.tell(team, what, by=by, about=reply.name, before=before, after=after)


def _told(reply: SavedReply) -> dict[str, str]:
    """As its form says it: the log is read when the rules are others."""
    book = rulebook_versions.in_force(reply.marketplace_id)
    action = book.action(reply.action)
    return {
        "reach": str(Reach(reply.reach).label), "name": reply.name, "shortcut": reply.shortcut, "text": reply.text,
        "to": _party(book, reply.to), "tags": ", ".join(reply.tags), "action": action.label if action else reply.action,
    }  # fmt: skip


def _party(book: Rulebook, to: str) -> str:
    return book.parties.get(Party(to), to) if to in {*Party} else to


def _only(values: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name in names}
