"""The reasons a customer chooses from: in groups of plain words, those usual at the order's stage first; or sought."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Reason
from tratativa.web.customer import seeking
from tratativa.web.customer.seeking import Sought


@dataclass(frozen=True)
class Group:
    """Reasons under one heading; without a heading they stand in the list itself, under their own labels or, where
    there is a `title`, under that."""

    label: str
    help: str
    reasons: Sequence[Reason]
    opened: bool = False
    title: str = ""


@dataclass(frozen=True)
class Choice:
    """What a page offers: `groups` in order. `sought` is what was asked for, `count` how many answered to it."""

    groups: Sequence[Group]
    searchable: bool = False
    sought: str = ""
    count: int = 0


def choice(book: Rulebook, offered: Sequence[Reason], stage: str, *, sought: str = "", chosen: str = "") -> Choice:
    """What to offer about an order in this stage to somebody who looks for `sought` and has chosen the reason `chosen`.

    A rulebook without groups is one list, in its own order, of those usual now, then the others.
    """
    if sought:
        return _found(book, offered, stage, sought, chosen)
    usual = [reason for reason in offered if _is_usual(reason, stage)]
    unusual = [reason for reason in offered if reason not in usual]
    groups = list(_grouped(book, usual, chosen)) if book.groups else [Group("", "", usual)]
    if unusual:
        label = _("Não é nada disso?") if usual else ""
        told = _("Outros motivos, menos comuns na etapa em que o seu pedido está.") if usual else ""
        groups.append(Group(label, told, unusual, _has(unusual, chosen)))
    return Choice(groups, searchable=bool(book.groups))


def _grouped(book: Rulebook, usual: Sequence[Reason], chosen: str) -> list[Group]:
    """The groups with what is in them; a group of one reason is that reason, and what has no group comes last."""
    found = []
    for group in book.groups:
        inside = [reason for reason in usual if reason.group == group.id]
        if len(inside) == 1:
            found.append(Group("", "", inside, title=group.label))
        elif inside:
            found.append(Group(group.label, group.help, inside, _has(inside, chosen)))
    if alone := [reason for reason in usual if not reason.group]:
        found.append(Group(_("Outros motivos"), "", alone, _has(alone, chosen)))
    return found


def _found(book: Rulebook, offered: Sequence[Reason], stage: str, sought: str, chosen: str) -> Choice:
    """What answers to the words; what is chosen already stays on the page."""
    groups = {group.id: group for group in book.groups}
    told = [
        Sought(
            own=(reason.label, reason.help, *reason.said_as),
            around=(group.label, group.help, *group.said_as) if (group := groups.get(reason.group)) else (),
            first=_is_usual(reason, stage),
        )
        for reason in offered
    ]
    found = [offered[number] for number in seeking.seek(sought, told)]
    kept = [reason for reason in offered if reason.id == chosen and reason not in found]
    return Choice([Group("", "", list(chain(kept, found)))], searchable=True, sought=sought, count=len(found))


def _is_usual(reason: Reason, stage: str) -> bool:
    return not reason.order_stages or stage in reason.order_stages


def _has(reasons: Sequence[Reason], chosen: str) -> bool:
    return any(reason.id == chosen for reason in reasons)
