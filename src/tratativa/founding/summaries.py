"""Summaries: what a rulebook means for whoever would work under it, in about ten lines."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import explain

NAMED = 6
DEADLINES = 2


def lines(book: Rulebook, *, at: datetime) -> list[str]:
    """Sentences in the reader's language; the names in them are the rulebook's own."""
    return list(_lines(book, at))


def _lines(book: Rulebook, at: datetime) -> Iterator[str]:
    language = explain.spoken(get_language())
    yield _("Atende em %(hours)s (%(zone)s).") % {"hours": explain.hours(book.clock, language), "zone": book.timezone}
    if book.reasons:
        named = ", ".join(reason.label for reason in book.reasons[:NAMED])
        count = len(book.reasons)
        told = ngettext("%(count)d assunto: %(named)s.", "%(count)d assuntos: %(named)s…", count)
        yield told % {"count": count, "named": named}
    kinds = ", ".join(kind.label for kind in book.kinds.values())
    yield _("Tipos de atendimento: %(kinds)s.") % {"kinds": kinds}
    for rule in book.deadlines[:DEADLINES]:
        due = explain.explain(book.clock, at, rule.within, language=language)
        gaps = {"label": rule.label, "who": book.parties.get(rule.party, str(rule.party)), "due": due}
        yield _("Prazo «%(label)s», de %(who)s: um que começa agora: %(due)s") % gaps
    if len(book.deadlines) > DEADLINES:
        more = len(book.deadlines) - DEADLINES
        yield ngettext("Mais %(count)d prazo.", "Mais %(count)d prazos.", more) % {"count": more}
    for party in (Party.CUSTOMER, Party.SELLER):
        may = [action.label for action in book.actions if party in action.by]
        if may and party in book.parties:
            gaps = {"who": book.parties[party], "actions": ", ".join(may[:NAMED]) + ("…" if len(may) > NAMED else "")}
            yield _("%(who)s pode: %(actions)s.") % gaps
    if any(action.place == "ruling" for action in book.actions):
        yield _("Há mediação: o marketplace decide entre as partes.")
    if book.conduct:
        count = len(book.conduct)
        told = ngettext(
            "%(count)d regra sobre o que não se escreve ao cliente.",
            "%(count)d regras sobre o que não se escreve ao cliente.",
            count,
        )
        yield told % {"count": count}
    if book.playbooks:
        named = ", ".join(one.playbook for one in book.playbooks[:NAMED])
        yield _("Roteiros que guiam a equipe: %(named)s.") % {"named": named}
    if book.survey:
        yield _("Ao fim, o cliente diz como foi atendido.")
    if book.score and Party.SELLER in book.parties:
        yield _("O que o lojista deixa de cumprir conta no desempenho dele.")
