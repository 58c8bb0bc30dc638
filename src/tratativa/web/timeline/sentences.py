"""A sentence for everything that can happen to a case, as one reader reads it."""

from collections.abc import Callable, Mapping

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.cases.reading.lines import Line
from tratativa.rulebook.language.effects import Close, Effect
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import channels, moments
from tratativa.web.timeline import asked_sentences, command_sentences, judged_sentences
from tratativa.web.timeline.readers import Reading, rule_label


def sentence(line: Line, case: Case, book: Rulebook, reader: Party) -> str:
    """What happened, in one sentence; for a message, to whom it was written."""
    tell = _SENTENCES.get(line.event)
    return tell(Reading(line, case, book, reader)) if tell else line.event


def _opened(on: Reading) -> str:
    if on.line.mine and on.reader is Party.CUSTOMER:
        return _("Você abriu o atendimento.") if not on.line.noted_by else _by_way(on, _("Você abriu o atendimento"))
    if on.line.noted_by:
        return _by_way(on, _("Aberto para %(who)s") % {"who": _name(on)})
    if on.reader is Party.CUSTOMER and on.data["to"] == Party.CUSTOMER:
        return _("%(who)s abriu este atendimento com você.") % {"who": on.who}
    gaps = {"who": on.who, "to": on.party(on.data["to"]), "channel": channels.label(on.data["channel"])}
    return _("Aberto por %(who)s para %(to)s · %(channel)s") % gaps


def _name(on: Reading) -> str:
    """The customer's name; who is no customer yet has none."""
    return on.line.who or _("quem ainda não é cliente")


def _by_way(on: Reading, what: str) -> str:
    """What a customer did by a way the desk does not listen to, and who of the team wrote it down."""
    gaps = {"what": what, "channel": channels.label(on.data.get("channel", "")), "by": on.line.noted_by}
    return _("%(what)s · %(channel)s, anotado por %(by)s") % gaps


def _revealed(on: Reading) -> str:
    if on.reader is Party.CUSTOMER:
        return _("%(who)s abriu este atendimento sobre o seu cadastro ou pedido.") % {"who": on.who}
    return _("O cliente foi avisado deste atendimento e agora o vê.")


def _posted(on: Reading) -> str:
    if on.line.noted_by:
        return _by_way(on, _("disse"))
    if on.data["to"] == on.reader and on.reader is Party.CUSTOMER:
        return _("para você")
    return _("para %(to)s") % {"to": on.party(on.data["to"])}


def _told(on: Reading) -> str:
    return _("aviso automático para %(to)s") % {"to": on.party(on.data["to"])}


def _noted(on: Reading) -> str:
    return _("anotação da equipe")


def _acted(on: Reading) -> str:
    action = on.book.action(on.data["action"])
    gaps = {"who": on.who, "action": action.label if action else on.data["action"]}
    return _("%(who)s: %(action)s") % gaps


def _closed(on: Reading) -> str:
    why = _why_closed(on)
    return _("Atendimento encerrado: %(why)s.") % {"why": why.rstrip(".")} if why else _("Atendimento encerrado.")


def _why_closed(on: Reading) -> str:
    kind, _colon, name = on.data["because"].partition(":")
    if kind == "deadline" and on.reader is Party.CUSTOMER:
        return ""  # what seller and marketplace owe each other is not theirs to know
    done: tuple[Effect, ...] = ()
    if kind == "deadline":
        rule = on.book.deadline(name)
        done = rule.missed if rule else ()
    elif action := on.book.action(name):
        done = action.do
    return next((effect.argument.why for effect in done if isinstance(effect.argument, Close)), "")


def _reopened(on: Reading) -> str:
    return _("Atendimento reaberto por %(who)s.") % {"who": on.who}


def _linked(on: Reading) -> str:
    older = protocols.show(on.case.parent.protocol) if on.case.parent else ""
    return _("Continua o atendimento %(older)s.") % {"older": older}


def _turn(on: Reading) -> str:
    if on.data["to"] == "nobody":
        return _("Ninguém precisa responder agora.")
    if on.data["to"] == on.reader:
        return _("Agora é a sua vez.")
    return _("Agora é a vez de %(who)s.") % {"who": on.party(on.data["to"])}


def _critical(on: Reading) -> str:
    return _("Marcado como crítico.")


def _assigned(on: Reading) -> str:
    assignee = on.case.assignee_for(on.line.party)
    if assignee and str(assignee.pk) == on.data["person"]:
        return _("Responsável: %(name)s.") % {"name": assignee.name}
    return _("O responsável mudou.")


def _started(on: Reading) -> str:
    return _("Prazo «%(rule)s» até %(due)s.") % _deadline(on)


