"""Finding: what somebody has at hand leads to people, orders and cases; and to nothing that is not theirs to know."""

from datetime import datetime, timedelta

import pytest

from tests.cast import MONDAY, Cast, local, make_order, opener
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Seller
from tratativa.cases import door
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.orders import returns
from tratativa.cases.reading import finding
from tratativa.orders.models import Invoice, Order


@pytest.fixture
def maria(cast: Cast) -> Customer:
    return Customer.objects.create(
        marketplace=cast.marketplace, name="Maria José de Souza Brandão", document="11144477735",
        email="Entregas77@correio.example", phone="+55 (11) 98765-4321",
    )  # fmt: skip


@pytest.fixture
def theirs(cast: Cast, maria: Customer) -> Case:
    """A case of Maria's about a lamp, of an order that was sent and invoiced."""
    order = make_order(cast.marketplace, cast.seller, maria, "MP-2026/0077")
    Order.objects.filter(pk=order.pk).update(tracking="BR123456789BR", external_id="VTEX-99-1", invoice="4512")
    order.lines.create(sku="LUM-07", title="Luminária de pé Órion")
    Invoice.objects.create(order=order, number="4512", key="35261112345678000195550010000045121000045123",
                           total_cents=100, issued_at=MONDAY)  # fmt: skip
    order.refresh_from_db()
    return opener(cast)(order=order, by=actors.of_customer(maria), at=MONDAY)


def found(actor: Actor, typed: str) -> set[Case]:
    return set(finding.find(actor, typed, at=MONDAY).cases)


@pytest.mark.parametrize(
    "typed",
    [
        "maria", "MARIA", "souza", "brandao", "Brandão", "mar sou", "maria de souza", "111.444.777-35", "11144477735",
        "entregas77@correio.example", "ENTREGAS77@", "98765-4321", "4321", "(11) 98765 4321", "11987654321",
        "MP-2026/0077", "mp20260077", "# MP-2026/0077", "mp-2026", "br 123456789 br", "BR1234567", "VTEX-99-1",
        "vtex99", "4512", "3526 1112 3456 7800 0195 5500", "lum-07", "LUM07", "luminaria", "luminária orion",
        "  lumin  ",
    ],
)  # fmt: skip
def test_the_team_finds_a_case_by_whatever_it_has_at_hand(typed: str, cast: Cast, theirs: Case) -> None:
    other = opener(cast)(at=MONDAY)

    assert theirs in found(cast.marta, typed)
    assert other not in found(cast.marta, typed)


def test_a_protocol_is_found_as_it_is_written_anywhere(cast: Cast, theirs: Case) -> None:
    plain = theirs.protocol
    for typed in (
        plain,
        f"#{plain}",
        f"{plain[:8]}-{plain[8:15]}-{plain[15]}",
        f"{plain[:8]}.{plain[8:15]} {plain[15]}",
    ):
        assert found(cast.marta, typed) == {theirs}


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "#", "de", "a", "do da", "'", "\\", "*", "x' | 'y", ":*", "!!", "()"]
)
def test_what_says_nothing_finds_nothing(typed: str, cast: Cast, theirs: Case) -> None:
    assert finding.find(cast.marta, typed, at=MONDAY) == finding.Found()


def test_people_and_stores_are_among_what_is_found(cast: Cast, maria: Customer) -> None:
    Seller.objects.filter(pk=cast.seller.pk).update(name="Casa Aurélia")

    assert list(finding.find(cast.marta, "souz", at=MONDAY).people) == [maria]
    assert [one.name for one in finding.find(cast.marta, "aurelia", at=MONDAY).sellers] == ["Casa Aurélia"]
    assert [one.name for one in finding.find(cast.marta, "11.222.333", at=MONDAY).sellers] == ["Casa Aurélia"]


def test_a_seller_finds_its_own_customers_by_name(cast: Cast, theirs: Case) -> None:
    assert found(cast.ana, "maria") == {theirs}
    assert [one.name for one in finding.find(cast.ana, "brandao", at=MONDAY).people] == ["Maria José de Souza Brandão"]
    assert finding.find(cast.rival, "maria", at=MONDAY) == finding.Found()
    assert finding.find(cast.rival, "MP-2026/0077", at=MONDAY) == finding.Found()


