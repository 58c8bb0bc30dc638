"""Sanctions: none without notice, a term for defence and a named person, and nobody judges their own decision."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, gather, local, opener
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person, Role, Seller
from tratativa.cases import sweeping
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.reading import scorecards
from tratativa.reputation import letters, sanctions
from tratativa.reputation.models import Sanction, Step
from tratativa.reputation.sanctions import Rule

LATE = local("2026-11-24 10:00")
TERM = local("2026-12-01 18:00")  # five business days end at closing time
WHY = "Seis clientes ficaram sem resposta neste mês."
Notify = Callable[[], Sanction]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def boss(cast: Cast) -> Actor:
    Membership.objects.filter(person=cast.marta.person_id).update(role=Role.ADMIN)
    return replace(cast.marta, role="admin")


@pytest.fixture
def other(cast: Cast, boss: Actor) -> Actor:
    person = Person.objects.create_user("otavio@equipe.example", name="Otávio Outro")
    Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN)
    return replace(boss, person_id=person.pk, name=person.name)


@pytest.fixture
def rule(cast: Cast) -> Rule:
    """The suspension the rulebook proposes once six answers were missed, as they now are."""
    opened = opener(cast)
    for number in range(6):
        opened(words=f"Cadê meu pedido? {number}")
    sweeping.sweep(at=LATE)
    standing = scorecards.read(cast.seller.pk, cast.marta, at=LATE)
    assert standing
    (proposed,) = standing.proposed
    return Rule(proposed.propose, proposed.text, "Respostas perdidas: mais de 5 em 60 dias")


@pytest.fixture
def notify(cast: Cast, boss: Actor, rule: Rule) -> Notify:
    return lambda: sanctions.notify(cast.seller, rule, WHY, by=boss, at=LATE)


def suspended(cast: Cast) -> bool:
    return Seller.objects.get(pk=cast.seller.pk).suspended_at is not None


def said(sanction: Sanction) -> list[str]:
    return list(Step.objects.filter(sanction=sanction).order_by("number").values_list("what", flat=True))


def test_a_notice_quotes_the_rule_gives_a_term_and_suspends_nobody(cast: Cast, notify: Notify, rule: Rule) -> None:
    sanction = notify()

    assert (sanction.rule, sanction.state, sanction.defence_until) == (rule.text, "noticed", TERM)
    assert said(sanction) == ["noticed"]
    assert not suspended(cast)


def test_what_the_rules_do_not_propose_is_no_sanction(cast: Cast, boss: Actor, rule: Rule) -> None:
    for seller, wrong in ((cast.seller, replace(rule, kind="notice")), (Seller.objects.get(name="Loja Rival"), rule)):
        with pytest.raises(NotAllowed, match="não propõem"):
            sanctions.notify(seller, wrong, WHY, by=boss, at=LATE)

    assert not Sanction.objects.exists()


def test_nothing_is_applied_before_the_defence_or_the_end_of_its_term(cast: Cast, notify: Notify, boss: Actor) -> None:
    sanction = notify()

    for at in (LATE, TERM):
        with pytest.raises(NotAllowed, match="ainda pode se defender"):
            sanctions.impose(sanction, WHY, by=boss, at=at)
    assert not suspended(cast)

    sanctions.impose(sanction, WHY, by=boss, at=TERM + timedelta(seconds=1))

    assert suspended(cast)


def test_the_database_says_it_too(notify: Notify) -> None:
    sanction = notify()

    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(state="applied", decided_at=LATE)


def test_once_the_seller_has_spoken_it_may_be_decided(cast: Cast, notify: Notify, boss: Actor) -> None:
    sanction = notify()
    sanctions.defend(sanction, "O sistema ficou fora do ar.", by=cast.chefe, at=LATE)

    with pytest.raises(NotAllowed, match="já foi enviada"):
        sanctions.defend(sanction, "De novo.", by=cast.chefe, at=LATE)
    sanctions.drop(sanction, "A defesa procede.", by=boss, at=LATE)

    assert said(sanction) == ["noticed", "defended", "dropped"]
    assert not suspended(cast)
    with pytest.raises(NotAllowed, match="já foi decidida"):
        sanctions.impose(sanction, WHY, by=boss, at=TERM + timedelta(days=1))


def test_an_appeal_is_judged_by_somebody_else_and_may_lift_the_suspension(
    cast: Cast, notify: Notify, boss: Actor, other: Actor
) -> None:
    sanction = notify()
    after = TERM + timedelta(days=1)
    sanctions.impose(sanction, WHY, by=boss, at=after)
    sanctions.appeal(sanction, "Nunca recebemos o aviso.", by=cast.chefe, at=after)

    for judge in (sanctions.uphold, sanctions.lift):
        with pytest.raises(NotAllowed, match="não julga o recurso"):
            judge(sanction, "Fica.", by=boss, at=after)
    sanctions.lift(sanction, "O aviso foi para um e-mail antigo.", by=other, at=after)

    assert said(sanction) == ["noticed", "applied", "appealed", "lifted"]
    assert not suspended(cast)


def test_an_appeal_refused_leaves_it_and_is_made_once(cast: Cast, notify: Notify, boss: Actor, other: Actor) -> None:
    sanction = notify()
    after = TERM + timedelta(days=1)
    sanctions.impose(sanction, WHY, by=boss, at=after)
    sanctions.appeal(sanction, "Não concordo.", by=cast.chefe, at=after)
    sanctions.uphold(sanction, "Os registros mostram o contrário.", by=other, at=after)

    assert suspended(cast)
    with pytest.raises(NotAllowed):
        sanctions.appeal(sanction, "De novo.", by=cast.chefe, at=after)
    with pytest.raises(NotAllowed):
        sanctions.uphold(sanction, "De novo.", by=other, at=after)
    sanctions.lift(sanction, "Cumprida.", by=boss, at=after + timedelta(days=30))
    assert not suspended(cast)


def test_only_administrators_act_and_each_on_its_own_side(cast: Cast, notify: Notify, boss: Actor) -> None:
    sanction = notify()
    rival = replace(cast.rival, role="admin")

    for stranger in (cast.ana, cast.marta, boss, rival, cast.cliente):
        with pytest.raises(NotAllowed):
            sanctions.defend(sanction, "Defesa.", by=stranger, at=LATE)
    for stranger in (cast.ana, cast.chefe, cast.marta, cast.cliente):
        with pytest.raises(NotAllowed):
            sanctions.drop(sanction, "Nada.", by=stranger, at=LATE)
    assert list(sanctions.visible(cast.chefe)) == [sanction]
    assert not any(sanctions.visible(one).exists() for one in (cast.ana, rival, cast.cliente))


def test_the_same_sanction_is_not_noticed_twice_at_once(notify: Notify) -> None:
    notify()

    with pytest.raises(NotAllowed, match="Já há uma sanção"):
        notify()


def test_words_are_asked_for(cast: Cast, rule: Rule, boss: Actor) -> None:
    for words in (" ", "a" * (sanctions.LIMIT + 1)):
        with pytest.raises(Invalid):
            sanctions.notify(cast.seller, rule, words, by=boss, at=LATE)


def test_the_letter_quotes_rule_reason_and_term_and_goes_to_the_sellers_administrators(
    cast: Cast, notify: Notify, rule: Rule, mailoutbox: list
) -> None:
    step = notify().steps.get()

    assert letters.readers(str(step.pk)) == [str(cast.chefe.person_id)]
    letters.send(str(step.pk), str(cast.chefe.person_id))

    (letter,) = mailoutbox
    assert letter.to == ["celia@equipe.example"]
    assert all(part in letter.body for part in (rule.text, WHY, "01/12/2026 18:00 (horário de Brasília)", "/standing/"))
