"""Own sentences: what is told of the keys people look at first, in the words they would use themselves."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.comparing import lists
from tratativa.comparing.leaves import called
from tratativa.comparing.sameness import alike
from tratativa.comparing.walking import Own, Sides
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.terms.parties import Party

_NEW_ACTION: Mapping[Party, Promise] = {
    Party.CUSTOMER: gettext_lazy("Nova ação do cliente: %(action)s"),
    Party.SELLER: gettext_lazy("Nova ação do lojista: %(action)s"),
    Party.MARKETPLACE: gettext_lazy("Nova ação do marketplace: %(action)s"),
    Party.PARTNER: gettext_lazy("Nova ação do parceiro: %(action)s"),
}
_NO_LONGER: Mapping[Party, Promise] = {
    Party.CUSTOMER: gettext_lazy("O cliente deixa de poder «%(action)s»"),
    Party.SELLER: gettext_lazy("O lojista deixa de poder «%(action)s»"),
    Party.MARKETPLACE: gettext_lazy("O marketplace deixa de poder «%(action)s»"),
    Party.PARTNER: gettext_lazy("O parceiro deixa de poder «%(action)s»"),
}
_FROM_NOW: Mapping[Party, Promise] = {
    Party.CUSTOMER: gettext_lazy("O cliente passa a poder «%(action)s»"),
    Party.SELLER: gettext_lazy("O lojista passa a poder «%(action)s»"),
    Party.MARKETPLACE: gettext_lazy("O marketplace passa a poder «%(action)s»"),
    Party.PARTNER: gettext_lazy("O parceiro passa a poder «%(action)s»"),
}
# What came, what went, and that the order changed, of each list of the rulebook.
_CAME: Mapping[str, Promise] = {
    "reasons": gettext_lazy("Novo motivo: %(name)s"), "statuses": gettext_lazy("Nova situação: %(name)s"),
    "conduct": gettext_lazy("Nova regra de conduta: %(name)s"), "asks": gettext_lazy("Novo formulário: %(name)s"),
    "playbooks": gettext_lazy("Novo roteiro: %(name)s"), "queues": gettext_lazy("Nova fila: %(name)s"),
    "kinds": gettext_lazy("Novo tipo de atendimento: %(name)s"), "templates": gettext_lazy("Novo texto: %(name)s"),
    "groups": gettext_lazy("Novo grupo de motivos: %(name)s"),
    "case_fields": gettext_lazy("Novo campo do atendimento: %(name)s"),
    "steps": gettext_lazy("novo passo: %(name)s"), "metrics": gettext_lazy("novo indicador: %(name)s"),
}  # fmt: skip
_WENT: Mapping[str, Promise] = {
    "deadlines": gettext_lazy("Deixa de existir o prazo «%(name)s»"),
    "reasons": gettext_lazy("Deixa de existir o motivo «%(name)s»"),
    "statuses": gettext_lazy("Deixa de existir a situação «%(name)s»"),
    "conduct": gettext_lazy("Deixa de existir a regra de conduta «%(name)s»"),
    "asks": gettext_lazy("Deixa de existir o formulário «%(name)s»"),
    "playbooks": gettext_lazy("Deixa de existir o roteiro «%(name)s»"),
    "queues": gettext_lazy("Deixa de existir a fila «%(name)s»"),
    "kinds": gettext_lazy("Deixa de existir o tipo de atendimento «%(name)s»"),
    "templates": gettext_lazy("Deixa de existir o texto «%(name)s»"),
    "groups": gettext_lazy("Deixa de existir o grupo de motivos «%(name)s»"),
    "case_fields": gettext_lazy("Deixa de existir o campo do atendimento «%(name)s»"),
    "steps": gettext_lazy("deixa de existir o passo «%(name)s»"),
    "metrics": gettext_lazy("deixa de existir o indicador «%(name)s»"),
}
_MOVED: Mapping[str, Promise] = {
    "deadlines": gettext_lazy("A ordem dos prazos muda"), "actions": gettext_lazy("A ordem das ações muda"),
    "reasons": gettext_lazy("A ordem dos motivos muda"), "statuses": gettext_lazy("A ordem das situações muda"),
    "conduct": gettext_lazy("A ordem das regras de conduta muda"), "asks": gettext_lazy("A ordem dos formulários muda"),
    "playbooks": gettext_lazy("A ordem dos roteiros muda"), "queues": gettext_lazy("A ordem das filas muda"),
    "kinds": gettext_lazy("A ordem dos tipos de atendimento muda"),
    "templates": gettext_lazy("A ordem dos textos muda"),
    "groups": gettext_lazy("A ordem dos grupos de motivos muda"),
    "case_fields": gettext_lazy("A ordem dos campos do atendimento muda"),
    "steps": gettext_lazy("a ordem em que os passos são escritos muda"),
    "metrics": gettext_lazy("a ordem dos indicadores muda"),
}  # fmt: skip


def _listed(part: str) -> Own:
    """How a list of named things is told: what came, what went, and each that changed under its name."""

    def told(sides: Sides, before: Any, after: Any, subject: str) -> Iterator[str]:
        found = _matched(before, after)
        labels = Counter(called(one) for one in _items(after))
        for one in found.added:
            yield _under(subject, _came(sides, part, one))
        for one in found.removed:
            yield from (_under(subject, sentence) for sentence in _went(part, one))
        for old, new in found.changed:
            name = called(new) if labels[called(new)] == 1 else f"{called(new)} ({new.id})"
            yield from sides.models(old, new, _under(subject, name))
        if found.moved:
            yield _under(subject, str(_MOVED[part]))

    return told


def _matched(before: Any, after: Any) -> lists.Matched:
    return lists.by_id(_items(before), _items(after))


def _items(listed: Any) -> tuple[Any, ...]:
    """Of a mapping, what stands in it: a kind's id is its key."""
    return tuple(listed.values()) if isinstance(listed, Mapping) else tuple(listed)


