"""Facts of a case's forms: what was answered and what actions were filled in with, the last time of each.

Asked of the database only for rulebooks that ask for them: one query for the answers, one for the actions.
"""

from collections.abc import Mapping
from typing import Any

from tratativa.cases import events
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Entry, Request
from tratativa.rulebook.terms.facts import Facts, Value


def of(case: Case) -> Facts:
    """What the conditions of the case's rulebook may ask of its forms; what was left empty is not known."""
    asked = rulebook_versions.of(case).form_facts
    return {
        **(_answers(case) if any(name.startswith("answer.") for name in asked) else {}),
        **(_actions(case) if any(name.startswith("action.") for name in asked) else {}),
    }


def now(fields: Mapping[str, Any]) -> Facts:
    """What is being filled in just now, as an effect's `when` asks it."""
    return _known("field", fields)


def filled(case: Case, action: str) -> dict[str, Any]:
    """What the action was filled in with the last time, as far as the ledger keeps it: no words, no files."""
    done = Entry.objects.filter(case=case, event=events.ActionDone.name, data__action=action)
    last = done.order_by("-number").values_list("data", flat=True).first()
    return dict(last["fields"]) if last else {}


def _answers(case: Case) -> Facts:
    found: dict[str, Value] = {}
    answered = Request.objects.filter(case=case, answered_at__isnull=False).order_by("answered_at")
    for ask, answers in answered.values_list("ask", "answers"):
        found.update(_known(f"answer.{ask}", answers))
    return found


def _actions(case: Case) -> Facts:
    found: dict[str, Value] = {}
    done = Entry.objects.filter(case=case, event=events.ActionDone.name).order_by("number")
    for data in done.values_list("data", flat=True):
        found.update(_known(f"action.{data['action']}", data["fields"]))
    return found


def _known(family: str, fields: Mapping[str, Any]) -> dict[str, Value]:
    plain = {name: value for name, value in fields.items() if isinstance(value, str | int | bool) and value != ""}
    return {f"{family}.{name}": value for name, value in plain.items()}
