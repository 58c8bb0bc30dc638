"""A page's styles, scripts and pictures; loaded in every template."""

from django import template

from tratativa.web.frame import assets

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of an asset, by its app and the name of its source."""
    return assets.url(name)
