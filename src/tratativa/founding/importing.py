"""Importing: sellers, customers and orders from a sheet; good lines are taken, bad ones told by number, none twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import documents, telephones
from tratativa.accounts.models import Customer, Marketplace
from tratativa.accounts.people import invitations, letters, postage
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import rulebook_versions
from tratativa.founding import columns, companies, first_administrators, spreadsheets
from tratativa.founding.spreadsheets import Column, Line
from tratativa.orders import intake, told
from tratativa.orders.models import Order
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.terms import customs, money
from tratativa.rulebook.terms.facts import Stage

# Whether a line was new, and an invitation whose link is to be handed over.
Row = tuple[bool, tuple[str, str] | None]


class BadLine(Exception):
    """What is wrong with one line, said to whoever sent it."""


@dataclass
class Taken:
    """What became of a sheet: how many lines were new, how many were known, and what is wrong with the others.

    `links` are the invitations nobody is told of by letter, with the address to hand over.
    """

    new: int = 0
    known: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def take(marketplace: Marketplace, kind: str, data: bytes, *, by: Doer, at: datetime) -> Taken:
    """Takes in a whole sheet of one kind of `columns.SHEETS`. Raises BadSheet where nothing of it can be read."""
    return take_lines(marketplace, kind, lines(kind, data), by=by, at=at)


def lines(kind: str, data: bytes) -> list[Line]:
    """All lines of a sheet: of one that breaks off further down nothing is taken. Raises BadSheet."""
    return list(spreadsheets.read(data, columns.SHEETS[kind]))


def take_lines(marketplace: Marketplace, kind: str, some: Sequence[Line], *, by: Doer, at: datetime) -> Taken:
    """Takes in these lines, each by itself."""
    taken = Taken()
    row = _ROWS[kind]
    for line in some:
        try:
            with transaction.atomic():
                new, link = row(marketplace, line.cells, by, at)
        except told.BadDocument as bad:
            taken.bad.append((line.number, _by_column(bad, columns.SHEETS[kind])[:300]))
        except (BadLine, Refused, documents.BadDocument, telephones.BadTelephone) as bad:
            taken.bad.append((line.number, str(bad)[:300]))
        else:
            taken.new, taken.known = taken.new + new, taken.known + (not new)
            taken.links += [link] if link else []
    return taken


def _by_column(bad: told.BadDocument, known: Sequence[Column]) -> str:
    """What is wrong, each said of the column it stands in."""
    names = {column.key: str(column.heading) for column in known}
    return "; ".join(f"{names.get(key, key)}: {why}" for key, why in bad.wrong) or str(bad)


def _seller(marketplace: Marketplace, cells: Mapping[str, str], by: Doer, at: datetime) -> Row:
    document = _parsed(cells["document"], _kinds(marketplace))
    seller, new = companies.add_seller(marketplace, document, cells["name"], address=cells.get("address", ""), by=by)
    team = Team(marketplace, seller=seller)
    email = cells.get("admin", "")
    if email and not team.members().filter(person__email__iexact=email).exists():
        stands = invitations.standing(team, email.strip(), "admin", at=at)
        if stands:  # the same sheet twice writes nobody twice
            return new, None if postage.leaves() else (stands.email, invitations.link(stands))
        asked, _new = first_administrators.invite(seller, email, "", by=by, at=at)
        if not letters.ask(asked):
            return new, (asked.email, invitations.link(asked))
    return new, None


def _customer(marketplace: Marketplace, cells: Mapping[str, str], _by: Doer, _at: datetime) -> Row:
    document = _parsed(cells["document"], _kinds(marketplace))
    name, email = cells["name"], cells.get("email", "")
    if not name or len(name) > 160:
        raise BadLine(_("falta o nome, ou ele passa de 160 letras"))
    if email:
        _check_email(email)
    given = {"name": name}
    given |= {"email": email} if email else {}
    given |= {"phone": telephones.kept(cells["phone"])} if cells.get("phone") else {}
    found = Customer.objects.filter(marketplace=marketplace, document=document).order_by("id")
    if found.exists():
        found.update(**given)
        return False, None
    Customer.objects.create(marketplace=marketplace, document=document, **given)
    return True, None


def _order(marketplace: Marketplace, cells: Mapping[str, str], _by: Doer, at: datetime) -> Row:
    book = rulebook_versions.in_force(marketplace.pk)
    locale, kinds = book.money.customs, book.land.documents
    order: dict[str, Any] = {
        "number": cells["number"],
        "seller": _document(cells["seller"], _("lojista: %(why)s"), kinds),
    }
    order["customer"] = _document(cells["customer"], _("cliente: %(why)s"), kinds)
    by_day = []
    for name in ("ordered_at", "delivered_at"):
        if cells.get(name):
            order[name], is_day = _moment(cells[name], book.clock.zone, locale)
            by_day += [name] if is_day else []
    order["by_day"] = by_day
    if cells.get("total"):
        order["total"] = _amount(cells["total"], book.money)
    if cells.get("stage"):
        order["stage"] = _stage(cells["stage"])
    order |= {key: cells[key] for key in ("carrier", "tracking") if cells.get(key)}
    new = not Order.objects.filter(marketplace=marketplace, number=cells["number"]).exists()
    intake.take(marketplace, told.read({"orders": [order]}, kinds), at=at)
    return new, None


def _kinds(marketplace: Marketplace) -> Sequence[str]:
    return rulebook_versions.in_force(marketplace.pk).land.documents


def _parsed(raw: str, kinds: Sequence[str]) -> str:
    """The document, plain. Raises BadDocument, which says of none that it is missing rather than too short."""
    if not raw.strip():
        raise documents.BadDocument(_("falta o documento"))
    return documents.parse(raw, kinds)


def _document(raw: str, told_as: str, kinds: Sequence[str]) -> str:
    try:
        return _parsed(raw, kinds)
    except documents.BadDocument as bad:
        raise BadLine(told_as % {"why": bad}) from None


def _check_email(email: str) -> None:
    try:
        validate_email(email)
        if len(email) > 254:
            raise ValidationError("")
    except ValidationError:
        raise BadLine(_("«%(email)s» não é um e-mail") % {"email": email[:60]}) from None


def _stage(raw: str) -> str:
    stage = columns.STAGES.get(raw.casefold(), raw.casefold())
    if stage not in Stage:
        names = ", ".join(columns.stages_named())
        raise BadLine(
            _("«%(stage)s» não é uma etapa; escreva uma destas: %(names)s") % {"stage": raw[:40], "names": names}
        )
    return stage


def _moment(raw: str, zone: ZoneInfo, locale: str) -> tuple[str, bool]:
    """The very moment, as told, or noon of a day of which nobody knows the hour; and whether it is such a day.

    3/4 is a day of April or of March as the rulebook's locale writes days; as Brazil does where it names none.
    """
    written = customs.shape(locale or "pt_BR")
    for shape in (written, "%Y-%m-%d", written.replace("%Y", "%y")):
        try:
            day: date = datetime.strptime(raw, shape).replace(tzinfo=zone).date()
        except ValueError:
            continue
        return datetime.combine(day, time(12), tzinfo=zone).isoformat(), True
    for shape in (f"{written} %H:%M", f"{written} %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(raw, shape).replace(tzinfo=zone).isoformat(), False
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        gaps = {"date": raw[:40], "example": columns.day_shown(locale)}
        raise BadLine(_("«%(date)s» não é uma data; escreva como %(example)s") % gaps) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat(), False


def _amount(raw: str, paid_in: MoneyRules) -> str:
    try:
        cents = paid_in.read(raw)
    except ValueError:
        gaps = {"amount": raw[:40], "example": paid_in.cell(19990)}
        raise BadLine(_("«%(amount)s» não é um valor; escreva como %(example)s") % gaps) from None
    if cents < 0:
        raise BadLine(_("um valor não é menor que zero"))
    return money.source(cents)


_ROWS: Mapping[str, Callable[[Marketplace, Mapping[str, str], Doer, datetime], Row]] = {
    "sellers": _seller, "customers": _customer, "orders": _order,
}  # fmt: skip
