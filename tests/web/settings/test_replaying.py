"""What would have been: asked for, watched, stopped, read with cases to open; by administrators, of their own alone."""

import re
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, opener
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tratativa.accounts import clock
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.accounts.people.team import Doer
from tratativa.cases import sweeping
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.replay import asking, running
from tratativa.replay.models import Replay
from tratativa.studio import drafts, saving
from tratativa.studio.models import Draft, File


@pytest.fixture
def boss(cast: Cast) -> Actor:
    return admin(cast)


@pytest.fixture
def draft(cast: Cast, boss: Actor) -> Draft:
    return drafts.begin(cast.marketplace, "Prazos de dezembro", by=doer(boss), at=MONDAY)


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    # Another process would not see what this test has not committed.
    monkeypatch.setattr(running, "processes", lambda: 1)


def doer(actor: Actor) -> Doer:
    return Doer(Person.objects.get(pk=actor.person_id))


def page_of(draft: Draft) -> str:
    return f"/settings/rules/drafts/{draft.pk}/replay"


def shorter(draft: Draft, boss: Actor, within: str = "4 hours") -> None:
    """The draft gives sellers less time."""
    kept = File.objects.get(draft=draft, path="deadlines.yaml")
    words = kept.text.replace("within: {first_of: [12 business hours, 24 hours]}", f"within: {within}")
    assert words != kept.text
    saving.save(draft, kept.path, words, known=kept.revision, by=doer(boss), at=MONDAY)
    draft.refresh_from_db()


def answered(cast: Cast) -> Case:
    """A case whose seller answered after five hours."""
    case = opener(cast)()
    at = MONDAY + timedelta(hours=5)
    sweeping.sweep(at=at)
    return replying.reply(case, Message("Já vou ver.", to="customer", customer_reads=True), by=cast.ana, at=at)


def done(draft: Draft) -> Replay:
    """What a worker does with what was asked for last."""
    asked = Replay.objects.filter(draft=draft).latest("asked_at")
    asking.perform(asked.pk)
    asked.refresh_from_db()
    return asked


def words(page: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))  # type: ignore[attr-defined]


def test_a_draft_nobody_replayed_says_so_and_offers_it(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    page = enter(boss).get(page_of(draft))

    assert "Ainda não foi pedido." in page.text and "Julgar de novo" in page.text
    assert "As pessoas teriam agido de outra forma" in page.text


def test_what_would_have_been_is_asked_for_and_read(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    case = answered(cast)
    shorter(draft, boss)
    desk = enter(boss)

    asked = desk.post(page_of(draft), {"since": "2026-11-01"})
    waiting = desk.get(page_of(draft))
    result = done(draft)
    page = desk.get(page_of(draft))

    assert asked.status_code == 302
    assert "Espera a sua vez." in waiting.text and "every 2s" in waiting.text and "Julgar de novo" not in waiting.text
    assert (result.state, result.judged, result.cases) == ("done", 1, 1)
    said = words(page)
    assert "1 atendimento julgado de novo" in said and "Prazos perdidos: 0 → 1" in said
    assert "Passariam a ser perdidos 1" in said
    assert f'href="/cases/{case.protocol}/"' in page.text
    assert "every 2s" not in page.text


def test_the_same_rules_would_have_changed_nothing(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    answered(cast)
    asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    done(draft)

    assert "Nada teria sido diferente." in enter(boss).get(page_of(draft)).text


def test_it_is_read_in_english(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    answered(cast)
    shorter(draft, boss)
    asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    done(draft)

    page = enter(boss).get(page_of(draft), headers={"accept-language": "en"})

    assert "What would have been" in page.text and "Would be missed" in page.text


def test_a_day_that_is_none_or_to_come_is_refused(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    desk = enter(boss)

    wrong = desk.post(page_of(draft), {"since": "ontem"})
    coming = desk.post(page_of(draft), {"since": "2099-01-01"})

    assert (wrong.status_code, coming.status_code) == (422, 422)
    assert "Escreva o dia como" in wrong.text and "Escolha um dia que já passou." in coming.text
    assert not Replay.objects.exists()


def test_a_draft_with_problems_judges_nobody(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    kept = File.objects.get(draft=draft, path="deadlines.yaml")
    saving.save(draft, kept.path, "- label: Sem nada\n", known=kept.revision, by=doer(boss), at=MONDAY)

    page = enter(boss).post(page_of(draft), {"since": "2026-11-01"}, follow=True)

    assert "O rascunho tem problemas" in page.text
    assert not Replay.objects.exists()


def test_one_at_a_time_whoever_asks_again(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    desk = enter(boss)
    for _time in range(2):
        desk.post(page_of(draft), {"since": "2026-11-01"})

    assert Replay.objects.count() == 1


def test_it_is_stopped_before_it_began_and_while_it_runs(
    cast: Cast, enter: Enter, boss: Actor, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast)
    desk = enter(boss)
    desk.post(page_of(draft), {"since": "2026-11-01"})
    desk.post(f"{page_of(draft)}/stop", {"replay": "another"})
    assert Replay.objects.get().state == "waits"
    desk.post(f"{page_of(draft)}/stop", {"replay": str(Replay.objects.get().pk)})
    before = done(draft)

    later = clock.now() + timedelta(seconds=1)  # of two from the same moment nobody could say which was asked for last
    running_one = asking.ask(draft, MONDAY.date(), by=doer(boss), at=later)
    count = running.count

    def counted_and_stopped(asked: object) -> int:
        asking.stop(running_one, at=MONDAY)  # while it counts what there is to do
        return count(asked)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "count", counted_and_stopped)
    meanwhile = done(draft)

    assert (before.state, before.judged) == ("stopped", 0)
    assert meanwhile.state == "stopped"
    assert "Foi parado. Atendimentos julgados:" in desk.get(page_of(draft)).text


def test_whoever_ran_it_died_and_it_begins_anew_once(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    answered(cast)
    asked = asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    Replay.objects.filter(pk=asked.pk).update(state="runs", begun=1, judged=1)
    again = done(draft)

    other = asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY + timedelta(hours=1))
    Replay.objects.filter(pk=other.pk).update(state="runs", begun=2)
    twice = done(draft)

    assert again.state == "done"
    assert twice.state == "broken"
    assert "parou duas vezes" in enter(boss).get(page_of(draft)).text


def test_one_that_gives_no_sign_is_called_broken(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    asked = asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    Replay.objects.filter(pk=asked.pk).update(state="runs", seen_at=clock.now() - timedelta(minutes=6))

    assert "não dá sinal há mais de cinco minutos" in enter(boss).get(page_of(draft)).text


def test_a_draft_changed_since_is_said_to_be(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    done(draft)
    shorter(draft, boss)

    assert "O rascunho mudou depois" in enter(boss).get(page_of(draft)).text


def test_the_bar_is_asked_for_alone(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    asked = asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    Replay.objects.filter(pk=asked.pk).update(state="runs", cases=200, judged=50, seen_at=clock.now())

    part = enter(boss).get(f"{page_of(draft)}/progress")

    assert "Atendimentos julgados: 50 de 200 (25%)" in words(part)
    assert "<progress" in part.text and "<html" not in part.text


def test_mediators_and_sellers_do_not_come_in(cast: Cast, enter: Enter, draft: Draft) -> None:
    for actor in (cast.marta, cast.ana):
        assert enter(actor).get(page_of(draft)).status_code == 403
