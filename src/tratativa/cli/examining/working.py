"""What works by itself: jobs, clocks, workers, the ledger's proofs, and the keys of what is sealed."""

from datetime import date, timedelta

from tratativa.cli.finding import Finding
from tratativa.config.saying import gettext as _
from tratativa.config.saying import ngettext

LONGEST_QUEUE = 1000  # jobs


def jobs_failed() -> Finding:
    """Whether any job was given up."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    failed = ProcrastinateJob.objects.filter(status="failed")
    if count := failed.count():
        names = ", ".join(sorted(set(failed.values_list("task_name", flat=True)[:50])))
        said = ngettext(
            "%(count)d trabalho falhou de vez (%(names)s). O motivo está no registro do worker.",
            "%(count)d trabalhos falharam de vez (%(names)s). O motivo está no registro do worker.", count,
        )  # fmt: skip
        return Finding(False, said % {"count": count, "names": names})
    return Finding(True, _("Nenhum trabalho falhou."))


def jobs_waiting() -> Finding:
    """How many jobs wait."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    waiting = {"count": ProcrastinateJob.objects.filter(status="todo", scheduled_at=None).count()}
    if waiting["count"] > LONGEST_QUEUE:
        said = _("%(count)d trabalhos esperam na fila. Rode mais um tratativa worker, em qualquer máquina.")
        return Finding(False, said % waiting)
    said = ngettext("%(count)d trabalho espera na fila.", "%(count)d trabalhos esperam na fila.", waiting["count"])
    return Finding(True, said % waiting)


def clock() -> Finding:
    """Whether deadlines are judged, by the right hour."""
    from tratativa.accounts import clock as believed
    from tratativa.cases.clocks import watch

    if told := watch.trouble():
        return Finding(False, _("Nenhum prazo é julgado: %(why)s") % {"why": told})
    ahead = believed.apart()
    if abs(ahead) > believed.APART:
        said = _(
            "O relógio desta máquina e o do banco estão a %(seconds)d s um do outro. Acerte-o: daqui nenhum worker "
            "julga prazos."
        )
        return Finding(False, said % {"seconds": round(abs(ahead).total_seconds())})
    return Finding(True, _("O relógio desta máquina e o do banco dizem a mesma hora."))


def stuck() -> Finding:
    """Whether any case's clock fails."""
    from tratativa.cases.models import Stuck

    found = Stuck.objects.order_by("since")
    if count := found.count():
        told = ", ".join(f"{one.case.protocol}: {one.trouble}" for one in found.select_related("case")[:3])
        said = ngettext(
            "O relógio de %(count)d atendimento falha e é tentado de novo (%(told)s). Veja o registro.",
            "O relógio de %(count)d atendimentos falha e é tentado de novo (%(told)s). Veja o registro.", count,
        )  # fmt: skip
        return Finding(False, said % {"count": count, "told": told})
    return Finding(True, _("O relógio de nenhum atendimento falha."))


def workers() -> Finding:
    """Whether anybody does the jobs."""
    from django.utils import timezone
    from procrastinate.contrib.django.models import ProcrastinateWorker

    since = timezone.now() - timedelta(minutes=1)
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).count()
    if not alive:
        return Finding(False, _("Nenhum worker está vivo: prazos não vencem e e-mails não saem. Rode tratativa serve."))
    return Finding(True, _("Workers vivos: %(count)d.") % {"count": alive})


def orders_system() -> Finding:
    """Whether refunds and cancellations go to a system of the marketplace's, or are only written down here."""
    from tratativa.orders import commands

    if commands.reaches_a_system():
        return Finding(True, _("Um sistema de pedidos está conectado: reembolsos e cancelamentos vão para ele."))
    said = _("Nenhum sistema de pedidos está conectado: a mesa só registra reembolsos e cancelamentos; ninguém os faz.")
    return Finding(True, said)


