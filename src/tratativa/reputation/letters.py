"""Letters about sanctions, to those who administer the seller: the rule quoted, the term, and what may be done."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tratativa.accounts.models import Membership, Person, Role
from tratativa.cases.core import rulebook_versions
from tratativa.mail.outgoing import sending
from tratativa.mail.outgoing.letter_phrases import moment
from tratativa.mail.outgoing.writing import Content
from tratativa.reputation import wording
from tratativa.reputation.models import Step


def readers(step_id: str) -> list[str]:
    """The keys of the people who administer the seller the step is about."""
    step = Step.objects.select_related("sanction").get(pk=step_id)
    team = Membership.objects.filter(seller=step.sanction.seller_id, role=Role.ADMIN, person__is_active=True)
    return [str(key) for key in team.values_list("person_id", flat=True)]


def send(step_id: str, person_id: str) -> None:
    """Sends one person the letter about a step, under the same Message-ID in every try. Raises sending.Refused."""
    step = Step.objects.select_related("sanction__seller", "sanction__marketplace").get(pk=step_id)
    person = Person.objects.get(pk=person_id)
    with rulebook_versions.letters_of(step.sanction.marketplace_id):
        sending.send_content(write(step), person.email, uuid.uuid5(step.pk, person_id))


def write(step: Step) -> Content:
    """What the letter about a step says."""
    sanction = step.sanction
    sentences = [wording.step(step.what, sanction.kind)]
    if step.what == "noticed":
        with timezone.override(rulebook_versions.in_force(sanction.marketplace_id).clock.zone):
            until = moment(sanction.defence_until)
        sentences.append(_("Você pode se defender até %(until)s, na página Desempenho.") % {"until": until})
    if step.what == "applied" and sanction.kind == "suspension":
        sentences.append(_("Enquanto ela dura, sua equipe responde ao que deve nos atendimentos, e nada mais."))
    if step.what == "applied":
        sentences.append(_("Você pode recorrer na página Desempenho; outra pessoa vai julgar."))
    return Content(
        subject=f"{wording.kind(sanction.kind)} · {sanction.seller.name}"[:120],
        marketplace=sanction.marketplace.name,
        accent=sanction.marketplace.accent,
        greeting=_("Olá, %(name)s.") % {"name": sanction.seller.name},
        sentences=tuple(sentences),
        quote=step.words,
        quoted=_("Motivo:"),
        facts=((_("Regra"), sanction.rule), (_("Contagem"), sanction.condition)),
        button=_("Ver Desempenho"),
        link=settings.SITE_URL + reverse("standing"),
        footer=_("Responda pelo portal: é lá que tudo fica registrado e comprovado. Este e-mail não recebe respostas."),
    )
