"""The words of sanctions: their kinds, their states and their steps."""

from django.utils.translation import gettext as _


def kind(name: str) -> str:
    """A kind of sanction."""
    return _("Suspensão das vendas") if name == "suspension" else _("Advertência")


def state(name: str) -> str:
    """The state a sanction is in."""
    return {
        "noticed": _("Aguarda defesa ou decisão"),
        "applied": _("Aplicada"),
        "dropped": _("Arquivada"),
        "lifted": _("Levantada"),
    }[name]


def step(what: str, of: str) -> str:
    """What happened in a step, about a sanction of this kind."""
    sentences = {
        "noticed": _("O marketplace avisou o lojista: %(kind)s proposta."),
        "defended": _("O lojista apresentou a sua defesa."),
        "applied": _("Decisão: %(kind)s aplicada."),
        "dropped": _("Decisão: arquivada, sem sanção."),
        "appealed": _("O lojista recorreu da decisão."),
        "upheld": _("Recurso negado: a sanção continua."),
        "lifted": _("A sanção foi levantada."),
    }
    return sentences[what] % {"kind": kind(of)}