def ledger() -> Finding:
    """What the nightly walks over the ledger found."""
    from tratativa.accounts import clock as believed
    from tratativa.evidence import nightly

    walks = nightly.newest()
    broken = [walk for walk in walks.values() if walk.faults]
    if broken:
        said = _("O registro não confere (%(why)s). Rode tratativa ledger verify e guarde o que ele diz.")
        return Finding(False, said % {"why": broken[0].first})
    if late := nightly.unread(at=believed.now()):
        said = ngettext(
            "%(count)d de %(all)d partes do registro não é conferida há mais de %(days)d dias. Veja se um worker roda "
            "de noite, e o que o registro dele diz.",
            "%(count)d de %(all)d partes do registro não são conferidas há mais de %(days)d dias. Veja se um worker "
            "roda de noite, e o que o registro dele diz.", len(late),
        )  # fmt: skip
        return Finding(False, said % {"count": len(late), "all": nightly.SHARES, "days": nightly.PATIENCE.days})
    if nightly.wild().exists():  # it stays for a year, and stands in the way of nothing
        said = _(
            "Há uma conferência do registro de um dia que não chegou: quem a gravou não conferiu nada, e ela não conta."
        )
        return Finding(len(walks) == nightly.SHARES, said)
    if not walks:
        return Finding(True, _("O registro ainda não foi conferido: o worker confere um sétimo por noite."))
    gaps = {
        "count": len(walks), "all": nightly.SHARES, "day": _day(min(walk.at for walk in walks.values()).date()),
    }  # fmt: skip
    return Finding(True, _("O registro confere: %(count)d de %(all)d partes lidas desde %(day)s.") % gaps)


def anchors() -> Finding:
    """Whether the ledger's heads are signed, and by a key that is here."""
    from django.utils import timezone

    from tratativa.evidence import signing_keys
    from tratativa.evidence.models import Anchor, Head, SigningKey

    key = SigningKey.objects.filter(retired_at=None).order_by("made_at").last()
    if key and not signing_keys.is_here(key):
        said = _(
            "A chave que assina as âncoras não abre em %(place)s. Devolva o arquivo, ou rode tratativa ledger new-key."
        )
        return Finding(False, said % {"place": signing_keys.folder()})
    today = timezone.now().date()
    if wild := Anchor.objects.filter(day__gt=today + timedelta(days=1)).order_by("day").last():
        said = _("Há uma âncora de um dia que não chegou (%(day)s). Rode tratativa ledger verify.")
        return Finding(False, said % {"day": _day(wild.day)})
    newest = Anchor.objects.order_by("day").last()
    if newest is None:
        return Finding(True, _("Nenhuma âncora foi assinada ainda: o worker assina uma por dia."))
    gaps = {"day": _day(newest.day)}
    if Head.objects.exists() and newest.day < today - timedelta(days=2):
        return Finding(False, _("A última âncora é de %(day)s. Veja se há um worker com a chave.") % gaps)
    return Finding(True, _("A última âncora assinada é de %(day)s.") % gaps)


def outside() -> Finding:
    """Whether anything of the ledger is held where whoever has the database cannot reach."""
    from django.conf import settings

    from tratativa.evidence import held_files
    from tratativa.evidence import outside as held
    from tratativa.evidence.models import Head

    found, place = held.read(), {"place": held_files.folder()}
    if wrong := next(found.faults(), None):
        said = _(
            "O registro não é o que %(place)s guarda (%(why)s). Rode tratativa ledger verify; se um backup foi "
            "restaurado, tratativa ledger accept."
        )
        return Finding(False, said % {**place, "why": wrong})
    if not found.marks and Head.objects.exists():
        said = _("Nada do registro é guardado fora do banco em %(place)s. Veja se um worker daqui grava nela.")
        return Finding(False, said % place)
    if not settings.ANCHORS_TO:
        said = _(
            "Do registro, só %(place)s é guardado fora do banco: quem tiver os dois o reescreve sem ser visto. Mande "
            "as âncoras para fora com TRATATIVA_ANCHORS_TO."
        )
        return Finding(True, said % place)
    return Finding(True, _("Do registro, %(place)s e as âncoras mandadas por e-mail ficam fora do banco.") % place)


def keys() -> Finding:
    """Whether what is sealed opens."""
    from tratativa.accounts.secrecy import sealing
    from tratativa.config import resealing

    lost = len(resealing.missing())
    gaps = {"file": sealing.place(), "count": lost}
    if lost:
        said = ngettext(
            "Há dados cifrados com %(count)d chave que não está em %(file)s: devolva o arquivo.",
            "Há dados cifrados com %(count)d chaves que não estão em %(file)s: devolva o arquivo.", lost,
        )  # fmt: skip
        return Finding(False, said % gaps)
    if sealing.place().exists() and sealing.place().stat().st_mode & 0o077:
        return Finding(False, _("Outros usuários desta máquina leem %(file)s: rode chmod 600 nele.") % gaps)
    return Finding(True, _("O que está cifrado abre com as chaves de %(file)s.") % gaps)


def _day(of: date) -> str:
    from tratativa.accounts import moments

    return moments.day(of)
