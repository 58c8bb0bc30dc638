"""Reach: what of an installation others can get at more easily than its operator meant, as `doctor` tells it."""

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tratativa.cli.finding import Finding
from tratativa.config.saying import gettext as _

# What serves pages: ours, or a server somebody starts themselves.
_SERVED_BY = {b"tratativa.serve.web_process", b"tratativa.config.asgi:application"}
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def transport() -> Finding:
    """Whether people come by HTTPS."""
    from django.conf import settings

    if settings.HTTPS:
        return Finding(True, _("HTTPS está ligado: os cookies não viajam sem ele."))
    gaps = {"site": settings.SITE_URL}
    if _for_this_machine():
        return Finding(True, _("HTTPS está desligado: serve enquanto só esta máquina abre %(site)s.") % gaps)
    said = _(
        "HTTPS está desligado em %(site)s: senhas e cookies viajam abertos. Ponha a mesa atrás de um proxy com "
        "certificado e defina TRATATIVA_HTTPS=1."
    )
    return Finding(False, said % gaps)


def hosts() -> Finding:
    """Which names it answers to."""
    from django.conf import settings

    named = settings.ALLOWED_HOSTS
    host = urlsplit(settings.SITE_URL).hostname or ""
    if "*" in named:
        return Finding(False, _("TRATATIVA_HOSTS aceita qualquer nome (*): diga só os nomes que são seus."))
    if not set(named) - {"localhost", "127.0.0.1", "[::1]"}:
        if _for_this_machine():
            return Finding(True, _("Atende só pelos nomes desta máquina; para outros, defina TRATATIVA_HOSTS."))
        said = _("TRATATIVA_HOSTS tem só os nomes de fábrica, e quem abre %(host)s é recusado. Defina TRATATIVA_HOSTS.")
        return Finding(False, said % {"host": host})
    if not any(host == one or (one.startswith(".") and f".{host}".endswith(one)) for one in named):
        said = _("TRATATIVA_URL diz %(host)s, que não está em TRATATIVA_HOSTS: os links são recusados.")
        return Finding(False, said % {"host": host})
    return Finding(True, _("Atende por %(names)s.") % {"names": ", ".join(named)})


def user() -> Finding:
    """Whether a web process of this machine runs as root."""
    return runs_as(set(_owners()))


def runs_as(owners: Collection[int]) -> Finding:
    """What is to be said of web processes that belong to these users."""
    if 0 in owners:
        said = _(
            "A mesa roda como root: quem achar uma falha nela tem a máquina toda. Crie um usuário só dela e o diga em "
            "TRATATIVA_USER, com o programa e os dados onde ele os leia."
        )
        return Finding(False, said)
    return Finding(
        True, _("A mesa não roda como root.") if owners else _("Nenhum processo da mesa foi visto nesta máquina.")
    )


def mailboxes() -> Finding:
    """Which mailboxes trust no server's word about who writes."""
    from tratativa.mail.models import Mailbox

    found = list(Mailbox.objects.filter(receiver="").order_by("address").values_list("address", flat=True)[:5])
    if found:
        said = _(
            "Ninguém confere os remetentes em %(names)s: só a resposta ao endereço que o cliente recebeu é palavra "
            "dele. Diga quem confere na página da caixa, ou com tratativa mail box … --receiver."
        )
        return Finding(False, said % {"names": ", ".join(found)})
    return Finding(True, _("Não há caixa postal sem quem confira os remetentes."))


def _for_this_machine() -> bool:
    from django.conf import settings

    return (urlsplit(settings.SITE_URL).hostname or "") in _THIS_MACHINE


def _owners() -> Iterator[int]:
    """The users of the web processes that can be seen; none where the system has no /proc."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if _SERVED_BY & set((folder / "cmdline").read_bytes().split(b"\0")):
                yield folder.stat().st_uid
