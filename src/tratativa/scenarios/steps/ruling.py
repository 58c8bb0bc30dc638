"""A mediator's ruling in a scenario, filled in as the rulebook names its fields."""

from collections.abc import Mapping
from typing import Any

from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.terms.ids import slug
from tratativa.scenarios import filling
from tratativa.scenarios.scripts import nearest
from tratativa.scenarios.stage import Unplayable

_DOES = ("cancel_order", "refund")


def fields(action: Action, says: Any) -> dict[str, Any]:
    """`rule: {benefits, text, do: [cancel_order, {refund: full}]}` as the form of this action.

    `refund` is `none`, `full`, `shortage` or an amount; without it the choice is left blank.
    Raises Unplayable for what this ruling cannot do.
    """
    given = filling.mapping("rule", says, ("benefits", "text", "do"))
    does = _does(given.get("do") or ())
    rule = next(one.argument for one in action.do if isinstance(one.argument, arguments.Rule))
    filled = {slug(rule.benefits): given.get("benefits", ""), slug(rule.words): given.get("text", "")}
    if rule.cancels:
        filled[slug(rule.cancels)] = "cancel_order" in does
    elif "cancel_order" in does:
        raise Unplayable("esta decisão não cancela o pedido")
    return filled | _money(action, does)


def _does(listed: Any) -> Mapping[str, Any]:
    does: dict[str, Any] = {}
    for one in listed:
        does |= dict(one) if isinstance(one, Mapping) else {str(one): {}}
    for name in does:
        if name not in _DOES:
            raise Unplayable(f"uma decisão ainda não sabe `{name}`{nearest(name, _DOES)}")
    return does


def _money(action: Action, does: Mapping[str, Any]) -> dict[str, Any]:
    refund = next((one.argument for one in action.do if isinstance(one.argument, arguments.Refund)), None)
    if "refund" not in does:
        return {}
    if refund is None or not refund.choice:
        raise Unplayable("esta decisão não diz quanto se devolve")
    how = does["refund"]
    if how in {"none", "full", "shortage"}:
        return {slug(refund.choice): how}
    return {slug(refund.choice): "amount", slug(refund.field): how}
