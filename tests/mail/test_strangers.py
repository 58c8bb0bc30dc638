"""Letters from addresses nobody knows: who asks, who decides, and what the customer's word then does, as of when."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import MONDAY, Cast, make_order, opener, sign_in
from tests.mail.posting import ADDRESS, LATER, arrive, said, trusting, vouched, write
from tratativa.accounts.actors import Actor
from tratativa.cases import sweeping
from tratativa.cases.acting import follow_ups, replying
from tratativa.cases.core import audience, protocols, rulebook_versions
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, FollowUp
from tratativa.mail.filing import adopting
from tratativa.mail.models import Arrival, Letter, Mailbox, Participant
from tratativa.mail.outgoing import sending
from tratativa.rulebook import reading, shipped

TAGGED = "Joana <joana+compras@cliente.example>"
DAYS_LATER = LATER + timedelta(days=3)


def from_elsewhere(box: Mailbox, case: Case, text: str = "Chegou quebrado.", **headers: str) -> Arrival:
    return arrive(box, write(case, text, sender=headers.pop("sender", TAGGED), **headers))


def test_a_letter_from_another_address_lifts_the_case_and_asks_the_team_once(case: Case, box: Mailbox) -> None:
    before = (case.waiting_on, case.closed_at)

    first = from_elsewhere(box, case)
    second = from_elsewhere(box, case, "E a nota?")

    case.refresh_from_db()
    assert (case.waiting_on, case.closed_at) == before
    assert case.last_activity_at == LATER
    task = FollowUp.objects.get(case=case)
    assert first.task == second.task == task
    assert "joana+compras@cliente.example" in task.text


def test_the_task_of_a_case_nobody_has_is_everybodys(cast: Cast, case: Case, box: Mailbox) -> None:
    from_elsewhere(box, case)

    assert [task.case_id for task in follow_ups.mine(cast.marta)] == [case.pk]


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Return_Path": "<>"}])
def test_a_machine_asks_for_nobody_s_time(case: Case, box: Mailbox, headers: dict[str, str]) -> None:
    from_elsewhere(box, case, **headers)

    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"X_Auto_Response_Suppress": "All"}, {"Precedence": "junk"}, {"Auto_Submitted": "auto-generated"}]
)
def test_what_a_header_calls_a_machine_s_is_looked_at_where_it_came_from_the_customer(
    case: Case, box: Mailbox, headers: dict[str, str]
) -> None:
    arrival = arrive(box, write(case, "Quero meu dinheiro de volta.", **headers))

    task = FollowUp.objects.get(case=case)
    assert arrival.task == task
    assert "veio marcado como automático" in task.text
    assert "Quero meu dinheiro de volta." not in said(case)


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}])
def test_an_absence_of_the_customer_s_asks_for_nobody_s_time(case: Case, box: Mailbox, headers: dict[str, str]) -> None:
    arrive(box, write(case, "Volto dia 10.", **headers))

    assert not FollowUp.objects.exists()


def test_an_absence_rises_and_asks_the_team_once_where_it_waits_for_the_customer(
    cast: Cast, case: Case, box: Mailbox
) -> None:
    replying.reply(case, Message("Qual é o seu CEP?", to="customer", wait_for_answer=True), by=cast.marta, at=MONDAY)
    case.refresh_from_db()
    turn, clocks = case.waiting_on, list(case.deadlines.order_by("id").values_list("state", "due_at"))

    for text in ("Volto dia 10.", "Ainda fora."):
        arrive(box, write(case, text, Auto_Submitted="auto-replied"))

    case.refresh_from_db()
    task = FollowUp.objects.get(case=case)
    assert "aviso de ausência" in task.text and case.last_activity_at == LATER
    assert (turn, case.waiting_on) == ("customer", "customer")
    assert list(case.deadlines.order_by("id").values_list("state", "due_at")) == clocks
    filed = Entry.objects.filter(case=case, event="letter.filed")
    assert {entry.audience for entry in filed} == {audience.TEAM}


def test_an_absence_asks_for_nobody_s_time_where_a_seller_waits_for_the_customer(
    cast: Cast, case: Case, box: Mailbox
) -> None:
    asked = Message("Qual é o seu CEP?", to="customer", customer_reads=True, wait_for_answer=True)
    replying.reply(case, asked, by=cast.ana, at=MONDAY)
    case.refresh_from_db()
    assert case.waiting_on == "customer"

    arrive(box, write(case, "Volto dia 10.", Auto_Submitted="auto-replied"))

    assert not FollowUp.objects.exists()


def test_an_absence_that_only_claims_to_be_the_customer_s_asks_for_nobody_s_time(
    cast: Cast, case: Case, box: Mailbox
) -> None:
    replying.reply(case, Message("Qual é o seu CEP?", to="customer", wait_for_answer=True), by=cast.marta, at=MONDAY)

    from_elsewhere(box, case, "Volto dia 10.", Auto_Submitted="auto-replied")

    assert not FollowUp.objects.exists()


def test_the_letter_becomes_the_customer_s_word_as_of_its_arrival(cast: Cast, case: Case, box: Mailbox) -> None:
    letter = from_elsewhere(box, case)

    adopting.adopt(letter, by=cast.marta, at=DAYS_LATER)

    letter.refresh_from_db()
    entry = Entry.objects.get(pk=letter.entry_id)
    assert (entry.party, entry.at, entry.event) == ("customer", LATER, "message.posted")
    assert said(case)[-1] == "Chegou quebrado."
    assert (letter.state, letter.verified) == ("filed", True)
    assert FollowUp.objects.get(case=case).done_at == DAYS_LATER
    told = Entry.objects.get(case=case, event="letter.adopted")
    assert (told.at, told.audience, told.actor_id) == (DAYS_LATER, audience.TEAM, cast.marta.person_id)
    case.refresh_from_db()
    assert case.waiting_on == "seller"
    clock = case.deadlines.filter(party="seller", started_at=LATER).get()
    assert clock.due_at == LATER + timedelta(hours=24)


HURRIED = """
- label: Responder à loja
  party: customer
  starts: {message_from: seller}
  within: 24 hours
  stopped_by: reply
  missed: [{close: O cliente não respondeu}]
