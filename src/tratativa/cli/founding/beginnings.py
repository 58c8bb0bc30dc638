"""Beginnings: what a new installation still lacks before its first case, as `doctor` tells it."""

from tratativa.cli.finding import Finding
from tratativa.config.saying import gettext as _


def marketplace() -> Finding:
    """Whether there is one, each with rules."""
    from tratativa.accounts.models import Marketplace

    found = list(Marketplace.objects.order_by("name"))
    if not found:
        said = _(
            "Não há nenhum marketplace. Abra o endereço que tratativa setup link diz, ou crie um com tratativa setup."
        )
        return Finding(False, said)
    if bare := [one for one in found if not one.adoptions.exists()]:
        said = _("%(name)s não tem regras. Publique-as com tratativa rulebook publish PASTA --marketplace %(slug)s.")
        return Finding(False, said % {"name": bare[0].name, "slug": bare[0].slug})
    return Finding(True, _("Marketplaces: %(names)s.") % {"names": ", ".join(one.name for one in found)})


def administrator() -> Finding:
    """Whether each marketplace has somebody who may let people in."""
    from tratativa.accounts.models import Marketplace, Membership

    admins = Membership.objects.filter(seller=None, partner=None, role="admin", person__is_active=True)
    if not admins.exists():
        said = _(
            "Não há nenhum administrador: ninguém pode convidar ninguém. Abra o endereço que tratativa setup link diz, "
            "ou use tratativa people add … --role admin."
        )
        return Finding(False, said)
    without = Marketplace.objects.exclude(pk__in=admins.values("marketplace")).order_by("name").first()
    if without:
        said = _(
            "%(name)s não tem nenhum administrador. Use tratativa people add E-MAIL --marketplace %(slug)s --role "
            "admin."
        )
        return Finding(False, said % {"name": without.name, "slug": without.slug})
    return Finding(True, _("Todo marketplace tem quem o administre."))


def mailbox() -> Finding:
    """Whether letters can come in."""
    from tratativa.mail.models import Mailbox

    if not Mailbox.objects.exists():
        said = _(
            "Não há nenhuma caixa postal: respostas por e-mail não chegam. Crie uma em Correio, ou com tratativa mail "
            "box."
        )
        return Finding(False, said)
    return Finding(True, _("Caixas postais: %(count)d.") % {"count": Mailbox.objects.count()})
