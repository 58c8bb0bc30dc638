"""The letter that tells an administrator of much that was shown or exported by somebody who is not them."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Role


def send(line_id: str) -> int:
    """Writes to whoever administers the line's organisation, or the marketplace where nobody else does.

    Returns to how many; none where nobody but the person in question administers anything.
    """
    line = AuditLine.objects.select_related("who", "partner", "marketplace").get(pk=line_id)
    with translation.override(settings.LANGUAGE_CODE):
        letters = [EmailMessage(_subject(line), _words(line), to=[address]) for address in _addresses(line)]
    for letter in letters:
        letter.send()
    return len(letters)


def _addresses(line: AuditLine) -> list[str]:
    own = _administrators(line).filter(seller=line.seller_id)
    if line.seller_id is None or not own.exists():
        own = _administrators(line).filter(seller=None)
    return list(own.order_by("person__email").values_list("person__email", flat=True))


def _administrators(line: AuditLine) -> QuerySet[Membership]:
    found = Membership.objects.filter(marketplace=line.marketplace_id, partner=None, role=Role.ADMIN)
    return found.filter(person__is_active=True).exclude(person=line.who_id)


def _subject(line: AuditLine) -> str:
    return _("%(who)s: %(what)s") % {"who": _who(line), "what": registry.sentence(line.what)}


def _words(line: AuditLine) -> str:
    gaps = {
        "who": _who(line),
        "what": registry.sentence(line.what),
        "at": moments.long(line.at),
        "whence": line.whence or _("um endereço que ninguém conhece"),
        "log": settings.SITE_URL + reverse("audit"),
    }
    return (
        _(
            "%(who)s: %(what)s.\nQuando: %(at)s. De onde: %(whence)s.\n\nSe isto não é do trabalho dessa pessoa, fale "
            "com ela e tire o acesso. Tudo o que ela mostrou e exportou está no registro de auditoria:\n%(log)s\n"
        )
        % gaps
    )


def _who(line: AuditLine) -> str:
    if line.who:
        return line.who.name
    if line.partner:
        return _("Quem tem o link de %(name)s") % {"name": line.partner}
    return str(registry.UNNAMED.get(line.by_command, line.by_command))
