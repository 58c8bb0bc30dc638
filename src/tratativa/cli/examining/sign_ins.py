"""The provider of sign-ins, where the environment names one: whether it answers, and takes us for its client."""

from urllib.parse import urlsplit

from tratativa.cli.finding import Finding
from tratativa.config.saying import gettext as _

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def provider() -> Finding:
    """It connects to the provider; no secret is told."""
    from django.conf import settings

    from tratativa.accounts.provider import asking, looking

    if not settings.OIDC_ISSUER and not settings.OIDC_CLIENT:
        return Finding(True, _("Ninguém entra por um provedor: TRATATIVA_OIDC_ISSUER está vazia."))
    if not asking.is_on():
        return Finding(
            False,
            _("O provedor de entrada está dito pela metade: defina TRATATIVA_OIDC_ISSUER e TRATATIVA_OIDC_CLIENT."),
        )
    back = asking.way_back()
    gaps = {"issuer": settings.OIDC_ISSUER, "back": back}
    if urlsplit(back).scheme != "https" and (urlsplit(back).hostname or "") not in _THIS_MACHINE:
        said = _("O provedor devolveria as pessoas a %(back)s, sem https. Defina TRATATIVA_URL com https.")
        return Finding(False, said % gaps)
    found = looking.look()
    sentence = {
        looking.AWAY: _(
            "O provedor %(issuer)s não responde (%(why)s). Confira TRATATIVA_OIDC_ISSUER, a rede e, se for um servidor "
            "da casa, TRATATIVA_CONNECT_TO."
        ),
        looking.OTHER: _(
            "O provedor %(issuer)s não publica o que devia em /.well-known/openid-configuration (%(why)s): "
            "TRATATIVA_OIDC_ISSUER é o `issuer` que ele diz, letra por letra."
        ),
        looking.NO_KEYS: _("O provedor %(issuer)s responde, mas as chaves com que assina não (%(why)s)."),
        looking.REFUSES: _(
            "O provedor %(issuer)s não aceita este cliente ou este endereço de volta. Confira TRATATIVA_OIDC_CLIENT e "
            "registre lá %(back)s."
        ),
        looking.WELL: _("O provedor %(issuer)s responde; as pessoas voltam por %(back)s."),
    }[found.what]
    return Finding(found.what == looking.WELL, sentence % {**gaps, "why": found.why})
