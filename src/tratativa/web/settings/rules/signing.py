"""A publication as the pages draw it: its number, since when it applies and until when, who signed it."""

from typing import Any

from django.urls import reverse

from tratativa.studio.publications import Publication


def row(one: Publication) -> dict[str, Any]:
    """What `settings/rules/signed.html` needs."""
    return {
        "number": one.number,
        "name": one.name,
        "since": one.adoption.from_at,
        "until": one.until,
        "state": one.state,
        "withdrawn": one.withdrawn,
        "by": one.by.name if one.by else "",
        "command": one.adoption.by_command,
        "second": one.adoption.second.name if one.adoption.second else "",
        "url": reverse("rules_version", args=[one.adoption.pk]),
        "withdraw_url": reverse("withdraw_rules", args=[one.adoption.pk]),
    }
