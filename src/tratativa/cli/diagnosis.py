"""Diagnosis: what is wrong with an installation, each ill with its remedy."""

import shutil
import smtplib
from collections.abc import Callable, Iterator
from pathlib import Path

from tratativa.cli import exposure, reach
from tratativa.cli.finding import Finding
from tratativa.cli.founding import beginnings
from tratativa.config import reasons
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, places

LEAST_FREE = 500 * 1024 * 1024  # bytes
LONGEST_QUEUE = 1000  # jobs


def examine(home: Path) -> Iterator[Finding]:
    """Looks at the data folder, the database, the jobs and the e-mail, in that order.

    Without a database, or without its tables, the later ones cannot be seen and are left out.
    """
    yield _folder(home)
    yield _space(home)
    yield exposure.children(home)
    try:
        environment.enter(home)
    except Trouble as problem:
        yield Finding(False, str(problem))
        return
    yield from _looked()


def served(*, outward: bool) -> Iterator[Finding]:
    """The same, from a process that serves: what it sees of the database is the reach it has.

    What takes a connection to somebody else's server is looked at only where `outward` says so.
    """
    home = _home()
    yield _folder(home)
    yield _space(home)
    yield exposure.children(home)
    yield from _looked(but=frozenset() if outward else _OUTWARD)


def _home() -> Path:
    from django.conf import settings

    return Path(settings.DATA)


def _looked(but: frozenset[Callable[[], Finding]] = frozenset()) -> Iterator[Finding]:
    looks: list[Callable[[], Finding]] = [
        _database, _role, _tables,
        beginnings.marketplace, beginnings.administrator, _jobs_failed, _jobs_waiting, _clock, _stuck, _workers,
        exposure.addresses, _ledger,
        _anchors, _mail, beginnings.mailbox, _keys, reach.transport, reach.hosts, reach.user, reach.mailboxes,
    ]  # fmt: skip
    for look in looks:
        if look in but:
            continue
        finding = look()
        yield finding
        if look in {_database, _tables} and not finding.well:
            return


def _folder(home: Path) -> Finding:
    try:
        places.make(home)
    except Trouble as problem:
        return Finding(False, str(problem))
    return Finding(True, f"Os dados ficam em {home}, que aceita escrita.")


def _space(home: Path) -> Finding:
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    megabytes = free // (1024 * 1024)
    if free < LEAST_FREE:
        return Finding(False, f"Restam só {megabytes} MB no disco de {existing}: libere espaço antes que a mesa pare.")
    return Finding(True, f"Há {megabytes} MB livres no disco de {existing}.")


def _database() -> Finding:
    from django.db import Error, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("show server_version")
            version = cursor.fetchone()[0]
    except Error as problem:
        return Finding(
            False, f"O banco de dados não responde ({reasons.line(problem)}). Confira DATABASE_URL e se ele está no ar."
        )
    return Finding(True, f"O banco de dados responde (PostgreSQL {version}).")


def _role() -> Finding:
    from tratativa.serve import roles

    now = roles.standing()
    if now.rights:
        return Finding(
            False,
            f"A mesa serve com o papel «{now.name}», que {' e '.join(now.rights)}: quem invadir uma página pode "
            "desligar o que o banco garante. Rode tratativa migrate: ele faz o papel que serve, ou diz como.",
        )
    return Finding(True, f"O papel «{now.name}» serve sem ser dono de nada no banco.")


def _tables() -> Finding:
    from tratativa.serve import migrating

    if missing := migrating.missing():
        return Finding(False, f"Faltam {missing} atualizações das tabelas. Rode tratativa migrate.")
    return Finding(True, "As tabelas estão em dia.")


def _jobs_failed() -> Finding:
    from procrastinate.contrib.django.models import ProcrastinateJob

    failed = ProcrastinateJob.objects.filter(status="failed")
    if count := failed.count():
        names = ", ".join(sorted(set(failed.values_list("task_name", flat=True)[:50])))
        return Finding(False, f"{count} trabalhos falharam de vez ({names}). O motivo está no registro do worker.")
    return Finding(True, "Nenhum trabalho falhou.")


def _jobs_waiting() -> Finding:
    from procrastinate.contrib.django.models import ProcrastinateJob

    waiting = ProcrastinateJob.objects.filter(status="todo", scheduled_at=None).count()
    if waiting > LONGEST_QUEUE:
        return Finding(
            False, f"{waiting} trabalhos esperam na fila. Rode mais um tratativa worker, em qualquer máquina."
        )
    return Finding(True, f"{waiting} trabalhos esperam na fila.")


