"""Beginnings: what a new installation still lacks before its first case, as `doctor` tells it."""

from tratativa.cli.finding import Finding


def marketplace() -> Finding:
    """Whether there is one, each with rules."""
    from tratativa.accounts.models import Marketplace

    found = list(Marketplace.objects.order_by("name"))
    if not found:
        return Finding(
            False, "Não há nenhum marketplace. Abra o endereço que tratativa setup link diz, ou crie um com tratativa "
            "setup.",
        )  # fmt: skip
    if bare := [one for one in found if not one.adoptions.exists()]:
        return Finding(
            False, f"{bare[0].name} não tem regras. Publique-as com tratativa rulebook publish PASTA --marketplace "
            f"{bare[0].slug}.",
        )  # fmt: skip
    return Finding(True, f"Marketplaces: {', '.join(one.name for one in found)}.")


def administrator() -> Finding:
    """Whether each marketplace has somebody who may let people in."""
    from tratativa.accounts.models import Marketplace, Membership

    admins = Membership.objects.filter(seller=None, partner=None, role="admin", person__is_active=True)
    if not admins.exists():
        return Finding(
            False, "Não há nenhum administrador: ninguém pode convidar ninguém. Abra o endereço que tratativa setup "
            "link diz, ou use tratativa people add … --role admin.",
        )  # fmt: skip
    without = Marketplace.objects.exclude(pk__in=admins.values("marketplace")).order_by("name").first()
    if without:
        return Finding(
            False, f"{without.name} não tem nenhum administrador. Use tratativa people add E-MAIL --marketplace "
            f"{without.slug} --role admin.",
        )  # fmt: skip
    return Finding(True, "Todo marketplace tem quem o administre.")


def mailbox() -> Finding:
    """Whether letters can come in."""
    from tratativa.mail.models import Mailbox

    if not Mailbox.objects.exists():
        return Finding(
            False, "Não há nenhuma caixa postal: respostas por e-mail não chegam. Crie uma em Correio, ou com "
            "tratativa mail box.",
        )  # fmt: skip
    return Finding(True, f"Caixas postais: {Mailbox.objects.count()}.")
