"""Tags on the page of a case: put on and taken off where they stand, and a list of those that have one."""

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.cases.models import Case, Tag

PIECE = {"HX-Request": "true"}


def test_a_tag_is_put_on_and_taken_off_where_it_stands(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana)

    put = page.post(f"/cases/{case.protocol}/tags", {"tag": "atraso"}, headers=PIECE)
    gone = page.post(f"/cases/{case.protocol}/tags/{Tag.objects.get().pk}/remove", headers=PIECE)

    assert "Tirar a etiqueta atraso" in put.text
    assert "<html" not in put.text
    assert "atraso" not in gone.text


def test_what_is_no_tag_stays_in_the_field_with_why(cast: Cast, case: Case, enter: Enter) -> None:
    long = "x" * 41

    answer = enter(cast.ana).post(f"/cases/{case.protocol}/tags", {"tag": long}, headers=PIECE)

    assert "Uma etiqueta tem até 40 letras." in answer.text
    assert long in answer.text


def test_without_scripts_one_comes_back_to_the_case(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana)

    page.post(f"/cases/{case.protocol}/tags", {"tag": "brinde"})

    assert "brinde" in page.get(f"/cases/{case.protocol}/").text
    assert "brinde" in page.get(f"/cases/{case.protocol}/tags/words").text
    assert "brinde" not in enter(cast.marta).get(f"/cases/{case.protocol}/").text


def test_the_list_is_narrowed_by_a_tag(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana)
    page.post(f"/cases/{case.protocol}/tags", {"tag": "Atenção"})

    found = page.get("/cases/?tab=all&tag=atencao").text
    other = page.get("/cases/?tab=all&tag=outra").text

    assert f"/cases/{case.protocol[:8]}" in found or case.protocol in found.replace("-", "")
    assert "Nada com estes filtros" in other
