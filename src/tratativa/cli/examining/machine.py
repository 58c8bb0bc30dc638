"""The machine: the data's folder, the disk, the database, its role and its tables."""

import shutil
from pathlib import Path

from tratativa.cli.finding import Finding
from tratativa.config import reasons
from tratativa.config.saying import gettext as _
from tratativa.config.saying import ngettext
from tratativa.config.trouble import Trouble
from tratativa.serve import places

LEAST_FREE = 500 * 1024 * 1024  # bytes


def folder(home: Path) -> Finding:
    """Where the data are; a folder that is not there is not made by looking."""
    if not home.exists():
        said = _(
            "A pasta %(place)s não existe: nada foi instalado nela. Aponte a certa com --data PASTA, ou comece com "
            "tratativa serve --data %(place)s."
        )
        return Finding(False, said % {"place": home})
    try:
        places.make(home)
    except Trouble as problem:
        return Finding(False, str(problem))
    return Finding(True, _("Os dados ficam em %(place)s, que aceita escrita.") % {"place": home})


def space(home: Path) -> Finding:
    """How much room the disk has."""
    existing = next(one for one in (home, *home.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    gaps = {"megabytes": free // (1024 * 1024), "place": existing}
    if free < LEAST_FREE:
        return Finding(
            False,
            _("Restam só %(megabytes)d MB no disco de %(place)s: libere espaço antes que a mesa pare.") % gaps,
        )
    return Finding(True, _("Há %(megabytes)d MB livres no disco de %(place)s.") % gaps)


def database() -> Finding:
    """Whether it answers."""
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("show server_version")
            version = cursor.fetchone()[0]
    except Error as problem:
        said = _("O banco de dados não responde (%(why)s). Confira DATABASE_URL e se ele está no ar.")
        return Finding(False, said % {"why": reasons.line(problem)})
    return Finding(True, _("O banco de dados responde (PostgreSQL %(version)s).") % {"version": version})


def role() -> Finding:
    """Whether who serves could undo what the database promises."""
    from tratativa.serve import roles

    now = roles.standing()
    if now.rights:
        said = _(
            "A mesa serve com o papel «%(name)s», que %(rights)s: quem invadir uma página pode desligar o que o banco "
            "garante. Rode tratativa migrate: ele faz o papel que serve, ou diz como."
        )
        return Finding(False, said % {"name": now.name, "rights": _(" e ").join(now.rights)})
    return Finding(True, _("O papel «%(name)s» serve sem ser dono de nada no banco.") % {"name": now.name})


def tables() -> Finding:
    """Whether they are those of this version."""
    from tratativa.serve import migrating

    if missing := migrating.missing():
        said = ngettext(
            "Falta %(count)d atualização das tabelas. Rode tratativa migrate.",
            "Faltam %(count)d atualizações das tabelas. Rode tratativa migrate.", missing,
        )  # fmt: skip
        return Finding(False, said % {"count": missing})
    return Finding(True, _("As tabelas estão em dia."))