def _came(sides: Sides, part: str, one: Any) -> str:
    if isinstance(one, Action):
        return " · ".join(str(_NEW_ACTION[party]) % {"action": one.label} for party in one.by)
    if isinstance(one, Deadline):
        gaps = {"name": one.label, "party": sides.new.party(one.party), "term": sides.new.term(one.within)}
        return _("Novo prazo: %(name)s – %(party)s tem %(term)s") % gaps
    return str(_CAME[part]) % {"name": called(one)}


def _went(part: str, one: Any) -> Iterator[str]:
    if isinstance(one, Action):
        yield from (str(_NO_LONGER[party]) % {"action": one.label} for party in one.by)
    else:
        yield str(_WENT[part]) % {"name": called(one)}


def _who_may(_sides: Sides, before: Sequence[Party], after: Sequence[Party], subject: str) -> Iterator[str]:
    """An action is taken from a party, or given to one."""
    yield from (str(_NO_LONGER[party]) % {"action": subject} for party in before if party not in after)
    yield from (str(_FROM_NOW[party]) % {"action": subject} for party in after if party not in before)


def _main(sides: Sides, before: Any, after: Any, subject: str) -> Iterator[str]:
    """What a thing is all about: its name alone, before → after."""
    yield sides.became(subject, "", before, after)


def _renamed(_sides: Sides, before: str, after: str, _subject: str) -> Iterator[str]:
    yield _("«%(before)s» passa a se chamar «%(after)s»") % {"before": before, "after": after}


def _happens(sides: Sides, before: Any, after: Any, subject: str) -> Iterator[str]:
    yield from sides.effects(before, after, subject)


def _after_miss(sides: Sides, before: Any, after: Any, subject: str) -> Iterator[str]:
    yield from sides.effects(before, after, _("%(what)s, se o prazo passar") % {"what": subject})


def _texts(_sides: Sides, before: Mapping[str, str], after: Mapping[str, str], _subject: str) -> Iterator[str]:
    """Texts told to people, by the words that changed in them."""
    yield from (str(_WENT["templates"]) % {"name": name} for name in before if name not in after)
    yield from (str(_CAME["templates"]) % {"name": name} for name in after if name not in before)
    for name, text in after.items():
        if name in before and before[name] != text:
            yield from _words_changed(name, before[name], text)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield str(_MOVED["templates"])


def _pictures(_sides: Sides, before: Mapping[str, Any], after: Mapping[str, Any], _subject: str) -> Iterator[str]:
    yield from (_("Deixa de existir a imagem %(name)s") % {"name": name} for name in before if name not in after)
    yield from (_("Nova imagem: %(name)s") % {"name": name} for name in after if name not in before)
    both = [name for name in after if name in before]
    yield from (_("A imagem %(name)s muda") % {"name": name} for name in both if not alike(before[name], after[name]))


def _words_changed(name: str, before: str, after: str) -> Iterator[str]:
    old, new = before.split(), after.split()
    told = False
    for tag, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gaps = {"name": name, "before": " ".join(old[begin:end]), "after": " ".join(new[start:stop])}
        if tag != "equal":
            told = True
            yield _CHANGES[tag]() % gaps
    if not told:
        yield _("Texto «%(name)s»: só as quebras de linha e os espaços mudam") % {"name": name}


_CHANGES: Mapping[str, Callable[[], str]] = {
    "replace": lambda: _("Texto «%(name)s»: «%(before)s» → «%(after)s»"),
    "delete": lambda: _("Texto «%(name)s»: sai «%(before)s»"),
    "insert": lambda: _("Texto «%(name)s»: entra «%(after)s»"),
}


def _steps(sides: Sides, before: Mapping[str, Any], after: Mapping[str, Any], subject: str) -> Iterator[str]:
    """A procedure's steps, by their ids: a label is no name, two may have the same."""
    for name in before:
        if name not in after:
            yield _under(subject, str(_WENT["steps"]) % {"name": name})
    for name, step in after.items():
        what = _under(subject, _("passo «%(name)s»") % {"name": name})
        if name not in before:
            yield _under(subject, str(_CAME["steps"]) % {"name": name}) + f" ({step.label()})"
        else:
            yield from sides.models(before[name], step, what)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield _under(subject, str(_MOVED["steps"]))


def _under(subject: str, sentence: str) -> str:
    return f"{subject}: {sentence}" if subject else sentence


OWN: Mapping[tuple[str, str], Own] = {
    **{("Rulebook", part): _listed(part) for part in ("deadlines", "actions", "reasons", "statuses", "conduct", "asks",
                                                      "playbooks", "queues", "kinds", "groups", "case_fields")},
    ("Rulebook", "templates"): _texts,
    ("Rulebook", "pictures"): _pictures,
    ("Score", "metrics"): _listed("metrics"),
    ("Playbook", "steps"): _steps,
    ("Deadline", "within"): _main,
    ("Deadline", "missed"): _after_miss,
    ("Exempt", "within"): _main,
    ("Queue", "within"): _main,
    ("Action", "by"): _who_may,
    ("Action", "do"): _happens,
    ("Reason", "do"): _happens,
    ("Do", "do"): _happens,
    **{(owner, "label"): _renamed for owner in ("Action", "Deadline", "Reason", "ReasonGroup", "Status", "Kind",
                                                "AskForm", "Queue", "Metric", "Exempt", "FormField", "Replies",
                                                "AddressPart")},
    ("Playbook", "playbook"): _renamed,
}  # fmt: skip
