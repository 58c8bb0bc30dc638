"""Values: how a piece of a rulebook is read out, by people who have the rulebook's labels and not its ids."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from pydantic import BaseModel

from tratativa.comparing import facts_named, words
from tratativa.comparing.leaves import called
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.conditions import ALWAYS, Condition, Test
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import durations, explain
from tratativa.rulebook.time.durations import Combined, Span

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)")
_CODE = re.compile(r"^[a-z0-9][a-z0-9_.%:/-]*$")
# Whose ids stand under a key.
_PARTS: Mapping[str, str] = {
    "actions": "action", "action": "action", "stopped_by": "action", "history.done": "action",
    "history.held": "action", "history.offered": "action", "reasons": "reason", "required_for": "reason",
    "case.reason": "reason", "deadlines": "deadline", "kinds": "kind", "case.kind": "kind", "queue": "queue",
    "case.queue": "queue", "ask": "ask", "goto": "playbook",
}  # fmt: skip
_METRICS = frozenset({"metric", "counts", "reports"})
_MONEY = frozenset({"second_person_above"})
_SIZES = frozenset({"max_size"})
_SPANS = frozenset({"window", "retention"})


@dataclass(frozen=True)
class Speaker:
    """Whoever reads out what one version says: it knows that version's labels."""

    book: Rulebook

    def say(self, value: Any, key: str = "") -> str:
        """The value under this key, in words."""
        if isinstance(value, bool):
            return _("sim") if value else _("não")
        if _is_empty(value):
            return _("nada")
        if isinstance(value, Party):
            return self.party(value)
        if isinstance(value, Span | Combined):
            return self.term(value)
        if isinstance(value, Condition):
            return self.condition(value)
        if isinstance(value, Effect):
            return self.effect(value)
        return self._plain(value, key)

    def entry(self, name: Any, key: str = "") -> str:
        """What stands before what is said of it in a map, in words."""
        said = self.say(name, key)
        return words.entry(said) if isinstance(name, str) and said == name else said

    def party(self, party: Party) -> str:
        """A party as this version calls it."""
        return self.book.parties.get(party, str(party))

    def term(self, within: Span | Combined) -> str:
        """A duration: `12 horas úteis`."""
        return explain.term(within, explain.spoken(get_language()))

    def condition(self, condition: Condition) -> str:
        """A condition: `etapa do pedido antes de entregue e caso: aberto`; «sempre» for none."""
        if condition == ALWAYS:
            return _("sempre")
        either = _(" ou ")
        groups = [f"({either.join(self.condition(one) for one in group)})" for group in condition.groups]
        return _(" e ").join([*map(self._test, condition.tests), *groups])

    def effect(self, effect: Effect) -> str:
        """An effect: `contar no desempenho (Respostas perdidas)`."""
        argument = effect.argument
        shown = {name: getattr(argument, name) for name in type(argument).model_fields if name != "id"}
        plain = {name: value for name, value in shown.items() if not _is_empty(value) and value is not False}
        said = words.verb(effect.name)
        if plain:
            said = f"{said} ({self._pairs(plain, effect.name)})"
        if effect.when == ALWAYS:
            return said
        return _("%(what)s, quando %(condition)s") % {"what": said, "condition": self.condition(effect.when)}

    def _plain(self, value: Any, key: str) -> str:
        if isinstance(value, BaseModel):
            return self._model(value)
        if isinstance(value, Mapping):
            return "; ".join(f"{self.entry(name, key)}: {self.say(one, str(name))}" for name, one in value.items())
        if isinstance(value, Iterable) and not isinstance(value, str):
            return ", ".join(self.say(one, key) for one in value)
        if isinstance(value, int):
            return self._number(value, key)
        return self._text(str(value), key)

    def _model(self, model: BaseModel) -> str:
        """A model by its name where it has one, else what it says that is not what it would say by itself."""
        label = getattr(model, "label", "")
        if label and isinstance(label, str):
            return f"«{label}»"
        said = {name: getattr(model, name) for name in type(model).model_fields}
        return self._pairs({name: one for name, one in said.items() if not _is_empty(one) and one is not False})

    def _pairs(self, said: Mapping[str, Any], main: str = "") -> str:
        """`chave: valor; chave: valor`; the value alone where there is one and its key is what it is all about."""
        if main and len(said) == 1:
            name, only = next(iter(said.items()))
            return self.say(only, name)
        return "; ".join(f"{words.key(name)}: {self.say(one, name)}" for name, one in said.items())

    def _number(self, value: int, key: str) -> str:
        if key in _MONEY:
            return self.book.money.show(value)
        if key in _SIZES:
            mib, rest = divmod(value, 1024**2)
            return f"{mib} MiB" if not rest else f"{localize(round(value / 1024, 1))} KiB"
        return str(value)

    def _text(self, text: str, key: str) -> str:
        if text in set(Party):
            return self.party(Party(text))
        if key in _METRICS and self.book.score and (metric := self.book.score.metric(text)):
            return f"«{metric.label}»"
        if part := _PARTS.get(key):
            found: Any = self.book.replies if text == self.book.replies.id else getattr(self.book, part)(text)
            if found is not None:
                return f"«{called(found)}»"
        if key in _SPANS:
            return self._span(text)
        if (said := words.value(text)) != text:
            return said
        if _DAY.fullmatch(text):
            return str(date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT"))
        return text if _CODE.match(text) else f"«{text}»"

    def _span(self, text: str) -> str:
        """`60 days` or `5 years`, which no clock counts."""
        amount, _space, unit = text.partition(" ")
        if unit.startswith("year"):
            return ngettext("%(count)s ano", "%(count)s anos", int(amount)) % {"count": amount}
        return self.term(durations.parse(text))

    def _test(self, test: Test) -> str:
        gaps = {
            "fact": facts_named.named(test.fact),
            "values": _(" ou ").join(self.say(one, test.fact) for one in test.values),
        }
        return _OPERATORS[test.operator]() % gaps


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | tuple | list | Mapping) and not value)


_OPERATORS = {
    "is": lambda: _("%(fact)s: %(values)s"),
    "not": lambda: _("%(fact)s, menos %(values)s"),
    "before": lambda: _("%(fact)s antes de %(values)s"),
    "after": lambda: _("%(fact)s depois de %(values)s"),
    "lt": lambda: _("%(fact)s menor que %(values)s"),
    "gt": lambda: _("%(fact)s maior que %(values)s"),
}
