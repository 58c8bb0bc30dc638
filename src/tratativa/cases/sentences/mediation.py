"""Told to people: mediation: offered, asked for, ruled."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading
from tratativa.cases.sentences.registry import tells
from tratativa.rulebook.terms.parties import Party


@tells(events.Offered, icon="hand", writes_to=(Party.CUSTOMER,), rank=11)
def offered(on: Reading) -> str:
    action = on.book.action(on.data["action"])
    gaps = {"action": action.label if action else on.data["action"]}
    if on.reader is Party.CUSTOMER:
        return _("Você já pode usar «%(action)s».") % gaps
    return _("O cliente já pode usar «%(action)s».") % gaps


@tells(events.MediationAsked, icon="scale", tone="strong", writes_to=(Party.SELLER,), rank=12)
def mediated(on: Reading) -> str:
    gaps = {"who": on.who, "marketplace": on.case.marketplace.name}
    if on.line.mine and on.reader is Party.CUSTOMER:
        return _("Você chamou %(marketplace)s para decidir.") % gaps
    return _("%(who)s chamou %(marketplace)s: a mediação começou.") % gaps


@tells(events.Ruled, place="message", headed=True, writes_to=(Party.CUSTOMER, Party.SELLER), rank=1)
def ruled(on: Reading) -> str:
    if on.reader is Party.CUSTOMER and on.data["benefits"] == on.reader:
        return _("decisão a seu favor")
    gaps = {"party": on.party(on.data["benefits"]), "clause": on.data["clause"]}
    if on.data["cancels_order"] and on.data["clause"]:
        return _("decisão a favor de %(party)s, com cancelamento do pedido (cláusula %(clause)s do contrato)") % gaps
    if on.data["cancels_order"]:
        return _("decisão a favor de %(party)s, com cancelamento do pedido") % gaps
    return _("decisão a favor de %(party)s") % gaps
