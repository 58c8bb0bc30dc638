"""What the people of a marketplace are known by, in the words of its rulebook's land."""

from typing import Any

from django import template

from tratativa.accounts import documents
from tratativa.cases.core import rulebook_versions

register = template.Library()


@register.simple_tag(takes_context=True)
def document_kinds(context: Any) -> str:
    """«CPF ou CNPJ» of whoever acts in this request, or what their rulebook's land has instead."""
    marketplace = getattr(context.get("request"), "marketplace", None)
    return documents.kinds_named(rulebook_versions.land(marketplace.pk).documents if marketplace else ())
