"""Told to people: what is judged before or after it was said: conduct, what is held, reports."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences import labels
from tratativa.cases.sentences.reader import Reading, action_label
from tratativa.cases.sentences.registry import tells


@tells(events.ConductWarned)
def insisted(on: Reading) -> str:
    return _("%(who)s enviou a mensagem mesmo avisado da regra «%(rule)s».") % {
        "who": on.who,
        "rule": on.data["rule"].replace("-", " "),
    }


@tells(events.HoldBegan, icon="hand", place="message")
def held(on: Reading) -> str:
    return _began(on.who, action_label(on.book, on.data["action"]), on.data["why"])


@tells(events.HoldEnded, icon="hand", place="message")
def let_go(on: Reading) -> str:
    action, words = action_label(on.book, on.data["action"]), on.line.words
    if on.line.by_clock and words is not None:
        gaps = {"action": action, "why": words}
        return _("«%(action)s» não aconteceu, e quem pediu foi avisado: %(why)s") % gaps
    return _ended(action, on.data["decision"])


@tells(events.MessageReported, place="message", news=False)
def reported(on: Reading) -> str:
    gaps = {"reason": labels.report_reason(on.data["reason"])}
    if on.line.mine:
        return _("Você denunciou uma mensagem: %(reason)s") % gaps
    return _("denúncia de uma mensagem do vendedor: %(reason)s") % gaps


@tells(events.ReportDecided, place="message", headed=True)
def report_decided(on: Reading) -> str:
    if on.data["confirmed"]:
        return _("denúncia confirmada: a mensagem do vendedor descumpre as regras")
    return _("denúncia decidida: a mensagem não descumpre as regras")


def _began(who: str, action: str, why: str) -> str:
    """The sentence of something that began to wait."""
    if why == "conduct":
        return _("retida até a equipe do marketplace ler")
    if why == "approval":
        return _("%(who)s pediu «%(action)s»; espera a aprovação de uma segunda pessoa.") % {
            "who": who,
            "action": action,
        }
    return _("%(who)s pediu «%(action)s»; ainda dá para desfazer.") % {"who": who, "action": action}


def _ended(action: str, decision: str) -> str:
    """The sentence of what became of it."""
    sentences = {
        "released": _("«%(action)s» foi liberada."),
        "refused": _("«%(action)s» foi recusada."),
        "undone": _("«%(action)s» foi desfeita."),
    }
    return sentences[decision] % {"action": action}
