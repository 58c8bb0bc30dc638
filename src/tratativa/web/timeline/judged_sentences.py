"""Sentences for what is held, counted, contested, denounced and rated."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from tratativa.web.timeline import holds, reports
from tratativa.web.timeline.readers import Reading, rule_label


def _counted(on: Reading) -> str:
    metric = on.book.score.metric(on.data["metric"]) if on.book.score else None
    if metric and metric.told:
        return metric.told
    return _("Contado para o vendedor: %(metric)s.") % {"metric": metric.label if metric else on.data["metric"]}


def _insisted(on: Reading) -> str:
    return _("%(who)s enviou a mensagem mesmo avisado da regra «%(rule)s».") % {
        "who": on.who,
        "rule": on.data["rule"].replace("-", " "),
    }


def _refused(on: Reading) -> str:
    rule = rule_label(on.book, on.data["because"].partition(":")[2])
    return _("o que deveria seguir do prazo «%(rule)s» não pôde ser feito") % {"rule": rule}


def _held(on: Reading) -> str:
    return holds.began(on.who, holds.label(on.book, on.data["action"]), on.data["why"])


def _let_go(on: Reading) -> str:
    return holds.ended(holds.label(on.book, on.data["action"]), on.data["decision"])


def _contested(on: Reading) -> str:
    return _("contestação do que foi contado para o vendedor")


def _judged(on: Reading) -> str:
    if on.data["accepted"]:
        return _("contestação aceita: o evento já não conta")
    return _("contestação recusada: o evento continua contando")


def _reported(on: Reading) -> str:
    gaps = {"reason": reports.reason(on.data["reason"])}
    if on.line.mine:
        return _("Você denunciou uma mensagem: %(reason)s") % gaps
    return _("denúncia de uma mensagem do vendedor: %(reason)s") % gaps


def _report_decided(on: Reading) -> str:
    if on.data["confirmed"]:
        return _("denúncia confirmada: a mensagem do vendedor descumpre as regras")
    return _("denúncia decidida: a mensagem não descumpre as regras")


def _surveyed(on: Reading) -> str:
    return _("A pesquisa de satisfação foi enviada ao cliente.")


def _rated(on: Reading) -> str:
    return _("nota %(score)d de 5 na pesquisa") % {"score": on.data["score"]}


SENTENCES: Mapping[str, Callable[[Reading], str]] = {
    "seller.counted": _counted,
    "conduct.warned": _insisted,
    "consequence.refused": _refused,
    "hold.began": _held,
    "hold.ended": _let_go,
    "mark.contested": _contested,
    "mark.decided": _judged,
    "message.reported": _reported,
    "report.decided": _report_decided,
    "survey.sent": _surveyed,
    "survey.answered": _rated,
}
