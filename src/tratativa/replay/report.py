"""Report: a tally told to people: figures by deadline, what is refused and by which rule, whose score changes.

The command and the page show the same report. Names come from the draft where it has them, else from what applies.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tratativa.accounts.models import Seller
from tratativa.replay import standings, tallies
from tratativa.replay.apart.names import Names
from tratativa.replay.standings import Counts
from tratativa.replay.tallies import Example, Tally
from tratativa.rulebook.language.rulebook import Rulebook

SELLERS = 10

_KINDS: Mapping[str, Promise] = {
    tallies.BECOMES_MISSED: gettext_lazy("Passariam a ser perdidos"),
    tallies.BECOMES_MET: gettext_lazy("Deixariam de ser perdidos"),
    tallies.APPEARS: gettext_lazy("Prazos que não existiam"),
    tallies.GONE: gettext_lazy("Prazos que deixariam de existir"),
    tallies.OTHERWISE: gettext_lazy("Terminariam de outra forma"),
    tallies.OTHER_DUE: gettext_lazy("Mesmo desfecho, com outra data ou hora"),
    "conduct_block": gettext_lazy("Mensagens que a conduta teria recusado"),
    "conduct_hold": gettext_lazy("Mensagens que a conduta teria retido"),
    "conduct_warn": gettext_lazy("Mensagens que a conduta teria avisado"),
    "conduct_free": gettext_lazy("Mensagens que iriam sem aviso nem espera"),
}
# What nobody can know of a past that was another.
LIMITS: Sequence[Promise] = (
    gettext_lazy("As pessoas teriam agido de outra forma sob outro prazo: aqui cada uma age quando agiu."),
    gettext_lazy("O que o rascunho permitiria a mais não aparece: ninguém tentou o que era recusado."),
    gettext_lazy(
        "De um formulário se sabe o que foi escolhido, marcado ou contado e que campos foram preenchidos; de antes de "
        "isso ser guardado, não se sabe de um campo que era opcional. Quantas palavras um campo tinha, e o que se "
        "confirmou antes, não fica no registro."
    ),
    gettext_lazy(
        "A conduta julga o que as equipes escreveram ao cliente e ainda não foi apagado; os textos das regras, "
        "não. O que ela tivesse recusado seria escrito de outro jeito."
    ),
    gettext_lazy("Quem agiu é julgado pelo papel que tem hoje; o pedido, pelas datas que se conhecem dele."),
    gettext_lazy(
        "Depois de um prazo perdido contam o desempenho, a vez, as ofertas e o encerramento; mensagens que seriam "
        "enviadas e formulários que seriam pedidos, não."
    ),
    gettext_lazy(
        "Filas e passos de roteiros são contados com os prazos do rascunho; o caminho que o roteiro tomou depois, e o "
        "que o silêncio de uma fila fez no atendimento, ficam como foram."
    ),
)


@dataclass(frozen=True)
class Line:
    """One deadline: how many were met and missed, as it was and as it would be."""

    name: str
    met: int
    would_met: int
    missed: int
    would_missed: int


@dataclass(frozen=True)
class Group:
    """One kind of difference: what it is, how many of each name, and cases to open."""

    key: str
    heading: str
    count: int
    by_name: tuple[tuple[str, int], ...]
    examples: tuple["Shown", ...]


@dataclass(frozen=True)
class Shown:
    """An example as people read it: the case, what it is about, and the moments or the reason."""

    case: str
    protocol: str
    name: str
    was: datetime | None
    would: datetime | None
    why: str


@dataclass(frozen=True)
class Standing:
    """A seller's counts within the window, as they are and would be, and what would newly be proposed."""

    seller: str
    counts: tuple[tuple[str, int, int], ...]
    proposed: tuple[str, ...]
    spared: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything a replay has to tell."""

    headline: tuple[str, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    metrics: tuple[tuple[str, int, int], ...]
    sellers: tuple[Standing, ...]
    more_sellers: int
    inexact: tuple[Shown, ...]
    limits: tuple[str, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing would have been otherwise."""
        return not self.groups and all(was == would for _name, was, would in self.metrics)


def of(tally: Tally, *, draft: Rulebook, applies: Rulebook, until: datetime) -> Report:
    """The report; the names of sellers are asked for within the caller's reach."""
    names = Names(draft, applies)
    metrics = _metrics(tally, names)
    changed = standings.of(tally, draft.score, applies.score, until)
    shown = changed[:SELLERS]
    return Report(
        tuple(_headline(tally, names)),
        tuple(_lines(tally, names)),
        tuple(_groups(tally, names)),
        metrics,
        tuple(_named(shown, names)),
        len(changed) - len(shown),
        tuple(_shown(one, names) for one in tally.examples.get("inexact", ())),
        tuple(str(one) for one in LIMITS),
    )


