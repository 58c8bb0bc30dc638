"""Told to people: what is asked of the systems elsewhere about an order or a registration, and what they answer."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences import command_words, labels
from tratativa.cases.sentences.reader import Reading
from tratativa.cases.sentences.registry import tells
from tratativa.rulebook.terms.parties import Party


@tells(events.CommandAsked, icon="package-x")
def asked(on: Reading) -> str:
    amount, own = on.data.get("amount_cents", 0), on.data.get("own", False)
    told = _to_customer(on, "noted", amount) if own else ""
    return told or command_words.asked(on.data["verb"], on.book.money, amount, own=own)


@tells(events.CommandAnswered, icon="package-check", tone="strong", place="message")
def answered(on: Reading) -> str:
    amount, own = on.data.get("amount_cents", 0), on.data.get("own", False)
    told = _to_customer(on, "own", amount) if own and on.data["state"] == "confirmed" else ""
    return told or command_words.answered(on.data["verb"], on.data["state"], on.book.money, amount, own=own)


def _to_customer(on: Reading, state: str, amount: int) -> str:
    if on.reader is not Party.CUSTOMER:
        return ""
    return command_words.to_customer(on.data["verb"], state, on.book.money, amount)


@tells(events.ReturnMoved, icon="undo-2")
def returned(on: Reading) -> str:
    return labels.return_stage(on.data["stage"])


@tells(events.SignupPushed)
def pushed(on: Reading) -> str:
    gaps = {"who": on.line.who, "step": on.data["step"].replace("-", " ")}
    return _("%(who)s empurrou a etapa «%(step)s» do cadastro.") % gaps


@tells(events.RegistryAsked)
def registry_asked(on: Reading) -> str:
    return _("%(who)s consultou a Receita sobre o CNPJ.") % {"who": on.line.who}


@tells(events.RegistryAnswered)
def registry_answered(on: Reading) -> str:
    said = {
        "answered": _("A Receita respondeu sobre o CNPJ."),
        "unknown": _("A Receita não conhece este CNPJ."),
        "failed": _("A Receita não respondeu; a consulta pode ser feita de novo."),
    }
    return said.get(on.data["state"], said["failed"])
