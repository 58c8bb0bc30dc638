"""A case's own fields on its page: kept where they stand, refused beside what was typed, drawn for who reads them."""

import pytest

from tests.cases.acting.test_case_fields import own_fields
from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tests.web.case.test_beside import section
from tests.web.case.test_case_page import page_of
from tests.web.conftest import Enter
from tratativa.cases.models import Case, FieldValue

PIECE = {"HX-Request": "true"}


@pytest.fixture
def cast(db: None) -> Cast:
    found = gather()
    rewrite(found.marketplace, own_fields, at=MONDAY)
    return found


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)()


def test_a_field_is_kept_where_it_stands_and_read_by_the_other_side(cast: Cast, case: Case, enter: Enter) -> None:
    kept = enter(cast.ana).post(
        f"/cases/{case.protocol}/fields/causa", {"own-causa": "t", "version": "0"}, headers=PIECE
    )

    assert "Transporte" in kept.text and "<html" not in kept.text and 'id="own-causa" open' not in kept.text
    assert 'id="own-causa"' in kept.text and "autofocus" in kept.text and "Campo guardado." in kept.text
    assert "Transporte" in section(page_of(case, cast.marta, enter), "Campos")
    assert "preencheu «Causa»: Transporte" in page_of(case, cast.marta, enter)


def test_what_cannot_be_kept_stays_in_its_field_with_why(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.marta)

    wrong = page.post(f"/cases/{case.protocol}/fields/custo", {"own-custo": "muito", "version": "0"}, headers=PIECE)
    page.post(f"/cases/{case.protocol}/fields/custo", {"own-custo": "9,00", "version": "0"}, headers=PIECE)
    late = page.post(f"/cases/{case.protocol}/fields/custo", {"own-custo": "8,00", "version": "0"}, headers=PIECE)

    assert 'value="muito"' in wrong.text and "Escreva em «Custo» um valor" in wrong.text
    assert 'value="8,00"' in late.text and "Outra pessoa mudou este campo" in late.text
    assert FieldValue.objects.get().value == 900


def test_without_scripts_one_comes_back_to_the_case(cast: Cast, case: Case, enter: Enter) -> None:
    kept = enter(cast.ana).post(f"/cases/{case.protocol}/fields/lote", {"own-lote": "L-7", "version": "0"}, follow=True)
    not_ = enter(cast.ana).post(f"/cases/{case.protocol}/fields/custo", {"own-custo": "9"}, follow=True)

    assert "L-7" in section(kept.text, "Campos")
    assert "Campo não guardado. Este campo não é seu para preencher." in not_.text


def test_a_side_sees_no_field_that_is_not_its_own_to_read(cast: Cast, case: Case, enter: Enter) -> None:
    team, seller = (section(page_of(case, actor, enter), "Campos") for actor in (cast.marta, cast.ana))

    assert "Custo" in team and "Lote" not in team
    assert "Lote" in seller and "Custo" not in seller
    assert "Só da devolução" not in team + seller