def _warned(on: Reading) -> str:
    return _("O prazo «%(rule)s» está acabando.") % _deadline(on)


def _met(on: Reading) -> str:
    return _("Prazo «%(rule)s» cumprido.") % _deadline(on)


def _missed(on: Reading) -> str:
    return _("Prazo «%(rule)s» perdido em %(due)s.") % _deadline(on)


def _deadline(on: Reading) -> dict[str, str]:
    due = parse_datetime(on.data.get("due", ""))
    return {"rule": rule_label(on.book, on.data["rule"]), "due": moments.due(due) if due else ""}


def _offered(on: Reading) -> str:
    action = on.book.action(on.data["action"])
    gaps = {"action": action.label if action else on.data["action"]}
    if on.reader is Party.CUSTOMER:
        return _("Você já pode usar «%(action)s».") % gaps
    return _("O cliente já pode usar «%(action)s».") % gaps


def _mediated(on: Reading) -> str:
    gaps = {"who": on.who, "marketplace": on.case.marketplace.name}
    if on.line.mine and on.reader is Party.CUSTOMER:
        return _("Você chamou %(marketplace)s para decidir.") % gaps
    return _("%(who)s chamou %(marketplace)s: a mediação começou.") % gaps


def _ruled(on: Reading) -> str:
    if on.reader is Party.CUSTOMER and on.data["benefits"] == on.reader:
        return _("decisão a seu favor")
    gaps = {"party": on.party(on.data["benefits"]), "clause": on.data["clause"]}
    if on.data["cancels_order"] and on.data["clause"]:
        return _("decisão a favor de %(party)s, com cancelamento do pedido (cláusula %(clause)s do contrato)") % gaps
    if on.data["cancels_order"]:
        return _("decisão a favor de %(party)s, com cancelamento do pedido") % gaps
    return _("decisão a favor de %(party)s") % gaps


def _asked(on: Reading) -> str:
    return command_sentences.asked(on.data["verb"], on.data.get("amount_cents", 0))


def _answered(on: Reading) -> str:
    return command_sentences.answered(on.data["verb"], on.data["state"], on.data.get("amount_cents", 0))


def _requested(on: Reading) -> str:
    if on.data["of"] == on.reader:
        return _("pedido para você responder")
    return _("pedido para %(of)s responder") % {"of": on.party(on.data["of"])}


def _replied(on: Reading) -> str:
    return _by_way(on, _("resposta ao pedido")) if on.line.noted_by else _("resposta ao pedido")


def _called(on: Reading) -> str:
    return _("ligação registrada")


def _filed(on: Reading) -> str:
    if on.data["why"] == "machine":
        return _("e-mail automático; só a equipe o lê")
    if on.data["why"] == "refused":
        return _("e-mail do cliente que o regulamento não deixa entrar na conversa")
    if on.data["why"] == "brought":
        return _("e-mail que levou a este atendimento; o cliente não o lê aqui")
    if on.data["why"] == "colleague":
        return _("e-mail de alguém das equipes; não entrou na conversa")
    return _("e-mail de remetente não verificado; o cliente não o lê")


def _adopted(on: Reading) -> str:
    return _("%(who)s confirmou que um e-mail é do cliente; ele vale desde que chegou.") % {"who": on.line.who}


def _left_out(on: Reading) -> str:
    return ngettext(
        "Um arquivo do e-mail ficou de fora.", "%(count)d arquivos do e-mail ficaram de fora.", on.data["count"]
    ) % {"count": on.data["count"]}


def _returned(on: Reading) -> str:
    return channels.return_stage(on.data["stage"])


_SENTENCES: Mapping[str, Callable[[Reading], str]] = {
    "case.opened": _opened,
    "message.posted": _posted,
    "message.told": _told,
    "note.written": _noted,
    "action.done": _acted,
    "case.closed": _closed,
    "case.reopened": _reopened,
    "case.linked": _linked,
    "case.revealed": _revealed,
    "case.waiting_on": _turn,
    "case.critical": _critical,
    "case.assigned": _assigned,
    "deadline.started": _started,
    "deadline.warned": _warned,
    "deadline.met": _met,
    "deadline.missed": _missed,
    "action.offered": _offered,
    "mediation.opened": _mediated,
    "mediation.ruled": _ruled,
    "command.requested": _asked,
    "command.answered": _answered,
    "request.asked": _requested,
    "request.answered": _replied,
    "call.logged": _called,
    "return.moved": _returned,
    "letter.filed": _filed,
    "letter.adopted": _adopted,
    "files.left_out": _left_out,
    **asked_sentences.SENTENCES,
    **judged_sentences.SENTENCES,
}