@pytest.mark.parametrize(
    "typed", ["98765-4321", "4321", "entregas77@correio.example", "entregas77@", "1114447", "111.444"]
)
def test_a_seller_tries_out_nothing_it_does_not_see(typed: str, cast: Cast, theirs: Case) -> None:
    """A telephone, an address or a document would otherwise be read letter by letter."""
    assert not found(cast.ana, typed)
    assert not finding.find(cast.ana, typed, at=MONDAY).people


def test_a_seller_finds_by_a_whole_document_as_its_filter_does(cast: Cast, theirs: Case) -> None:
    assert found(cast.ana, "111.444.777-35") == {theirs}


def test_what_is_open_comes_first(cast: Cast, theirs: Case) -> None:
    assert theirs.order
    newer = opener(cast)(order=theirs.order, by=actors.of_customer(theirs.order.customer), at=MONDAY.replace(hour=15))
    Case.objects.filter(pk=newer.pk).update(closed_at=MONDAY.replace(hour=16), waiting_on="nobody")

    assert list(finding.find(cast.marta, "maria", at=MONDAY).cases) == [theirs, newer]


def test_the_page_says_when_there_are_more_than_it_shows(cast: Cast, theirs: Case) -> None:
    for number in range(10):
        Customer.objects.create(marketplace=cast.marketplace, name=f"Maria {number}")

    seen = finding.find(cast.marta, "maria", at=MONDAY)

    assert (len(seen.people), seen.more) == (8, {"people"})


KNOWN_AS = ("+55 (11) 98765-4321", "11987654321", "(11) 8765-4321", "011 98765-4321", "0 15 11 98765-4321",
            "0055 11 98765-4321", "98765-4321")  # fmt: skip
RINGS_AS = ("+55 11 98765-4321", "5511987654321", "0055 11 98765 4321", "0 11 98765-4321", "0 15 11 98765-4321",
            "015 11 8765-4321", "98765-4321", "8765-4321", "(11) 8765-4321", "55 0 11 98765.4321",
            "tel:+55-11-98765-4321")  # fmt: skip


@pytest.mark.parametrize("written", KNOWN_AS)
def test_a_caller_is_known_however_the_number_rings_and_however_it_was_written(
    written: str, cast: Cast, maria: Customer
) -> None:
    Customer.objects.filter(pk=maria.pk).update(phone=written)

    for rings in RINGS_AS:
        assert [one.pk for one in finding.find(cast.marta, rings, at=MONDAY).people] == [maria.pk], rings


@pytest.mark.parametrize(
    "rings", ["+55 21 98765-4321", "0 15 21 98765-4321", "(11) 98765-4322", "(19) 8765-4321", "+1 11 98765-4321"]
)
def test_a_number_of_another_area_or_land_is_somebody_elses(rings: str, cast: Cast, maria: Customer) -> None:
    assert not finding.find(cast.marta, rings, at=MONDAY).people


def test_a_fixed_line_never_gained_a_ninth_digit(cast: Cast, maria: Customer) -> None:
    Customer.objects.filter(pk=maria.pk).update(phone="+55 11 3333-4444")

    assert finding.callers(cast.marta, "01133334444") == [maria.pk]
    assert finding.callers(cast.marta, "011933334444") == []


@pytest.mark.parametrize(
    "written", ["(11) 3222-1045 r. 23", "+551132221045 r. 23", "3222-1045 ramal 23", "3222-1045/46"]
)
def test_a_caller_is_known_by_a_number_that_was_written_with_an_extension(
    written: str, cast: Cast, maria: Customer
) -> None:
    Customer.objects.filter(pk=maria.pk).update(phone=written)

    assert finding.callers(cast.marta, "551132221045") == [maria.pk]
    assert finding.callers(cast.marta, "3222104523") == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Carla D'Ávila", "davila"), ("Carla D’Avila", "DAVILA carla"), ("Carla Davila", "d'ávila"),
     ("Rui Sant'Anna Reis", "santanna"), ("Ana-Maria Braga", "anamaria"), ("Ana-Maria Braga", "ana-maria"),
     ("Ana Maria Braga", "ana-maria"), ("Pedro O`Neill", "oneill"), ("Carla D'Ávila", "d avila")],
)  # fmt: skip
def test_an_apostrophe_or_a_hyphen_stands_in_nobodys_way(name: str, typed: str, cast: Cast) -> None:
    known = Customer.objects.create(marketplace=cast.marketplace, name=name)
    Customer.objects.create(marketplace=cast.marketplace, name="Ávido Oneto Santos")
    Seller.objects.filter(pk=cast.seller.pk).update(name=name)

    assert [one.pk for one in finding.find(cast.marta, typed, at=MONDAY).people] == [known.pk]
    assert [one.pk for one in finding.find(cast.marta, typed, at=MONDAY).sellers] == [cast.seller.pk]


