"""The customer's answer to the question how the service was: given in one tap, and changed by another."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Survey
from tratativa.rulebook.terms.parties import Party

COMMENT_LIMIT = 2_000
MOST, WITHIN = 10, timedelta(days=1)  # answers kept of one survey: each is an entry that stays for good


def answer(case: Case, score: str | int, *, by: Actor, at: datetime, comment: str | None = None) -> None:
    """Takes a score from 1 to 5, in place of one given before, and a comment; without one, that of before stands.

    Each change is an entry; the same once more is none. A score stands while its case is open again: what is said of
    the whole is said at its end. Raises Invalid and NotAllowed.
    """
    if str(score) not in {"1", "2", "3", "4", "5"}:
        raise Invalid({"score": _("Escolha uma nota de 1 a 5.")})
    words = text.paragraph(comment or "")
    if len(words) > COMMENT_LIMIT:
        raise Invalid({"comment": _("O comentário tem no máximo %(limit)d caracteres.") % {"limit": COMMENT_LIMIT}})
    if by.party is not Party.CUSTOMER:
        raise NotAllowed(_("Só o cliente responde à pesquisa."))
    with door.judging(case.pk, by=by, at=at) as change:
        survey = Survey.objects.filter(case=change.case).first()
        if survey is None:
            raise NotAllowed(_("Não há pesquisa neste atendimento."))
        words = survey.comment if comment is None else words
        if (survey.score, survey.comment) == (int(score), words):
            return
        if survey.answered_at and change.case.is_open:
            raise NotAllowed(_("Este atendimento foi reaberto. A sua nota fica, e pode mudar quando ele terminar."))
        given = change.case.entries.filter(event=events.SurveyAnswered.name, at__gt=at - WITHIN)
        if given.count() >= MOST:
            raise NotAllowed(_("A nota já mudou muitas vezes hoje. Tente de novo amanhã; a última fica."))
        said = words if words != survey.comment else ""
        survey.answered_at, survey.score, survey.comment = at, int(score), words
        survey.save()
        change.record(
            events.SurveyAnswered(score=int(score)),
            to=audience.of(Party.CUSTOMER, Party.MARKETPLACE), words=said or None,
        )  # fmt: skip
