"""Exposure: what strangers could reach in this installation that they need not."""

from pathlib import Path

from tratativa.bounded import probe
from tratativa.bounded.process import Failed
from tratativa.cli.finding import Finding

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