CODE = "LX987654321BR"


@pytest.fixture
def posted_back(cast: Cast, theirs: Case) -> Case:
    """Maria's case, whose goods go back with a posting code."""
    _give(theirs, cast, CODE)
    return theirs


def _give(case: Case, cast: Cast, code: str) -> None:
    assert case.order is not None
    with door.judging(case.pk, by=cast.ana, at=MONDAY) as change:
        returns.give_code(change, case.order, code, MONDAY + timedelta(days=10))


@pytest.mark.parametrize("typed", [CODE, "lx987654321br", "LX 987 654 321 BR", "LX98765", "#LX987654321BR"])
def test_a_posting_code_leads_to_the_order_and_its_case(typed: str, cast: Cast, posted_back: Case) -> None:
    other = opener(cast)(at=MONDAY)

    for somebody in (cast.marta, cast.ana):
        told = finding.find(somebody, typed, at=MONDAY)
        assert posted_back in told.cases
        assert posted_back.order in told.orders
        assert other not in told.cases


def test_a_posting_code_is_found_by_nobody_it_is_not_of(cast: Cast, posted_back: Case) -> None:
    assert found(cast.rival, CODE) == set()


def test_of_two_posting_codes_the_one_that_counts_is_found(cast: Cast, posted_back: Case) -> None:
    _give(posted_back, cast, "LY111222333BR")

    assert found(cast.marta, "LY111222333BR") == {posted_back}
    assert found(cast.marta, CODE) == set()


def test_the_end_of_a_posting_code_finds_nothing(cast: Cast, posted_back: Case) -> None:
    assert found(cast.marta, "654321BR") == set()


NOVEMBER = local("2026-11-23 12:00")


def spoken_of(cast: Cast, word: str, *, at: datetime) -> Case:
    """A case that begins with a message of this word, at that moment."""
    return opener(cast)(at=at, words=f"Sobre a {word}, por favor.")


def test_the_team_reads_four_months_of_words_unless_it_asks_for_all(cast: Cast) -> None:
    old = spoken_of(cast, "jabuticabeira", at=local("2026-07-31 12:00"))
    newer = spoken_of(cast, "jabuticabeira", at=local("2026-08-01 12:00"))

    bounded = finding.find(cast.marta, "jabuticabeira", at=NOVEMBER)
    whole = finding.find(cast.marta, "jabuticabeira", at=NOVEMBER, whole=True)

    assert set(bounded.cases) == {newer}
    assert set(whole.cases) == {old, newer}


def test_a_seller_reads_its_own_words_of_all_time_and_nobody_elses(cast: Cast) -> None:
    old = spoken_of(cast, "jabuticabeira", at=local("2024-02-10 12:00"))

    assert set(finding.find(cast.ana, "jabuticabeira", at=NOVEMBER).cases) == {old}
    assert set(finding.find(cast.rival, "jabuticabeira", at=NOVEMBER, whole=True).cases) == set()


def test_all_of_the_past_is_still_only_what_one_may_read(cast: Cast) -> None:
    case = spoken_of(cast, "jabuticabeira", at=local("2025-02-10 12:00"))
    aside = Message("Entre nós: pitangueira.", to="marketplace")
    replying.reply(case, aside, by=cast.ana, at=local("2025-02-11 12:00"))

    assert set(finding.find(cast.marta, "pitangueira", at=NOVEMBER, whole=True).cases) == {case}
    assert finding.find(cast.cliente, "pitangueira", at=NOVEMBER, whole=True).cases == ()
