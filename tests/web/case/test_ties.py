"""Ties on the page of a case: made by a number, taken off where they stand, drawn for whoever may see both."""

from collections.abc import Callable

from tests.cases.acting.test_tying import rivals
from tests.cast import MONDAY, Cast
from tests.web.case.test_beside import section
from tests.web.case.test_case_page import page_of
from tests.web.conftest import Enter
from tratativa.cases.acting.joining import tying
from tratativa.cases.core import protocols
from tratativa.cases.models import Case, Tie

PIECE = {"HX-Request": "true"}
CARD = "Atendimentos ligados"
Open = Callable[..., Case]


def test_a_case_is_tied_and_untied_where_it_stands(cast: Cast, case: Case, open_case: Open, enter: Enter) -> None:
    other = open_case(channel="phone", words="Liguei também")
    page, shown = enter(cast.ana), protocols.show(other.protocol)

    tied = page.post(f"/cases/{case.protocol}/ties", {"other": shown}, headers=PIECE)
    gone = page.post(f"/cases/{case.protocol}/ties/{shown}/remove", headers=PIECE)

    assert f"Desligar o {shown}" in tied.text and "<html" not in tied.text
    assert f"Desligar o {shown}" not in gone.text
    assert f'<option value="{shown}">' in gone.text


def test_what_cannot_be_tied_stays_in_the_field_with_why(cast: Cast, case: Case, enter: Enter) -> None:
    rival = rivals(cast)

    unseen = enter(cast.ana).post(f"/cases/{case.protocol}/ties", {"other": rival.protocol}, headers=PIECE)
    itself = enter(cast.ana).post(f"/cases/{case.protocol}/ties", {"other": case.protocol}, headers=PIECE)

    assert "Não há atendimento com este protocolo." in unseen.text and rival.protocol in unseen.text
    assert "Este é o próprio atendimento." in itself.text
    assert not Tie.objects.exists()


def test_without_scripts_one_comes_back_to_the_case(cast: Cast, case: Case, open_case: Open, enter: Enter) -> None:
    other = open_case(words="De novo")

    answer = enter(cast.ana).post(f"/cases/{case.protocol}/ties", {"other": other.protocol}, follow=True)
    refused = enter(cast.ana).post(f"/cases/{case.protocol}/ties", {"other": "nada"}, follow=True)

    assert protocols.show(other.protocol) in section(answer.text, CARD)
    assert "Não ligado. Não há atendimento com este protocolo." in refused.text


def test_a_tie_to_a_rival_s_case_is_the_team_s_alone(cast: Cast, case: Case, enter: Enter) -> None:
    rival = rivals(cast)
    tying.tie(case, rival, by=cast.marta, at=MONDAY)

    team, seller = (page_of(case, actor, enter) for actor in (cast.marta, cast.ana))

    assert protocols.show(rival.protocol) in section(team, CARD)
    assert protocols.show(rival.protocol) not in seller