"""


def test_what_the_letter_answered_in_time_was_never_missed(cast: Cast, box: Mailbox, tmp_path: Path) -> None:
    shutil.copytree(shipped.FOLDER / "americanas", tmp_path / "americanas")
    page = tmp_path / "americanas" / "deadlines.yaml"
    page.write_text(page.read_text() + HURRIED)
    rulebook_versions.adopt(cast.marketplace, reading.load(tmp_path / "americanas"), at=MONDAY - timedelta(days=1))
    case = opener(cast)()
    replying.reply(
        case,
        Message("Qual o tamanho?", to="customer", customer_reads=True, wait_for_answer=True),
        by=cast.ana,
        at=MONDAY,
    )
    letter = from_elsewhere(box, case, "É o G.")
    sweeping.sweep(at=DAYS_LATER)
    clock = case.deadlines.get(rule="responder-a-loja")
    case.refresh_from_db()
    assert (clock.state, case.is_open) == ("missed", False)

    adopting.adopt(letter, by=cast.marta, at=DAYS_LATER)

    clock.refresh_from_db()
    case.refresh_from_db()
    assert (clock.state, clock.answered_at) == ("met", LATER)
    assert case.is_open


def test_one_letter_makes_no_participant_and_the_next_one_asks_again(cast: Cast, case: Case, box: Mailbox) -> None:
    adopting.adopt(from_elsewhere(box, case), by=cast.marta, at=LATER)

    again = from_elsewhere(box, case, "E agora?")

    assert not again.verified
    assert said(case)[-1] == "Chegou quebrado."
    assert FollowUp.objects.filter(case=case, done_at=None).count() == 1


def test_a_participant_s_letters_are_the_customer_s_from_then_on(cast: Cast, case: Case, box: Mailbox) -> None:
    adopting.admit(from_elsewhere(box, case), by=cast.marta, at=LATER)

    again = from_elsewhere(box, case, "E agora?", Subject="Não foi possível entregar")

    assert Participant.objects.get(case=case).address == "joana+compras@cliente.example"
    assert again.verified
    assert said(case)[-2:] == ["Chegou quebrado.", "E agora?"]


def test_a_participant_of_one_case_is_a_stranger_on_another(cast: Cast, case: Case, box: Mailbox) -> None:
    adopting.admit(from_elsewhere(box, case), by=cast.marta, at=LATER)
    other = opener(cast)(order=make_order(cast.marketplace, cast.seller, cast.buyer, "1002"))

    assert not from_elsewhere(box, other, "Oi").verified


def test_a_letter_is_taken_once(cast: Cast, case: Case, box: Mailbox) -> None:
    letter = from_elsewhere(box, case)
    adopting.adopt(letter, by=cast.marta, at=LATER)

    for stale in (letter, Arrival.objects.get(pk=letter.pk)):
        with pytest.raises(NotAllowed):
            adopting.adopt(stale, by=cast.marta, at=LATER)

    assert said(case).count("Chegou quebrado.") == 1


def test_nobody_but_the_team_says_whose_a_letter_is(cast: Cast, case: Case, box: Mailbox) -> None:
    letter = from_elsewhere(box, case)

    for actor in (cast.ana, cast.cliente, cast.rival):
        with pytest.raises(NotAllowed):
            adopting.admit(letter, by=actor, at=LATER)
    assert not Participant.objects.exists()


def test_a_bounce_is_nobody_s_word(cast: Cast, case: Case, box: Mailbox) -> None:
    ours = Letter.objects.filter(case=case, party="customer").first()
    assert ours is not None
    letter = arrive(
        box,
        write(case, "550 5.1.1 User unknown", sender="MAILER-DAEMON@mx.example", Return_Path="<>",
              References=sending.message_id(ours.pk)),
    )  # fmt: skip

    assert adopting.case_for(letter) is None


def test_files_come_with_the_letter_that_is_taken(cast: Cast, case: Case, box: Mailbox) -> None:
    raw = write(case, "Segue.", sender=TAGGED, files=[("nota.pdf", b"%PDF-1.4 nota")])
    letter = arrive(box, raw)

    adopting.adopt(letter, by=cast.marta, at=LATER)

    letter.refresh_from_db()
    assert letter.entry is not None
    assert [file.name for file in letter.entry.attachments.all()] == ["nota.pdf"]


@pytest.mark.parametrize("text", ["É sobre o pedido 1001.", "pedido nº 1001", "#1001: cadê?"])
def test_a_new_letter_that_names_its_writer_s_order_is_offered_to_that_order_s_case(
    cast: Cast, case: Case, box: Mailbox, text: str
) -> None:
    letter = arrive(box, write(case, text, to=ADDRESS, Subject="Reclamação"))

    assert (letter.state, letter.case, letter.offered) == ("unmatched", None, case)
    adopting.adopt(letter, by=cast.marta, at=DAYS_LATER)
    assert said(case)[-1] == text


def test_another_s_order_is_offered_to_nobody(cast: Cast, case: Case, box: Mailbox) -> None:
    for sender in ("vitor@cliente.example", "marido@cliente.example"):
        assert arrive(box, write(case, "Pedido 1001.", sender=sender, to=ADDRESS)).offered is None
    assert arrive(box, write(case, "Pedido 9999, de R$ 1001,00 pagos", to=ADDRESS)).offered is None


def test_a_sender_disowned_by_the_receiver_is_offered_nothing(cast: Cast, case: Case, box: Mailbox) -> None:
    Mailbox.objects.update(receiver="mx.loja.example")

    letter = arrive(
        box, write(case, "Pedido 1001.", to=ADDRESS, Authentication_Results="mx.loja.example; dmarc=fail (p=none)")
    )

    assert letter.offered is None


@pytest.mark.parametrize("who", ["ana", "chefe", "marta"])
def test_a_colleague_who_answers_by_mail_is_told_once_to_use_the_portal(
    cast: Cast, case: Case, box: Mailbox, who: str
) -> None:
    actor: Actor = getattr(cast, who)
    address = {"ana": "ana@equipe.example", "chefe": "celia@equipe.example", "marta": "marta@equipe.example"}[who]
    before = Letter.objects.count()
    trusted = trusting(box)

    for turn in range(2):
        letter = arrive(trusted, write(case, f"Resposta {turn}", sender=address, **vouched("equipe.example")))
        entry = Entry.objects.get(pk=letter.entry_id)
        assert (entry.data["why"], entry.audience) == ("colleague", audience.TEAM)

    (told,) = Letter.objects.filter(kind="letter.filed")
    assert (told.reader_id, told.address, Letter.objects.count()) == (actor.person_id, address, before + 1)
    sending.send(told.pk, at=LATER)
    told.refresh_from_db()
    assert "Responda pelo portal." in told.text
    assert "Resposta 0" not in told.text
    assert not FollowUp.objects.exists()


def test_a_rival_seller_s_staff_is_a_stranger(cast: Cast, case: Case, box: Mailbox) -> None:
    letter = arrive(box, write(case, "Oi", sender="rui@equipe.example"))

    assert letter.entry is not None and letter.entry.data["why"] == "stranger"
    assert not Letter.objects.filter(kind="letter.filed").exists()


def on_page(client: Client, case: Case) -> str:
    return client.get(f"/cases/{protocols.show(case.protocol)}/").text


def test_the_team_decides_on_the_case_page_and_nobody_else_sees_the_question(
    cast: Cast, case: Case, box: Mailbox
) -> None:
    letter = from_elsewhere(box, case)
    marta = sign_in(cast.marta)
    assert "É o cliente" in on_page(marta, case) and "Acrescentar participante" in on_page(marta, case)
    assert "É o cliente" not in on_page(sign_in(cast.ana), case)

    answer = marta.post(f"/post/{letter.pk}/admit", follow=True).text

    assert "O e-mail é agora uma mensagem do cliente, do momento em que chegou." in answer
    assert f"/post/{letter.pk}/adopt" not in answer
    assert "Chegou quebrado." in sign_in(cast.ana).get(f"/cases/{protocols.show(case.protocol)}/").text


def test_the_page_of_the_post_offers_the_case(cast: Cast, case: Case, box: Mailbox) -> None:
    letter = arrive(box, write(case, "Pedido 1001.", to=ADDRESS, Subject="Cadê?"))
    marta = sign_in(cast.marta)

    assert "Levar ao atendimento" in marta.get("/post/").text
    marta.post(f"/post/{letter.pk}/adopt")

    assert said(case)[-1] == "Pedido 1001."
    assert "Levar ao atendimento" not in marta.get("/post/").text
