"""Sanctions: notice with the rule quoted, a term for defence, a decision by a named person, an appeal to another."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Seller
from tratativa.cases.core import justification, rulebook_versions, work
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.reading import scorecards
from tratativa.reputation.models import Sanction, Step
from tratativa.rulebook.terms.parties import Party

LIMIT = 4_000


@dataclass(frozen=True)
class Rule:
    """What is held against the seller: the kind of sanction, the rule's text and its condition in words."""

    kind: str
    text: str
    condition: str


def visible(actor: Actor) -> QuerySet[Sanction]:
    """The sanctions this actor may know of: the marketplace's team all, a seller's administrators their own."""
    found = Sanction.objects.filter(marketplace_id=actor.marketplace_id)
    if actor.party is Party.MARKETPLACE:
        return found
    if actor.party is Party.SELLER and actor.seller_id and actor.is_admin:
        return found.filter(seller_id=actor.seller_id)
    return found.none()


def notify(seller: Seller, rule: Rule, words: str, *, by: Actor, at: datetime) -> Sanction:
    """Tells the seller what is held against it and until when it may answer. Raises Invalid and NotAllowed.

    The rulebook must propose this sanction for the seller's standing as it is now.
    """
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.MARKETPLACE)
    standing = scorecards.read(seller.pk, by, at=at)
    if standing is None or not any((one.propose, one.text) == (rule.kind, rule.text) for one in standing.proposed):
        raise NotAllowed(_("As regras não propõem esta sanção para este lojista agora."))
    calendar = rulebook_versions.in_force(seller.marketplace_id).clock
    try:
        with transaction.atomic():
            sanction = Sanction.objects.create(
                marketplace_id=seller.marketplace_id, seller=seller, kind=rule.kind, rule=rule.text,
                condition=rule.condition, noticed_at=at, defence_until=calendar.due(at, standing.score.defence),
            )  # fmt: skip
            _step(sanction, "noticed", said, by=by, at=at)
    except IntegrityError:
        raise NotAllowed(_("Já há uma sanção deste tipo em andamento para este lojista.")) from None
    return sanction


def defend(sanction: Sanction, words: str, *, by: Actor, at: datetime) -> None:
    """The seller's defence, once, for as long as nobody has decided. Raises Invalid and NotAllowed."""
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.SELLER)
    with _locked(sanction, by) as now:
        if now.state != "noticed" or now.defended_at:
            raise NotAllowed(_("A defesa já foi enviada, ou a sanção já foi decidida."))
        now.defended_at = at
        _step(now, "defended", said, by=by, at=at)


def impose(sanction: Sanction, words: str, *, by: Actor, at: datetime) -> None:
    """Applies the sanction with its reason; a suspension suspends the seller. Raises Invalid and NotAllowed.

    Refused until the seller has defended itself or its term is over (L-35).
    """
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.MARKETPLACE)
    with _locked(sanction, by) as now:
        if now.state != "noticed":
            raise NotAllowed(_("Esta sanção já foi decidida."))
        if now.defended_at is None and at <= now.defence_until:
            raise NotAllowed(_("O lojista ainda pode se defender; decida depois da defesa ou do fim do prazo."))
        now.state, now.decided_at = "applied", at
        if now.kind == "suspension":
            Seller.objects.filter(pk=now.seller_id).update(suspended_at=at)
        _step(now, "applied", said, by=by, at=at)


def drop(sanction: Sanction, words: str, *, by: Actor, at: datetime) -> None:
    """Decides that nothing follows. Raises Invalid and NotAllowed."""
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.MARKETPLACE)
    with _locked(sanction, by) as now:
        if now.state != "noticed":
            raise NotAllowed(_("Esta sanção já foi decidida."))
        now.state, now.decided_at, now.ended_at = "dropped", at, at
        _step(now, "dropped", said, by=by, at=at)


def appeal(sanction: Sanction, words: str, *, by: Actor, at: datetime) -> None:
    """The seller asks another person to look again, once. Raises Invalid and NotAllowed."""
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.SELLER)
    with _locked(sanction, by) as now:
        if now.state != "applied" or now.appealed_at:
            raise NotAllowed(_("Só se recorre uma vez, de uma sanção aplicada."))
        now.appealed_at = at
        _step(now, "appealed", said, by=by, at=at)


def uphold(sanction: Sanction, words: str, *, by: Actor, at: datetime) -> None:
    """Answers the appeal: the sanction stays. Raises Invalid and NotAllowed."""
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.MARKETPLACE)
    with _locked(sanction, by) as now:
        if now.state != "applied" or not appeal_waits(now):
            raise NotAllowed(_("Não há recurso à espera de resposta."))
        _must_not_have_applied(now, by)
        _step(now, "upheld", said, by=by, at=at)


def lift(sanction: Sanction, words: str, *, by: Actor, at: datetime) -> None:
    """Ends an applied sanction, on appeal or not; a suspended seller sells again. Raises Invalid and NotAllowed."""
    said = justification.read(words, limit=LIMIT)
    _must_be(by, Party.MARKETPLACE)
    with _locked(sanction, by) as now:
        if now.state != "applied":
            raise NotAllowed(_("Só se levanta uma sanção aplicada."))
        if appeal_waits(now):
            _must_not_have_applied(now, by)
        now.state, now.ended_at = "lifted", at
        if now.kind == "suspension":
            Seller.objects.filter(pk=now.seller_id).update(suspended_at=None)
        _step(now, "lifted", said, by=by, at=at)


def appeal_waits(sanction: Sanction) -> bool:
    """Whether an appeal has no answer yet."""
    return sanction.appealed_at is not None and not any(step.what == "upheld" for step in sanction.steps.all())


@contextmanager
def _locked(sanction: Sanction, by: Actor) -> Iterator[Sanction]:
    """The row as it is now, of those the actor may know of, saved at the end."""
    with transaction.atomic():
        now = visible(by).select_for_update(of=("self",)).filter(pk=sanction.pk).first()
        if now is None:
            raise NotAllowed(_("Esta sanção não é sua."))
        yield now
        now.save()


def _step(sanction: Sanction, what: str, words: str, *, by: Actor, at: datetime) -> None:
    step = Step.objects.create(
        sanction=sanction, number=sanction.steps.count() + 1, what=what, party=str(by.party),
        person_id=by.person, words=words, at=at,
    )  # fmt: skip
    if by.party is Party.MARKETPLACE:
        work.ask("reputation.tell_seller", step_id=step.pk)


def _must_be(by: Actor, party: Party) -> None:
    if by.party is not party or not by.is_admin:
        raise NotAllowed(
            _("Só quem administra a conta do lojista responde a uma sanção.")
            if party is Party.SELLER
            else _("Só quem administra a equipe do marketplace decide sobre sanções.")
        )


def _must_not_have_applied(sanction: Sanction, by: Actor) -> None:
    if sanction.steps.filter(what="applied", person=by.person).exists():
        raise NotAllowed(_("Quem aplicou a sanção não julga o recurso contra ela."))
