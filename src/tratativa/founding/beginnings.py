"""Beginnings: what was said while a marketplace was being set up, and what it lacks before its first case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts import clock
from tratativa.accounts.access import second_factor
from tratativa.accounts.models import Customer, Marketplace, Membership, Seller
from tratativa.accounts.people import postage
from tratativa.founding import rules, unstaffed
from tratativa.mail.models import Mailbox

STEPS = ("company", "rules", "administrator", "letters", "mailbox", "data")
LATER = ("letters", "mailbox", "data")  # steps that may be left for later: the desk's list goes on naming them
LISTED = (
    *LATER,
    "people",
    "second_factor",
    "sellers_people",
    "queues_people",
)  # what the list names, until it stands or somebody says that it is not needed


@dataclass(frozen=True)
class Lacking:
    """One thing that is missing: what, and where it is seen to."""

    key: str
    label: str
    url: str


def begin(marketplace: Marketplace) -> None:
    """From now on there is a list of what it lacks, until that is done with."""
    if marketplace.beginning is None:
        marketplace.beginning = {"later": []}
        marketplace.save(update_fields=["beginning"])


def current() -> Marketplace | None:
    """The marketplace that is being set up while there is no administrator; None before its first step."""
    return Marketplace.objects.order_by("id").first()


def current_in_turn() -> Marketplace | None:
    """As `current`, inside a transaction, and after whoever else is making the first one: of two there is one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('tratativa.founding.first_run', 0))")
    return current()


def locked(marketplace: Marketplace | None) -> Marketplace | None:
    """The same as it is now, until the transaction ends nobody else's to change; None for none."""
    return Marketplace.objects.select_for_update().get(pk=marketplace.pk) if marketplace else None


def done(marketplace: Marketplace | None) -> set[str]:
    """The steps that stand, and those somebody left for later."""
    if marketplace is None:
        return set()
    stand = {"company"}
    if rules.has_any(marketplace):
        stand.add("rules")
    if Membership.objects.filter(marketplace=marketplace, seller=None, partner=None, role="admin").exists():
        stand.add("administrator")
    if postage.leaves():
        stand.add("letters")
    if Mailbox.objects.filter(marketplace=marketplace).exists():
        stand.add("mailbox")
    return stand | set((marketplace.beginning or {}).get("later", ()))


@transaction.atomic
def leave_for_later(marketplace: Marketplace, step: str) -> None:
    """Somebody looks after this another day; the list on the desk names it until then."""
    _change(marketplace, lambda kept: _add(kept, "later", step))


@transaction.atomic
def dismiss(marketplace: Marketplace, what: str) -> None:
    """This is not needed here: the list names it no more."""
    _change(marketplace, lambda kept: _add(kept, "unneeded", what))


@transaction.atomic
def say(marketplace: Marketplace, **said: str) -> None:
    """What rules are localised by: `zone` and `currency`."""
    _change(marketplace, lambda kept: kept.update(said))


def finish(marketplace: Marketplace) -> None:
    """The list is done with."""
    Marketplace.objects.filter(pk=marketplace.pk).update(beginning=None)


def lacking(marketplace: Marketplace) -> list[Lacking]:
    """What is still missing, with where it is seen to; nothing where the list is done with, and then it is gone."""
    if marketplace.beginning is None:
        return []
    unneeded = set(marketplace.beginning.get("unneeded", ()))
    steps = {
        "letters": (
            postage.leaves, _("Cartas que saem: o servidor de e-mail"), reverse("setup_step", args=["letters"]),
        ),
        "mailbox": _mailbox(marketplace),
        "data": (lambda: _has_data(marketplace), _("Lojistas, clientes e pedidos"),
                 reverse("setup_step", args=["data"])),
        "people": (lambda: Membership.objects.filter(marketplace=marketplace, seller=None, partner=None).count() > 1,
                   _("Colegas na equipe"), reverse("people")),
        "sellers_people": (lambda: not unstaffed.sellers(marketplace).exists(), _sellers_people(marketplace),
                           reverse("seller_settings", query={"who": "nobody"})),
        "queues_people": (lambda: not unstaffed.queues(marketplace),
                          _("Filas a que ninguém responde: convide alguém"), reverse("queue_settings")),
        "second_factor": (lambda: _guarded(marketplace), _("Verificação em duas etapas de quem administra"),
                          reverse("mfa_index")),
    }  # fmt: skip
    missing = [
        Lacking(key, label, url) for key, (stands, label, url) in steps.items() if key not in unneeded and not stands()
    ]
    if not missing:
        finish(marketplace)
    return missing


def _mailbox(marketplace: Marketplace) -> tuple[Callable[[], bool], str, str]:
    """One that answers: what does not, as far as it was asked, is seen to on its page."""
    mine = Mailbox.objects.filter(marketplace=marketplace)
    silent = mine.filter(kind="imap", paused_at=None).exclude(trouble="").order_by("address").first()
    if silent is None:
        return mine.exists, _("Cartas que chegam: uma caixa postal"), reverse("new_mailbox")
    said = _("Cartas que chegam: a caixa %(address)s não responde") % {"address": silent.address}
    return lambda: False, said, reverse("mailbox", args=[silent.pk])


def _sellers_people(marketplace: Marketplace) -> str:
    if unstaffed.uninvited(marketplace, clock.now()).exists():
        return _("Lojistas sem quem os administre: convide alguém")
    return _("Lojistas cujo administrador foi convidado e ainda não entrou")


def _has_data(marketplace: Marketplace) -> bool:
    some = Seller.objects.filter(marketplace=marketplace), Customer.objects.filter(marketplace=marketplace)
    return any(rows.exists() for rows in some)


def _guarded(marketplace: Marketplace) -> bool:
    """Whether somebody who administers it has a second factor."""
    admins = Membership.objects.filter(marketplace=marketplace, seller=None, partner=None, role="admin")
    return admins.filter(second_factor.HAS_ONE).exists()


def _add(kept: dict[str, Any], name: str, one: str) -> None:
    kept[name] = [*kept.get(name, ()), one] if one not in kept.get(name, ()) else kept[name]


def _change(marketplace: Marketplace, change: Any) -> None:
    locked = Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    locked.beginning = {"later": [], **(locked.beginning or {})}
    change(locked.beginning)
    locked.save(update_fields=["beginning"])
    marketplace.beginning = locked.beginning
