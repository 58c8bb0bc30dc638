"""What the ways of giving a queue's cases out are called, and what each does."""

from django.utils.translation import gettext as _

from tratativa.cases.queues import assignment


def label(code: str) -> str:
    """What a way of giving a queue's cases out is called."""
    return str(assignment.LABELS.get(code, assignment.LABELS["off"]))


def note(code: str) -> str:
    """What a way does, in a sentence."""
    return {
        "off": _("Cada um pega o próximo da fila, ou quem lidera atribui."),
        "next": _("Recebe quem está há mais tempo sem receber."),
        "fewest": _("Recebe quem tem menos atendimentos abertos; entre iguais, o próximo da vez."),
    }[code]
