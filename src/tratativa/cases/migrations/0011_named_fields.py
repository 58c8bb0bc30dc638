"""Rulebooks adopted before effects named their fields keep meaning what they meant."""

import json
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tratativa.rulebook.terms.ids import slug

# The fields these effects read by a name of their own until now.
_RULE = {"benefits": "a-favor-de", "words": "decisao", "cancels": "cancelar-o-pedido"}
_EVEN_SO = "com-filhos-abertos"


def name_fields(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Rewrites the stored documents; their digests stay the names they were adopted under."""
    Version = apps.get_model("cases", "Version")
    for version in Version.objects.all():
        data = json.loads(version.source)
        for action in data.get("actions") or ():
            action["do"] = [_named(action, effect) for effect in action.get("do") or ()]
        version.source = json.dumps(data, ensure_ascii=False)
        version.save(update_fields=["source"])


def _named(action: dict[str, Any], effect: Any) -> Any:
    fields = {_id(field): field for field in action.get("fields") or ()}
    whole = effect if isinstance(effect, dict) else {effect: {}}
    for verb, first, names in (
        ("rule", "clause", {key: name for key, name in _RULE.items() if name in fields}),
        ("close", "why", {"leave_queues": _EVEN_SO} if _EVEN_SO in fields else {}),
        ("assign", "field", {"field": "responsavel"} if "responsavel" in fields else {}),
        ("hand_over", "field", {"field": "responsavel", "summary": "resumo"}),
        ("escalate", "to", _shares(fields)),
    ):
        if verb in whole and names:
            given = whole[verb]
            said = dict(given) if isinstance(given, dict) else ({first: given} if given is not None else {})
            if verb == "escalate":
                if said.pop("share_fields", False) is True:
                    said["share_fields"] = names["share_fields"]
            else:
                said = {**names, **said}
            return {**whole, verb: said}
    return effect


def _shares(fields: dict[str, Any]) -> dict[str, Any]:
    return {"share_fields": {name: name for name, field in fields.items() if field.get("type") == "tick"}}


def _id(field: dict[str, Any]) -> str:
    return str(field.get("id") or slug(str(field.get("label", ""))))


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_stuck"), ("orders", "0007_payouts")]

    operations = [
        migrations.RunPython(name_fields, migrations.RunPython.noop),
        # Vouchers asked for an order's shortage before this counted them: the order stood on the case alone.
        migrations.RunSQL(
            """
            update orders_command set order_id = c.order_id, data = orders_command.data || '{"of": "shortage"}'
            from cases_case c join orders_order o on o.id = c.order_id
            where c.id = orders_command.case_id and orders_command.verb = 'issue_voucher'
              and orders_command.order_id is null and o.shortage_cents > 0
            """,
            migrations.RunSQL.noop,
        ),
    ]