def _clock() -> Finding:
    from tratativa.accounts import clock
    from tratativa.cases.clocks import watch

    if told := watch.trouble():
        return Finding(False, f"Nenhum prazo é julgado: {told}")
    ahead = clock.apart()
    if abs(ahead) > clock.APART:
        return Finding(
            False,
            f"O relógio desta máquina e o do banco estão a {abs(ahead).total_seconds():.0f} s um do outro. Acerte-o: "
            "daqui nenhum worker julga prazos.",
        )
    return Finding(True, "O relógio desta máquina e o do banco dizem a mesma hora.")


def _stuck() -> Finding:
    from tratativa.cases.models import Stuck

    found = Stuck.objects.order_by("since")
    if count := found.count():
        told = ", ".join(f"{one.case.protocol}: {one.trouble}" for one in found.select_related("case")[:3])
        return Finding(False, f"O relógio de {count} atendimentos falha e é tentado de novo ({told}). Veja o registro.")
    return Finding(True, "O relógio de nenhum atendimento falha.")


def _workers() -> Finding:
    from datetime import timedelta

    from django.utils import timezone
    from procrastinate.contrib.django.models import ProcrastinateWorker

    since = timezone.now() - timedelta(minutes=1)
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).count()
    if not alive:
        return Finding(False, "Nenhum worker está vivo: prazos não vencem e e-mails não saem. Rode tratativa serve.")
    return Finding(True, f"Workers vivos: {alive}.")


def _ledger() -> Finding:
    from tratativa.evidence import nightly

    walks = nightly.newest()
    broken = [walk for walk in walks.values() if walk.faults]
    if broken:
        return Finding(
            False, f"O registro não confere ({broken[0].first}). Rode tratativa ledger verify e guarde o que ele diz."
        )
    if not walks:
        return Finding(True, "O registro ainda não foi conferido: o worker confere um sétimo por noite.")
    oldest = min(walk.at for walk in walks.values())
    return Finding(True, f"O registro confere: {len(walks)} de {nightly.SHARES} partes lidas desde {oldest:%d/%m/%Y}.")


def _anchors() -> Finding:
    from datetime import timedelta

    from django.utils import timezone

    from tratativa.evidence import signing_keys
    from tratativa.evidence.models import Anchor, Head, SigningKey

    key = SigningKey.objects.filter(retired_at=None).order_by("made_at").last()
    if key and not signing_keys.is_here(key):
        return Finding(
            False, f"A chave que assina as âncoras não abre em {signing_keys.folder()}. Devolva o arquivo, ou rode "
            "tratativa ledger new-key.",
        )  # fmt: skip
    newest = Anchor.objects.order_by("day").last()
    if newest is None:
        return Finding(True, "Nenhuma âncora foi assinada ainda: o worker assina uma por dia.")
    if Head.objects.exists() and newest.day < (timezone.now() - timedelta(days=2)).date():
        return Finding(False, f"A última âncora é de {newest.day:%d/%m/%Y}. Veja se há um worker com a chave.")
    return Finding(True, f"A última âncora assinada é de {newest.day:%d/%m/%Y}.")


def _keys() -> Finding:
    from tratativa.accounts.secrecy import sealing
    from tratativa.config import resealing

    file = sealing.place()
    missing = resealing.missing()
    if missing:
        return Finding(
            False, f"Há dados cifrados com {len(missing)} chaves que não estão em {file}: devolva o arquivo."
        )
    if file.exists() and file.stat().st_mode & 0o077:
        return Finding(False, f"Outros usuários desta máquina leem {file}: rode chmod 600 nele.")
    return Finding(True, f"O que está cifrado abre com as chaves de {file}.")


def _mail() -> Finding:
    from tratativa.mail.outgoing import smtp
    from tratativa.outward import guard

    connection = smtp.Backend(timeout=10)
    host = connection.host
    if not host:
        return Finding(
            False, "Não há servidor de e-mail: avisos não saem. Diga-o na configuração pelo navegador, ou defina "
            "TRATATIVA_SMTP_HOST.",
        )  # fmt: skip
    try:
        connection.open()
        connection.close()
    except guard.Refused:
        return Finding(
            False, f"A mesa não se conecta a {host}: não existe, ou está numa rede interna. Confira o nome; se for um "
            "servidor seu, diga-o em TRATATIVA_CONNECT_TO.",
        )  # fmt: skip
    except (OSError, smtplib.SMTPException) as problem:
        return Finding(False, f"O servidor de e-mail {host} não responde ({problem}). Confira as TRATATIVA_SMTP_*.")
    return Finding(True, f"O servidor de e-mail {host} responde.")


_OUTWARD: frozenset[Callable[[], Finding]] = frozenset({_mail})
