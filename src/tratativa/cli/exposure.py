"""Exposure: what strangers could reach in this installation that they need not, and whether they can be told apart."""

from datetime import timedelta
from pathlib import Path

from tratativa.bounded import probe
from tratativa.bounded.process import Failed
from tratativa.cli.finding import Finding
from tratativa.config.saying import gettext as _

LATELY = timedelta(days=7)
MANY = 30  # tries


def _reached() -> dict[str, str]:
    return {
        "network": _("a rede"), "sockets": "sockets", "files": _("arquivos"), "folders": _("pastas"),
        "writing": _("gravação"), "programs": _("programas"), "processes": _("outros processos"),
        "secrets": _("as senhas do ambiente"),
    }  # fmt: skip


def children(home: Path) -> Finding:
    """Whether the children that read letters and pictures are shut in, as they are found to be from inside."""
    try:
        reached = probe.reached(home)
    except (Failed, OSError) as problem:
        return Finding(
            False, _("O processo que lê cartas e fotos de estranhos não começou (%(why)s).") % {"why": problem}
        )
    if not reached:
        return Finding(
            True, _("O processo que lê cartas e fotos de estranhos não alcança rede, arquivos nem programas.")
        )
    named = ", ".join(word for name, word in _reached().items() if name in reached)
    said = _(
        "O processo que lê cartas e fotos de estranhos ainda alcança %(named)s. Esta máquina não o fecha: use Linux "
        "5.13 ou mais novo, com landlock e seccomp."
    )
    return Finding(False, said % {"named": named})


def addresses() -> Finding:
    """Whether the doors were tried from more than one address lately: behind a proxy nobody names, all come from it."""
    from django.conf import settings

    from tratativa.accounts import clock, signing_in

    tries, places = signing_in.whence_tried(since=clock.now() - LATELY)
    if places == 1 and tries >= MANY:
        said = _(
            "As últimas %(count)d tentativas de entrar vieram todas do mesmo endereço. Há um proxy na frente? Diga o "
            "endereço dele em TRATATIVA_PROXIES, senão os limites valem para todos juntos."
        )
        return Finding(False, said % {"count": tries})
    if settings.PROXIES:
        said = _("De onde vem cada visita é o que dizem os proxies %(proxies)s.")
        return Finding(True, said % {"proxies": settings.PROXIES})
    return Finding(True, _("De onde vem cada visita é o endereço que se conecta; nenhum proxy tem a palavra."))
