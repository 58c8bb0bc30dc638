"""What a marketplace wears, for templates."""

from django import template

from tratativa.accounts.models import Marketplace
from tratativa.web.frame import branding

register = template.Library()


@register.simple_tag
def brand_colour(place: Marketplace) -> str:
    """Its colour as `#rrggbb`."""
    return branding.colour(place)


@register.simple_tag
def brand_icon(place: Marketplace, size: int) -> str:
    """The address of its icon."""
    return branding.icon_url(place, size)
