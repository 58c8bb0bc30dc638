"""The survey: one tap says how the service was, another changes it, words are optional; on the case and by letter."""

from dataclasses import dataclass

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import actors, clock, reach, signing_in
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Survey
from tratativa.cases.score import survey_answers
from tratativa.web.customer import door
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import CustomerRequest, customer


@dataclass(frozen=True)
class Answer:
    """A score as it is offered: its number, what it means, and whether it is the one given."""

    score: int
    label: str
    given: bool = False


@dataclass(frozen=True)
class Shown:
    """The survey as its customer has it; `given` is the score's words, empty before there is one."""

    answers: tuple[Answer, ...]
    score: int | None
    given: str
    comment: str


def of(case: Case) -> Shown | None:
    """The survey of a case: as long as it is closed, or nobody has answered."""
    survey = Survey.objects.filter(case=case).first()
    if survey is None or (survey.answered_at and case.is_open):
        return None
    return _shown(survey.score, survey.comment)


@require_POST
@customer
def survey(request: CustomerRequest, protocol: str) -> HttpResponse:
    """Takes a tap, or the words that go with it."""
    case = scoped_get.case(request.actor, protocol)
    try:
        _take(case, request.POST.get("score", ""), request.POST.get("comment"), request.actor, request)
    except Invalid as bad:
        context = {
            "shown": protocols.show(case.protocol), "subject": rulebook_versions.subject(case), "error": str(bad),
            "survey": _shown(_score(request.POST.get("score", "")), request.POST.get("comment", "")),
            "url": reverse("my_survey", args=[protocols.show(case.protocol)]),
        }  # fmt: skip
        return render(request, "customer/survey/page.html", context, status=422)
    except NotAllowed as no:
        notices.error(request, str(no))
    return redirect(_place(case))


@require_http_methods(["GET", "POST"])
def by_letter(request: HttpRequest, secret: str, score: int) -> HttpResponse:
    """What a letter's link shows: whose case it is and the score that was tapped. Only the button on it votes, so that
    a mail server that follows links says nothing in a customer's name; then its customer is in, as by any letter."""
    at = clock.now()
    key = signing_in.open_link(secret[:100], at=at)
    if key is None or key.case_id is None:
        return render(request, "customer/expired.html", status=410)
    actor = actors.of_customer(key.customer)
    with reach.within(*actor.owners):  # they come in with this request, which was nobody's until now
        found = visibility.visible_cases(actor).filter(pk=key.case_id, survey__isnull=False)
        case = found.select_related("marketplace", "customer").first()
        if case is None:
            return render(request, "customer/expired.html", status=410)
        if request.method != "POST":
            return _asked(request, case, score)
        try:
            survey_answers.answer(case, request.POST.get("score", ""), by=actor, at=at)
        except (Invalid, NotAllowed) as no:
            notices.error(request, str(no))
        else:
            notices.success(request, _thanks())
        place = _place(case)
    door.enter_by(request, key)
    return redirect(place)


def _take(case: Case, score: str, comment: str | None, by: Actor, request: CustomerRequest) -> None:
    survey_answers.answer(case, score, by=by, at=request.at, comment=comment)
    notices.success(request, _thanks())


def _asked(request: HttpRequest, case: Case, score: int) -> HttpResponse:
    context = {
        "marketplace": case.marketplace, "accent": case.marketplace.accent,
        "who": case.customer.name if case.customer else "",
        "subject": rulebook_versions.subject(case), "survey": _shown(score if 1 <= score <= 5 else None, ""),
        "shown": protocols.show(case.protocol), "url": request.path, "by_letter": True,
    }  # fmt: skip
    return render(request, "customer/survey/page.html", context)


def _shown(score: int | None, comment: str) -> Shown:
    labels = {1: _("péssimo"), 2: _("ruim"), 3: _("regular"), 4: _("bom"), 5: _("ótimo")}
    answers = tuple(Answer(number, label, number == score) for number, label in labels.items())
    return Shown(answers, score, labels.get(score or 0, ""), comment)


def _score(typed: str) -> int | None:
    return int(typed) if typed in {"1", "2", "3", "4", "5"} else None


def _thanks() -> str:
    return _("Nota registrada. Obrigado por avaliar o atendimento.")


def _place(case: Case) -> str:
    return reverse("my_case", args=[protocols.show(case.protocol)]) + "#survey"
