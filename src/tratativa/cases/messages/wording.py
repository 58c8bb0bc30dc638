"""Filling the rulebook's texts: plain gaps, no expressions, nothing a person wrote is ever executed.

A text that would be told with a hole in it is not told: «Criamos um voucher de  pelos itens do pedido .» was once.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from tratativa.accounts import formatting
from tratativa.accounts.formatting import Written
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.filled import fields
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages import blanks
from tratativa.cases.models import Case
from tratativa.orders import refunds
from tratativa.orders.models import Command
from tratativa.rulebook.language import gaps


class Unfilled(NotAllowed):
    """A text speaks of what nobody knows yet; it was not told to anybody."""

    def __init__(self, missing: list[str]) -> None:
        names = _names()
        super().__init__(
            _("Nada foi enviado: o texto fala de algo que este atendimento ainda não tem (%(missing)s).")
            % {"missing": ", ".join(names.get(gap, gap) for gap in missing)}
        )


def fill(change: Change, template: str) -> Written:
    """The text with its gaps filled from the case and the form; a line about a field left empty is left out.

    Raises Unfilled where it would have a hole.
    """
    read = {one.id: fields.show(one, change.fields.get(one.id), change.book) for one in change.form}
    filled = {name: shown for name, shown in read.items() if shown}
    told = "\n".join(gaps.lines(template, filled))
    known = _known(change.case, told) | {f"{gaps.FIELD}{name}": shown for name, shown in filled.items()}
    if missing := [gap for gap in gaps.named(told) if not known.get(gap)]:
        raise Unfilled(missing)
    return formatting.of_text(re.sub(r"\n{3,}", "\n\n", told).strip(), lambda piece: _filled(piece, known))


def unfilled(case: Case, template: str) -> Unfilled | None:
    """Why this text cannot be told of this case as it stands; None where it can."""
    known = _known(case, template)
    missing = [gap for gap in gaps.named(template) if not known.get(gap)]
    return Unfilled(missing) if missing else None


def of_case(case: Case, template: str) -> str:
    """The text as an agent reads it in a procedure: what is not known stands as a blank (`blanks`)."""
    known, names = _known(case, template), _names()
    told = "\n".join(gaps.lines(template, ()))
    shown = {gap: blanks.plain(known.get(gap, "")) or blanks.mark(names.get(gap, gap)) for gap in gaps.named(told)}
    return formatting.of_text(re.sub(r"\n{3,}", "\n\n", told).strip(), lambda piece: _filled(piece, shown)).words


def _known(case: Case, template: str) -> dict[str, str]:
    known = _of_row(case)
    if "voucher" in gaps.named(template):
        known["voucher"] = _voucher(case)
    return known


def _voucher(case: Case) -> str:
    """The amount of the voucher this case asked for last, else what one would be over; empty where nobody knows.

    Where nothing is left for one, the effect before the text says so, and the text is not told.
    """
    asked = Command.objects.filter(case_id=case.pk, verb="issue_voucher").exclude(state="refused")
    last = asked.order_by("-asked_at", "-id").first()
    if last:
        return rulebook_versions.of(case).money.show(int(last.data["amount_cents"]))
    cents = (refunds.of(case.order).left_of_shortage or case.order.shortage_cents) if case.order else 0
    return rulebook_versions.of(case).money.show(cents) if cents else ""


def _of_row(case: Case) -> dict[str, str]:
    shortage = case.order.shortage_cents if case.order else 0
    return {
        "protocol": protocols.show(case.protocol),
        "reason": rulebook_versions.subject(case),
        "order": case.order_number,
        "customer": case.customer.name if case.customer else "",
        "seller": case.seller.name if case.seller else "",
        "marketplace": case.marketplace.name,
        "shortage": rulebook_versions.of(case).money.show(shortage) if shortage else "",
    }


def _names() -> dict[str, str]:
    return {
        "order": _("o pedido"),
        "customer": _("o nome do cliente"),
        "seller": _("o vendedor"),
        "shortage": _("o valor da ruptura"),
        "voucher": _("o valor do voucher"),
        "reason": _("o motivo"),
    }


def _filled(template: str, known: Mapping[str, str]) -> str:
    return gaps.GAP.sub(lambda gap: known.get(gap.group(1), ""), template)
