"""Ways: what of a draft has a form, each as a row that leads there: an icon, its name, a line of what it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tratativa.studio.everyday import holidays, hours, parts, score
from tratativa.studio.models import Draft

ICONS: Mapping[str, str] = {
    "deadlines": "timer", "reasons": "tags", "actions": "mouse-pointer-click", "hours": "clock",
    "holidays": "calendar-off", "conduct": "shield-check", "score": "gauge", "texts": "file-text",
}  # fmt: skip
ABOUT: Mapping[str, Promise] = {
    "deadlines": gettext_lazy("Quanto tempo cada um corre, quando avisa e para quem é outro."),
    "reasons": gettext_lazy("Nomes, explicações e a quem cada um é oferecido."),
    "actions": gettext_lazy("Nomes e explicações dos botões."),
    "hours": gettext_lazy("Quando a casa abre, dia por dia."),
    "holidays": gettext_lazy("Os do país, os do estado e os da casa."),
    "conduct": gettext_lazy("O que não se escreve ao cliente, e o que acontece então."),
    "score": gettext_lazy("Quantos dias contam e os limites de cada indicador."),
}
# Where there is one thing alone, its row leads to it at once.
ALONE: Mapping[str, str] = {"hours": hours.KEY, "holidays": holidays.KEY, "score": score.KEY}


@dataclass(frozen=True)
class Way:
    """One row."""

    icon: str
    title: str
    about: str
    url: str


def of(draft: Draft) -> list[Way]:
    """What has a form in this draft, and the files for what has none."""
    there, page = set(draft.files.values_list("path", flat=True)), reverse("rules_changes", args=[draft.pk])
    found = [
        Way(ICONS[name], str(part.heading), str(ABOUT[name]), one_alone(draft, name) or f"{page}#{name}")
        for name, part in parts.PARTS.items()
        if part.file in there
    ]
    if any(path.startswith("templates/") for path in there):
        found.append(
            Way(ICONS["texts"], _("Textos"), _("O que a mesa escreve por si, um arquivo cada."), f"{page}#texts")
        )
    said = ngettext("O %(count)d arquivo do rascunho, no editor: o que não tem formulário.",
                    "Os %(count)d arquivos do rascunho, no editor: o que não tem formulário.", len(there))  # fmt: skip
    files = reverse("rules_draft", args=[draft.pk], query={"file": "rulebook.yaml"})
    return [*found, Way("file-code", _("Arquivos"), said % {"count": len(there)}, files)]


def one_alone(draft: Draft, name: str) -> str:
    """The address of the one form this part has; empty where it may have several."""
    return reverse("rules_change", args=[draft.pk, name, ALONE[name]]) if name in ALONE else ""
