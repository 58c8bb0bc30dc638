"""Ways to tamper with one case's ledger, each undone again; Django is ready."""

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from tratativa.cases.core import ledger
from tratativa.cases.models import Case, Entry
from tratativa.evidence import heads, walking
from tratativa.evidence.models import Head
from tratativa.evidence.walking import Found


class Undone(Exception):
    """What was tampered with is put back."""


@dataclass(frozen=True)
class Victim:
    """The case that is touched, its last entry's number, and that of its last entry with words."""

    key: uuid.UUID
    chain: str
    last: int
    told: int


def chain() -> int:
    """Chains every case: what was loaded past the triggers has left no word that it is not chained."""
    _run("insert into evidence_unchained (case_id) select id from cases_case")
    heads.chain(at=timezone.now())
    return Head.objects.count()


def walked() -> Found:
    """The whole ledger, read."""
    return walking.walk()


def done(name: str, chance: random.Random) -> tuple[str, str]:
    """The chain that was touched, and the sentences a walk then says of it; all is as before afterwards."""
    victim = _victim(chance)
    said = ""
    try:
        with transaction.atomic():
            _run("set local session_replication_role = replica")
            WAYS[name](victim)
            said = "; ".join(str(fault) for fault in walking.walk().faults)
            raise Undone
    except Undone:
        return (str(victim.key) if name == "atendimento apagado" else victim.chain), said


def _victim(chance: random.Random) -> Victim:
    at = chance.randrange(Case.objects.count())
    case = Case.objects.select_related("marketplace").order_by("id")[at]
    told = Entry.objects.filter(case=case, words__isnull=False).order_by("number").last()
    assert told is not None
    return Victim(case.pk, f"{case.marketplace.slug} {case.protocol}", case.entries_count, told.number)


def _byte(one: Victim) -> None:
    _run("update cases_entry set party = 'clock' where case_id = %s and number = 1", one.key)


def _words(one: Victim) -> None:
    _run("update cases_text set body = body || '.' where entry_id = %s", _entry(one, one.told))


def _row(one: Victim) -> None:
    _run("delete from cases_entry where case_id = %s and number = 2", one.key)


def _tail(one: Victim) -> None:
    _run("delete from cases_entry where case_id = %s and number = %s", one.key, one.last)


def _swapped(one: Victim) -> None:
    for was, becomes in ((1, 1000), (2, 1), (1000, 2)):
        _run("update cases_entry set number = %s where case_id = %s and number = %s", becomes, one.key, was)


def _readers(one: Victim) -> None:
    _run("update cases_text set audience = audience + 8 where entry_id = %s", _entry(one, one.told))


def _tail_mended(one: Victim) -> None:
    before = Entry.objects.get(case=one.key, number=one.last - 1)
    _run("delete from cases_text where entry_id = %s", _entry(one, one.last))
    _tail(one)
    Case.objects.filter(pk=one.key).update(entries_count=one.last - 1, last_hash=before.hash)


def _sealed_anew(one: Victim) -> None:
    previous = ""
    for entry in Entry.objects.filter(case=one.key).order_by("number"):
        entry.party = "clock" if entry.number == 1 else entry.party
        entry.previous = previous
        entry.hash = previous = ledger.seal(entry)
        Entry.objects.filter(pk=entry.pk).update(party=entry.party, previous=entry.previous, hash=entry.hash)
    Case.objects.filter(pk=one.key).update(last_hash=previous)


def _words_gone(one: Victim) -> None:
    _run("delete from cases_text where entry_id = %s", _entry(one, one.told))


def _case_gone(one: Victim) -> None:
    _run("delete from cases_text where case_id = %s", one.key)
    _run("delete from cases_entry where case_id = %s", one.key)
    _run("delete from cases_case where id = %s", one.key)


def _entry(one: Victim, number: int) -> uuid.UUID:
    return Entry.objects.values_list("pk", flat=True).get(case=one.key, number=number)


WAYS: Mapping[str, Callable[[Victim], None]] = {
    "byte trocado": _byte,
    "palavras trocadas": _words,
    "registro que falta": _row,
    "fim cortado": _tail,
    "registros trocados de lugar": _swapped,
    "leitores das palavras trocados": _readers,
    "fim cortado e atendimento corrigido": _tail_mended,
    "corrente selada de novo": _sealed_anew,
    "palavras apagadas sem registro": _words_gone,
    "atendimento apagado": _case_gone,
}


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]
