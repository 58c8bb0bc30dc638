"""Who may hear the live stream: whoever the pages themselves would let in now, by the same session."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from tratativa.accounts import actors, clock
from tratativa.web.frame import recognising

SESSIONS = import_module(settings.SESSION_ENGINE).SessionStore


def may_hear(session_key: str, party: str, identity: str) -> bool:
    """Whether this session is still that actor's (`actors.identity`). The connection goes back at once.

    Staff may have chosen another of their places since: a page of any of them goes on. Raises OperationalError.
    """
    request = HttpRequest()
    request.path = recognising.PATHS.get(party, "/")
    try:
        request.session = SESSIONS(session_key)
        request.user = get_user(request)
        request.at = clock.now()  # type: ignore[attr-defined]
        recognising.recognise(request)
        actor = request.actor  # type: ignore[attr-defined]
        places = getattr(request.user, "places", []) if request.user.is_authenticated else []
        heard = {actors.identity(actors.of_membership(place)) for place in places}
        return identity in heard or (actor is not None and actors.identity(actor) == identity)
    finally:
        connection.close()