def _headline(tally: Tally, names: Names) -> Iterator[str]:
    cases = ngettext("%(count)d atendimento julgado de novo", "%(count)d atendimentos julgados de novo", tally.cases)
    yield cases % {"count": tally.cases}
    changed = ngettext("%(count)d com alguma diferença", "%(count)d com alguma diferença", tally.changed)
    yield changed % {"count": tally.changed}
    was, would = (tallies.total(counts.values(), "missed") for counts in (tally.was, tally.would))
    yield _("Prazos perdidos: %(was)d → %(would)d") % {"was": was, "would": would}
    met, would_met = (tallies.total(counts.values(), "met") for counts in (tally.was, tally.would))
    yield _("Prazos cumpridos: %(was)d → %(would)d") % {"was": met, "would": would_met}
    refused = sum(tally.refused.values())
    sentence = ngettext(
        "%(count)d ação feita teria sido recusada", "%(count)d ações feitas teriam sido recusadas", refused
    )
    yield sentence % {"count": refused}
    yield from _untold(tally, names)
    if tally.inexact:
        inexact = ngettext(
            "%(count)d não se deixa refazer pelo registro e ficou fora da conta",
            "%(count)d não se deixam refazer pelo registro e ficaram fora da conta",
            tally.inexact,
        )
        yield inexact % {"count": tally.inexact}


def _untold(tally: Tally, names: Names) -> Iterator[str]:
    """What of this very replay nobody can tell."""
    for (action, name), count in tally.unknown.most_common():
        sentence = ngettext(
            "De %(count)d vez em que se fez «%(action)s», não se sabe se «%(field)s» foi preenchido",
            "De %(count)d vezes em que se fez «%(action)s», não se sabe se «%(field)s» foi preenchido", count,
        )  # fmt: skip
        yield sentence % {"count": count, "action": names.action(action), "field": names.field(action, name)}
    if tally.erased:
        sentence = ngettext(
            "%(count)d mensagem já foi apagada, e a conduta não a julga",
            "%(count)d mensagens já foram apagadas, e a conduta não as julga", tally.erased,
        )  # fmt: skip
        yield sentence % {"count": tally.erased}


def _lines(tally: Tally, names: Names) -> Iterator[Line]:
    for rule in sorted({*tally.was, *tally.would}, key=names.deadline):
        was, would = tally.was.get(rule, Counter()), tally.would.get(rule, Counter())
        yield Line(names.deadline(rule), was["met"], would["met"], was["missed"], would["missed"])


def _groups(tally: Tally, names: Names) -> Iterator[Group]:
    for kind in tallies.KINDS:
        if counts := tally.clocks.get(kind):
            by_name = tuple((names.deadline(name), count) for name, count in counts.most_common())
            yield Group(kind, str(_KINDS[kind]), sum(counts.values()), by_name, _examples(tally, kind, names))
    yield from _conduct(tally, names)
    if tally.refused:
        by_rule = tuple((_refusal(key, names), count) for key, count in tally.refused.most_common())
        heading = _("Ações feitas que seriam recusadas")
        yield Group("refused", heading, sum(tally.refused.values()), by_rule, _examples(tally, "refused", names))
    if tally.examples.get("score"):
        count = sum(1 for score in tally.scores.values() if score.was != score.would)
        yield Group("score", _("Desempenho que mudaria"), count, (), _examples(tally, "score", names))


def _refusal(key: tuple[str, str, str], names: Names) -> str:
    action, party, why = key
    gaps = {"action": names.action(action), "party": names.party(party), "why": why}
    if not why:
        return _("%(party)s – %(action)s: a ação já não existe para esta parte neste motivo") % gaps
    if why == "when":
        return _("%(party)s – %(action)s: a condição da ação não valia") % gaps
    return _("%(party)s – %(action)s: «%(why)s»") % gaps


def _conduct(tally: Tally, names: Names) -> Iterator[Group]:
    for kind in tallies.CONDUCT:
        if counts := tally.clocks.get(kind):
            by_rule = tuple((names.conduct(name), count) for name, count in counts.most_common())
            examples = tuple(
                Shown(one.case, one.protocol, names.party(one.party), _moment(one.was), None, one.would)
                for one in tally.examples.get(kind, ())
            )
            yield Group(kind, str(_KINDS[kind]), sum(counts.values()), by_rule, examples)


def _examples(tally: Tally, kind: str, names: Names) -> tuple[Shown, ...]:
    return tuple(_shown(one, names, refused=kind == "refused") for one in tally.examples.get(kind, ()))


def _shown(one: Example, names: Names, *, refused: bool = False) -> Shown:
    if refused:
        name = f"{names.party(one.party)} – {names.action(one.name)}"
        return Shown(one.case, one.protocol, name, _moment(one.was), None, one.would)
    name = names.deadline(one.name) if one.name else ""
    return Shown(one.case, one.protocol, name, _moment(one.was), _moment(one.would), "")


def _moment(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _metrics(tally: Tally, names: Names) -> tuple[tuple[str, int, int], ...]:
    was: Counter[str] = Counter()
    would: Counter[str] = Counter()
    for (_seller, metric), score in tally.scores.items():
        was[metric] += sum(score.was.values())
        would[metric] += sum(score.would.values())
    return tuple((names.metric(name), was[name], would[name]) for name in sorted({*was, *would}))


def _named(changed: Sequence[Counts], names: Names) -> Iterator[Standing]:
    called = {str(key): name for key, name in Seller.objects.filter(
        pk__in=[one.seller for one in changed]).values_list("id", "name")}  # fmt: skip
    for one in changed:
        counts = tuple(
            (names.metric(name), one.was.get(name, 0), one.would.get(name, 0))
            for name in sorted({*one.was, *one.would})
        )
        yield Standing(called.get(one.seller, one.seller), counts, one.proposed, one.spared)
