"""Tags: a team's own words on a case, one for each spelling, which nobody else ever learns of."""

from collections.abc import Callable

import pytest

from tests.cast import MONDAY, Cast
from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Tag, Tagging
from tratativa.cases.reading import inbox, tags
from tratativa.cases.reading.filters import Filters


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


def words(case: Case, actor: Actor) -> list[str]:
    with reach.within(*actor.owners):
        return [tag.word for tag in tags.of_case(case, actor)]


def put(case: Case, actor: Actor, *said: str) -> list[str]:
    with reach.within(*actor.owners):
        return tagging.add(case, said, by=actor, at=MONDAY)


def test_a_word_is_one_tag_however_it_is_spelled(cast: Cast, case: Case) -> None:
    assert put(case, cast.ana, "Atenção", "frágil, ATENCAO") == ["Atenção", "frágil"]
    assert put(case, cast.ana, "atençao") == []

    assert words(case, cast.ana) == ["Atenção", "frágil"]
    assert Tag.objects.count() == 2


def test_neither_side_learns_of_the_other_s_tags_nor_the_customer_of_any(cast: Cast, case: Case) -> None:
    put(case, cast.ana, "da loja")
    put(case, cast.marta, "da mesa")

    assert words(case, cast.ana) == ["da loja"]
    assert words(case, cast.marta) == ["da mesa"]
    assert words(case, cast.cliente) == []
    with reach.within(*cast.rival.owners):
        assert not Tagging.objects.exists()
    for who, known in ((cast.ana, {"da loja"}), (cast.marta, {"da mesa"}), (cast.cliente, set())):
        told = visibility.visible_entries(case, who).filter(event=events.TagAdded.name).select_related("words")
        assert {entry.said for entry in told} == known
        with reach.within(*who.owners):
            assert set(Tagging.objects.values_list("tag__word", flat=True)) == known


def test_what_is_put_and_taken_is_in_the_ledger_and_outdates_no_page(cast: Cast, case: Case) -> None:
    put(case, cast.ana, "atraso")
    tag = Tag.objects.get()
    with reach.within(*cast.ana.owners):
        gone = tagging.remove(case, tag.pk, by=cast.ana, at=MONDAY)
        again = tagging.remove(case, tag.pk, by=cast.ana, at=MONDAY)

    assert (gone, again) == ("atraso", "")
    told = case.entries.filter(event__startswith="tag.").order_by("number")
    assert [(entry.event, entry.said) for entry in told] == [("tag.added", "atraso"), ("tag.removed", "atraso")]
    was = case.row_version
    case.refresh_from_db()
    assert case.row_version == was


def test_nobody_takes_off_another_team_s_tag(cast: Cast, case: Case) -> None:
    put(case, cast.ana, "da loja")

    assert tagging.remove(case, Tag.objects.get().pk, by=cast.marta, at=MONDAY) == ""
    assert words(case, cast.ana) == ["da loja"]


def test_what_is_no_tag_is_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Invalid, match="até 40 letras"):
        put(case, cast.ana, "x" * 41)
    with pytest.raises(Invalid, match="até 20 etiquetas"):
        put(case, cast.ana, ", ".join(f"n{number}" for number in range(21)))
    with pytest.raises(NotAllowed):
        tagging.add(case, ["minha"], by=cast.cliente, at=MONDAY)
    assert put(case, cast.ana, " , #, \u200b") == []


def test_a_list_is_narrowed_by_a_tag_of_one_s_own_team(cast: Cast, case: Case) -> None:
    put(case, cast.ana, "Atenção")

    def found(actor: Actor, word: str) -> list[Case]:
        with reach.within(*actor.owners):
            return inbox.page(actor, Filters(tab="all", tag=word), at=MONDAY).cases

    assert found(cast.ana, "atencao") == [case]
    assert found(cast.ana, "outra") == []
    assert found(cast.marta, "atencao") == []


def test_suggestions_are_the_words_in_use_most_used_first(cast: Cast, case: Case) -> None:
    put(case, cast.ana, "um", "dois")
    with reach.within(*cast.ana.owners):
        tagging.remove(case, Tag.objects.get(word="um").pk, by=cast.ana, at=MONDAY)
        assert tags.in_use(cast.ana) == ["dois"]
    assert tags.in_use(cast.marta) == []
