"""Warning: the letter to somebody whose access another person took away or loosened; nobody finds it out by chance."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tratativa.accounts import text
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import postage
from tratativa.accounts.people.team import Doer, Team, of


def warn(person: Person, what: str, team: Team, *, by: Doer, about: str = "") -> None:
    """Has the person written to, after this transaction, of what was done to them, or to whom it is `about`: a
    key of `_SAID`. Who did it is not, nor anybody where no letter can leave."""
    if (by.person and by.person.pk == person.pk) or not postage.leaves():
        return
    language = team.marketplace.language or settings.LANGUAGE_CODE
    job = app.configure_task("accounts.warn", queue="mail")
    job.defer(
        person_id=str(person.pk), what=what, team=str(team), who=by.person.name if by.person else "", language=language,
        about=about,
    )  # fmt: skip


def warn_owner(person: Person, what: str) -> None:
    """Has the person written to of what was done with their own account, by them or in their name: a key of `_SAID`.
    It names the first of their teams; nobody is written to who has none, or where no letter can leave."""
    places = Membership.objects.select_related("marketplace", "seller", "partner").filter(person=person)
    first = places.order_by("pk").first()
    if first is not None:
        warn(person, what, of(first), by=Doer())


def send(person_id: str | uuid.UUID, what: str, team: str, who: str, language: str, about: str = "") -> None:
    """Sends it to the address the account has by now."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not person.email:
        return
    with translation.override(language):
        gaps = {"team": team, "who": who or _("Quem administra a mesa"), "about": about}
        subject, said = _SAID[what]()
        asks = _("Se isto é um engano, ou você não pediu, fale já com quem administra a equipe.")
        body = text.one_stop(f"{said % gaps}\n\n{asks}")
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(
        subject=subject % gaps, body=body, from_email=settings.DEFAULT_FROM_EMAIL, to=[person.email], headers=headers
    ).send()


def _factor_reset() -> tuple[str, str]:
    return (
        _("A sua verificação em duas etapas foi retirada"),
        _(
            "%(who)s retirou a verificação em duas etapas da sua conta em %(team)s, e as suas sessões terminaram. "
            "Entre com a senha e configure-a de novo."
        ),
    )


def _signed_out() -> tuple[str, str]:
    return (
        _("As suas sessões foram encerradas"),
        _("%(who)s encerrou todas as sessões da sua conta em %(team)s. Para continuar, entre de novo."),
    )


def _password_by_letter() -> tuple[str, str]:
    return (
        _("A senha da sua conta mudou"),
        _("A senha da sua conta em %(team)s foi trocada por um link que pediram para este e-mail."),
    )


def _password_changed() -> tuple[str, str]:
    return (
        _("A senha da sua conta mudou"),
        _("A senha da sua conta em %(team)s foi trocada por quem estava com a sessão aberta."),
    )


def _left() -> tuple[str, str]:
    return (
        _("Você já não está na equipe de %(team)s"),
        _("%(who)s desativou o seu acesso à equipe de %(team)s. O que você escreveu fica nos atendimentos."),
    )


def _administrator_made() -> tuple[str, str]:
    return (
        _("Mais uma pessoa administra %(team)s"),
        _("%(about)s passou a administrar %(team)s. Quem deu esse papel: %(who)s."),
    )


def _administers_no_more() -> tuple[str, str]:
    return (
        _("Você já não administra %(team)s"),
        _("%(who)s mudou o seu papel: você já não administra %(team)s."),
    )


_SAID: dict[str, Callable[[], tuple[str, str]]] = {
    "people.second_factor_reset": _factor_reset, "people.signed_out": _signed_out, "people.left": _left,
    "people.password_by_letter": _password_by_letter, "people.password_changed": _password_changed,
    "people.administrator_made": _administrator_made, "people.administers_no_more": _administers_no_more,
}  # fmt: skip
