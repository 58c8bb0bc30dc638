"""Passkeys: whether the page's address is one at which a browser can have any."""

from typing import Any

from django import template

from tratativa.web.frame import named_hosts
from tratativa.web.frame.named_hosts import Nameless

register = template.Library()


@register.simple_tag(takes_context=True)
def without_a_name(context: dict[str, Any]) -> Nameless | None:
    """What to say instead of offering a passkey: the page was asked for by a number. None where all is well."""
    return named_hosts.nameless(context["request"])
