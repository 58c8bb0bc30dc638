"""Etiquetas in Ajustes: on how many cases each is, called otherwise by who leads, taken off every case, forgotten."""

from collections.abc import Callable

import pytest

from tests.cast import MONDAY, Cast, opener
from tests.web.conftest import Enter
from tratativa.accounts.audit.models import AuditLine
from tratativa.batches.models import Batch
from tratativa.cases.acting.tags import tagging
from tratativa.cases.models import Case, Entry, Tag, Tagging

ROOM = "/settings/tags/"


@pytest.fixture
def tagged(cast: Cast) -> Callable[[], Case]:
    def make() -> Case:
        case = opener(cast)()
        tagging.add(case, ["Atraso"], by=cast.ana, at=MONDAY)
        return case

    return make


def test_an_empty_room_says_where_the_first_is_born(cast: Cast, enter: Enter) -> None:
    assert "Ainda não há etiquetas" in enter(cast.ana).get(ROOM).text


def test_a_tag_is_called_otherwise_on_every_case_and_the_log_says_so(
    cast: Cast, enter: Enter, tagged: Callable[[], Case]
) -> None:
    case = tagged()
    key = Tag.objects.get().pk

    page = enter(cast.chefe).post(f"{ROOM}{key}/", {"do": "rename", "word": "Greve"}, follow=True)

    assert "A etiqueta chama-se «Greve»." in page.text
    assert [one.word for one in Tag.objects.filter(taggings__case=case)] == ["Greve"]
    assert AuditLine.objects.get(what="tag.renamed").after == {"word": "Greve"}


@pytest.mark.parametrize(
    ("word", "told"), [("atráso", "Já há uma etiqueta «atráso»."), ("", "Escreva um nome"), ("a, b", "Escreva um nome")]
)
def test_a_name_that_is_none_or_anothers_is_refused(
    word: str, told: str, cast: Cast, enter: Enter, tagged: Callable[[], Case]
) -> None:
    tagging.add(tagged(), ["Greve"], by=cast.ana, at=MONDAY)
    key = Tag.objects.get(word="Greve").pk

    page = enter(cast.chefe).post(f"{ROOM}{key}/", {"do": "rename", "word": word})

    assert page.status_code == 422 and told in page.text
    assert Tag.objects.filter(word="Greve").exists()


def test_a_tag_on_cases_is_not_forgotten_before_each_of_them_lost_it_in_its_ledger(
    cast: Cast, enter: Enter, tagged: Callable[[], Case]
) -> None:
    cases, boss = [tagged(), tagged()], enter(cast.chefe)
    key = Tag.objects.get().pk

    refused = boss.post(f"{ROOM}{key}/", {"do": "delete"})
    cleared = boss.post(f"{ROOM}{key}/", {"do": "clear"}, follow=True)
    gone = boss.post(f"{ROOM}{key}/", {"do": "delete"}, follow=True)

    assert "ainda está em atendimentos" in refused.text and "Feito em 2" in cleared.text
    assert "«Atraso» foi apagada." in gone.text and not Tag.objects.exists() and not Tagging.objects.exists()
    assert Entry.objects.filter(case__in=cases, event="tag.removed").count() == 2
    assert Batch.objects.get().what == "untag"


def test_who_does_not_lead_reads_them_and_changes_none(cast: Cast, enter: Enter, tagged: Callable[[], Case]) -> None:
    tagged()
    key = Tag.objects.get().pk
    agent = enter(cast.ana)

    assert "Atraso" in agent.get(ROOM).text and "Salvar o nome" not in agent.get(ROOM).text
    assert agent.post(f"{ROOM}{key}/", {"do": "rename", "word": "Greve"}).status_code == 403


def test_another_teams_tag_is_out_of_reach(cast: Cast, enter: Enter, tagged: Callable[[], Case]) -> None:
    tagged()
    key = Tag.objects.get().pk

    page = enter(cast.marta).get(ROOM)

    assert "Atraso" not in page.text
    assert enter(cast.marta).post(f"{ROOM}{key}/", {"do": "clear"}).status_code in {403, 409}
    assert Tagging.objects.count() == 1
