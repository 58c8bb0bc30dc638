"""Compra Agora on the stage: procedures midway, queues that wait, a registration blocked, tasks due and overdue."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from tratativa.accounts import actors
from tratativa.accounts.models import Customer, Membership, Registration
from tratativa.cases.acting import follow_ups
from tratativa.cases.core import visibility
from tratativa.cases.models import Attachment, Case, Escalation
from tratativa.demo import stage
from tratativa.demo.places import PLACES
from tratativa.orders.models import Command, Rupture, Voucher
from tratativa.playbooks.models import Run

SLUG = "compra-agora"


@pytest.fixture(autouse=True)
def played(db: None, settings: Settings) -> None:
    settings.CONNECTOR = "tratativa.demo.ordersystem:OrderSystem"
    settings.REGISTRY = "tratativa.demo.recorded:Recorded"
    stage.set_up(at=timezone.now(), places=[place for place in PLACES if place.rulebook == SLUG])


def run(reason: str, customer: str) -> Run:
    """The procedure of this customer's case about this."""
    return Run.objects.get(case__reason=reason, case__customer__name=customer, case__marketplace__slug=SLUG)


def test_the_rupture_waits_for_its_third_call_and_has_an_overdue_task() -> None:
    standing = run("ruptura-do-pedido", "Mercadinho Flor de Maio")

    assert (standing.step, len(standing.calls)) == ("ligar", 2)
    iara = actors.of_membership(Membership.objects.get(person__name="Iara Campos"))
    dues = [task.due_at < timezone.now() for task in follow_ups.mine(iara)]
    assert set(dues) == {True, False}


def test_the_credit_was_answered_and_is_back_with_the_agent() -> None:
    standing = run("credito", "Empório Três Irmãs")

    assert (standing.step, standing.case.waiting_on) == ("fim", "marketplace")
    assert Escalation.objects.get(parent=standing.case).answered_at


def test_a_password_was_recovered_to_the_end() -> None:
    standing = run("senha", "Mercadinho Flor de Maio Centro")

    assert standing.finished_at and standing.case.closed_at


def test_the_fraud_blocked_a_registration_whose_data_differ_at_the_receita() -> None:
    standing = run("suspeita-de-fraude", "Mercearia Boa Vizinhança")
    registration = Registration.objects.get(customer=standing.case.customer)

    assert registration.blocked_at
    assert registration.registry_state == "closed"
    assert set(Command.objects.filter(case_id=standing.case_id).values_list("verb", flat=True)) == {
        "block_registration",
        "cancel_order",
    }
    assert ["suspeita-de-fraude", "receita", "differs"] in standing.path


def test_everybody_who_answers_a_queue_has_something_to_read() -> None:
    partners = [actors.of_membership(one) for one in Membership.objects.exclude(partner=None).select_related("person")]

    assert len(partners) == 5
    assert all(visibility.visible_cases(partner).exists() for partner in partners)


def test_there_is_something_to_look_into_of_every_kind() -> None:
    assert Rupture.objects.count() == 2
    assert set(Voucher.objects.values_list("kind", flat=True)) == {"voucher", "cashback"}
    assert Customer.objects.filter(document="7K3QX20A000168").exists()
    paper = Attachment.objects.get(sensitive=True)
    assert paper.case and paper.case.entries.filter(event="document.opened").count() == 1
    assert Case.objects.filter(marketplace__slug=SLUG, queue="").count() >= 12
