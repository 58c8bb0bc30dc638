"""Told to people: what counts for a seller, and what the customer says of the service."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading
from tratativa.cases.sentences.registry import tells
from tratativa.rulebook.terms.parties import Party


@tells(events.Counted, place="quiet")
def counted(on: Reading) -> str:
    metric = on.book.score.metric(on.data["metric"]) if on.book.score else None
    if metric and metric.told:
        return metric.told
    return _("Contado para o lojista: %(metric)s.") % {"metric": metric.label if metric else on.data["metric"]}


@tells(events.MarkContested, place="message")
def contested(on: Reading) -> str:
    return _("contestação do que foi contado para o lojista")


@tells(events.MarkDecided, place="message")
def judged(on: Reading) -> str:
    if on.data["accepted"]:
        return _("contestação aceita: o evento já não conta")
    return _("contestação recusada: o evento continua contando")


@tells(events.SurveySent, icon="star", writes_to=(Party.CUSTOMER,), rank=18)
def surveyed(on: Reading) -> str:
    if on.reader is Party.CUSTOMER:
        return _("Perguntamos a você como foi o atendimento.")
    return _("A pesquisa de satisfação foi enviada ao cliente.")


@tells(events.SurveyAnswered, place="message")
def rated(on: Reading) -> str:
    return _("nota %(score)d de 5 na pesquisa") % {"score": on.data["score"]}
