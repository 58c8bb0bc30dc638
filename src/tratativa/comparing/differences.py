"""Differences: one sentence each, under the part of the rulebook it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Difference:
    """What another version says otherwise, in a sentence; `part` is the key of `PARTS` it stands under."""

    part: str
    sentence: str


# The parts a comparison is told in, in this order.
PARTS: Mapping[str, Promise] = {
    "deadlines": _("Prazos"),
    "actions": _("Ações"),
    "reasons": _("Motivos"),
    "groups": _("Grupos de motivos"),
    "case_fields": _("Campos do atendimento"),
    "kinds": _("Tipos de atendimento"),
    "replies": _("Respostas e anexos"),
    "conduct": _("Conduta"),
    "score": _("Desempenho"),
    "playbooks": _("Roteiros"),
    "queues": _("Filas"),
    "asks": _("Formulários"),
    "templates": _("Textos"),
    "statuses": _("Situações"),
    "calendar": _("Horário e calendário"),
    "money": _("Dinheiro e reembolsos"),
    "closing": _("Reabertura, pesquisa e guarda"),
    "names": _("Nomes e palavras"),
    "other": _("Outras regras"),
}
# Where each key of `rulebook.yaml` is told.
OF_KEY: Mapping[str, str] = {
    **{name: name for name in PARTS if name not in {"closing", "names", "other"}},
    "attachments": "replies", "timezone": "calendar", "refunds": "money", "reopen": "closing", "survey": "closing",
    "visible_after_close": "closing", "retention": "closing", "title": "names", "called": "names", "parties": "names",
    "words": "names", "rulebook": "names", "language": "names", "pictures": "playbooks",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """The differences of one part, under its heading."""

    heading: str
    sentences: tuple[str, ...]


def by_part(found: Sequence[Difference]) -> list[Told]:
    """The differences under their headings; parts without any are left out."""
    return [
        Told(str(heading), tuple(one.sentence for one in found if one.part == part))
        for part, heading in PARTS.items()
        if any(one.part == part for one in found)
    ]
