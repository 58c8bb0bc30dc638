"""Exposure: what strangers could reach in this installation that they need not, and whether they can be told apart."""

from datetime import timedelta
from pathlib import Path

from tratativa.bounded import probe
from tratativa.bounded.process import Failed
from tratativa.cli.finding import Finding

LATELY = timedelta(days=7)
MANY = 30  # tries
_REACHED = {
    "network": "a rede", "sockets": "sockets", "files": "arquivos", "folders": "pastas", "writing": "gravação",
    "programs": "programas", "processes": "outros processos", "secrets": "as senhas do ambiente",
}  # fmt: skip


def children(home: Path) -> Finding:
    """Whether the children that read letters and pictures are shut in, as they are found to be from inside."""
    try:
        reached = probe.reached(home)
    except (Failed, OSError) as problem:
        return Finding(False, f"O processo que lê cartas e fotos de estranhos não começou ({problem}).")
    if not reached:
        return Finding(True, "O processo que lê cartas e fotos de estranhos não alcança rede, arquivos nem programas.")
    named = ", ".join(_REACHED[name] for name in _REACHED if name in reached)
    return Finding(
        False,
        f"O processo que lê cartas e fotos de estranhos ainda alcança {named}. Esta máquina não o fecha: use Linux "
        "5.13 ou mais novo, com landlock e seccomp.",
    )


def addresses() -> Finding:
    """Whether the doors were tried from more than one address lately: behind a proxy nobody names, all come from it."""
    from django.conf import settings

    from tratativa.accounts import clock, signing_in

    tries, places = signing_in.whence_tried(since=clock.now() - LATELY)
    if places == 1 and tries >= MANY:
        return Finding(
            False,
            f"As últimas {tries} tentativas de entrar vieram todas do mesmo endereço. Há um proxy na frente? Diga o "
            "endereço dele em TRATATIVA_PROXIES, senão os limites valem para todos juntos.",
        )
    if settings.PROXIES:
        return Finding(True, f"De onde vem cada visita é o que dizem os proxies {settings.PROXIES}.")
    return Finding(True, "De onde vem cada visita é o endereço que se conecta; nenhum proxy tem a palavra.")
