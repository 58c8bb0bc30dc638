"""Wording: what a notice says and where it leads, in the language and zone of whoever reads."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.accounts.models import Person
from tratativa.cases import events
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Entry
from tratativa.cases.sentences import reader, registry
from tratativa.mail.outgoing import letter_phrases
from tratativa.notices.models import Kind, Notice
from tratativa.rulebook.language.rulebook import Rulebook


@dataclass(frozen=True)
class Told:
    """A notice in words: what happened, which case it is, by its protocol and, on a page, its subject."""

    happening: str
    protocol: str
    subject: str


def tell(notice: Notice, names: Mapping[uuid.UUID, str] | None = None) -> Told:
    """The notice in words; with the `names` of colleagues, who did it. What leaves the desk is told without.

    Its case, entry and batch come with it, or cost queries.
    """
    book = rulebook_versions.of(notice.case)
    who = (names or {}).get(notice.entry.actor_id or uuid.UUID(int=0), "")
    return Told(
        _happening(notice, book, who), protocols.show(notice.case.protocol), rulebook_versions.subject(notice.case)
    )


def names(notices: Iterable[Notice]) -> dict[uuid.UUID, str]:
    """What the colleagues are called who did what these tell of. One query."""
    people = {one.entry.actor_id for one in notices if one.kind in {Kind.ASSIGNED, Kind.MENTION} and one.entry.actor_id}
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


def address(notice: Notice) -> str:
    """Where it leads: the case at the place of what happened, or one's cases where it is of many."""
    shown = protocols.show(notice.case.protocol)
    if notice.kind == Kind.STANDING:
        return reverse("standing")
    if notice.batch_id:
        return reverse("cases", query={"tab": "all", "assignee": "me"})
    page = reverse("partner_case" if notice.partner_id else "case", args=[shown])
    return page if registry.of(notice.entry.event).place == "quiet" else f"{page}#entry-{notice.last}"


def _happening(notice: Notice, book: Rulebook, who: str) -> str:
    kind, entry = Kind(notice.kind), notice.entry
    party = reader.party_name(book, entry.party)
    if kind is Kind.ASSIGNED:
        return _assigned(notice, who)
    if kind is Kind.MESSAGE:
        if entry.event == events.NotSent.name:
            return _("A sua mensagem não foi enviada")
        if entry.event == events.HoldEnded.name:
            return _not_done(book, entry)
        if entry.event == events.Answered.name:
            return _("%(who)s respondeu ao formulário") % {"who": party}
        return ngettext("Mensagem nova de %(who)s", "%(n)d mensagens novas, a última de %(who)s", notice.count) % {
            "who": party,
            "n": notice.count,
        }
    if kind is Kind.ANSWER:
        return _("%(queue)s respondeu") % {"queue": book.queue_label(entry.data["queue"])}
    if kind is Kind.DEADLINE:
        due = parse_datetime(entry.data["due"])
        gaps = {"rule": reader.rule_label(book, entry.data["rule"]), "due": letter_phrases.moment(due) if due else ""}
        return _("Prazo perto do fim: %(rule)s, até %(due)s") % gaps
    if kind is Kind.MENTION:
        return _("%(who)s citou você numa anotação") % {"who": who} if who else _("Citaram você numa anotação")
    if kind is Kind.STANDING:
        metric = book.score.metric(entry.data["metric"]) if book.score else None
        return _("Perto do limite: %(metric)s") % {"metric": metric.label if metric else entry.data["metric"]}
    if kind is Kind.TASK:
        return _("Chegou a hora de uma tarefa")
    return _new_case(notice)


def _not_done(book: Rulebook, entry: Entry) -> str:
    """What somebody asked for was held, and was refused in the end."""
    if entry.data["action"] == book.replies.id:
        return _("A sua mensagem não foi enviada")
    return _("«%(action)s» não aconteceu") % {"action": reader.action_label(book, entry.data["action"])}


def _new_case(notice: Notice) -> str:
    if notice.seller_id is None and notice.partner_id is None:
        return _("Atendimento novo de um lojista em que ninguém entrou ainda")
    return _("Atendimento novo para a sua equipe")


def _assigned(notice: Notice, who: str) -> str:
    count = notice.batch.done if notice.batch else 1
    gaps = {"who": who, "n": count}
    if who:
        return (
            ngettext("%(who)s passou um atendimento a você", "%(who)s passou %(n)d atendimentos a você", count) % gaps
        )
    return ngettext("Um atendimento agora é seu", "%(n)d atendimentos agora são seus", count) % gaps
