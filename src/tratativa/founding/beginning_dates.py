"""From when rules apply, as somebody types it: a day, or a day and an hour, where the rules count."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tratativa.accounts.people.refusals import Refused

LAST_YEAR = 2100  # an adoption is kept for ever, and beyond 9999 nobody can read it back


def read(raw: str, zone: ZoneInfo, *, at: datetime) -> datetime:
    """The moment. A day without an hour is its beginning. Raises Refused for one that is past, or a slip."""
    try:
        said = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise Refused(_("Escreva a data como 2026-12-01, ou '2026-12-01 09:00'."), "from") from None
    moment = said if said.tzinfo else said.replace(tzinfo=zone)
    if moment.year > LAST_YEAR:
        raise Refused(_("O ano vai até %(year)d.") % {"year": LAST_YEAR}, "from")
    today = datetime.combine(at.astimezone(zone).date(), time(), tzinfo=zone)
    if moment < today:
        raise Refused(_("As regras não valem para trás: dê hoje ou um dia que ainda vem."), "from")
    return moment
