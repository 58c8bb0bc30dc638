"""The rooms of «Ajustes»: a line each, with the right its page takes; one's own account is everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.rulebook.terms.parties import Party

_EVERY_TEAM = frozenset({Party.MARKETPLACE, Party.SELLER, Party.PARTNER})
_MARKETPLACE = frozenset({Party.MARKETPLACE})


@dataclass(frozen=True)
class Room:
    """One room: what it is called, its icon, the name of its address, whose it is. `right` None is everybody's."""

    label: str | Promise
    icon: str
    address: str
    right: Right | None
    parties: frozenset[Party] = _MARKETPLACE

    @property
    def url(self) -> str:
        """Where its page is."""
        return reverse(self.address)


# In the order they are shown. A new room: its line here, its address in `web.settings.addresses` and `address_rights`.
ROOMS: Sequence[Room] = (
    Room(_("Equipe"), "users", "people", Right.PEOPLE, _EVERY_TEAM),
    Room(_("Papéis"), "shield-check", "roles", Right.PEOPLE, _EVERY_TEAM),
    Room(_("Lojistas"), "store", "seller_settings", Right.SETTINGS),
    Room(_("Importar"), "file-up", "data_settings", Right.SETTINGS),
    Room(_("Filas e parceiros"), "layers", "queue_settings", Right.ASSIGN),
    Room(_("Distribuição"), "layers", "queue_settings", Right.ASSIGN, frozenset({Party.SELLER})),
    Room(
        _("Respostas prontas"),
        "message-square-text",
        "replies",
        Right.ANSWER,
        frozenset({Party.MARKETPLACE, Party.SELLER}),
    ),
    Room(_("Etiquetas"), "tag", "tags", Right.ANSWER, frozenset({Party.MARKETPLACE, Party.SELLER})),
    Room(_("Ausências"), "calendar-off", "absences", Right.ASSIGN, frozenset({Party.MARKETPLACE, Party.SELLER})),
    Room(_("Regras"), "scale", "rules", Right.SETTINGS),
    Room(_("Calendário"), "calendar-days", "calendar", Right.SETTINGS),
    Room(_("Caixas e remetente"), "mailbox", "mail_settings", Right.SETTINGS),
    Room(_("Marca"), "palette", "brand", Right.SETTINGS),
    Room(_("Saúde"), "heart-pulse", "health", Right.SETTINGS),
    Room(_("Registro de auditoria"), "scroll-text", "audit", Right.AUDIT, frozenset({Party.MARKETPLACE, Party.SELLER})),
    Room(_("Avisos"), "bell", "notice_settings", None, _EVERY_TEAM),
    Room(_("Minha conta"), "circle-user", "account", None, _EVERY_TEAM),
)


def of(actor: Actor) -> list[Room]:
    """The rooms this person may enter, in their order."""
    return [one for one in ROOMS if actor.party in one.parties and (one.right is None or actor.may(one.right))]
