"""A draft somebody else discarded: what was being written is kept on the page, and begins another draft."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client

from tests.cast import MONDAY, Cast
from tests.config.desks import until
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tests.web.settings.test_rules import doer, file, page_of
from tratativa.accounts.actors import Actor
from tratativa.studio import drafts
from tratativa.studio.models import Draft, File, Rehearsal


@pytest.fixture
def boss(cast: Cast) -> Actor:
    return admin(cast)


@pytest.fixture
def draft(cast: Cast, boss: Actor) -> Draft:
    return drafts.begin(cast.marketplace, "Prazos de dezembro", by=doer(boss), at=MONDAY)


def test_a_file_written_after_the_draft_went_is_kept_and_begins_another(
    cast: Cast, boss: Actor, draft: Draft, enter: Enter
) -> None:
    desk, kept = enter(boss), file(draft)
    sent = {"file": kept.path, "revision": str(kept.revision), "text": kept.text + "# minha nota\n"}
    address = page_of(draft)
    draft.delete()

    told = desk.post(address, sent)
    begun = desk.post(address, {**sent, "anew": "Dezembro outra vez"}, follow=True)

    assert told.status_code == 410 and "# minha nota" in told.text and "não existe mais" in told.text
    assert "foi guardado no rascunho" in begun.text
    made = Draft.objects.get(name="Dezembro outra vez")
    assert File.objects.get(draft=made, path=kept.path).text.endswith("# minha nota\n")


def test_a_form_sent_after_the_draft_went_is_kept_and_begins_another(
    cast: Cast, boss: Actor, draft: Draft, enter: Enter
) -> None:
    desk, address = enter(boss), f"{page_of(draft)}changes/hours/hours/"
    form = desk.get(address)
    sent = {field.id: field.value for field in form.context["fields"]} | {"revision": "1"}
    first = next(name for name, value in sent.items() if "18:00" in str(value))
    sent[first] = "08:00-17:00"
    draft.delete()

    told = desk.post(address, sent)
    begun = desk.post(address, {**sent, "anew": "Horário outra vez"}, follow=True)

    assert told.status_code == 410 and "08:00-17:00" in told.text
    assert "Só vale depois de publicado." in begun.text and "Ir para o rascunho «Horário outra vez»" in begun.text
    assert "08:00-17:00" in File.objects.get(draft__name="Horário outra vez", path="rulebook.yaml").text
    assert "Horário outra vez" in desk.get("/settings/calendar/").text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["save", "add", "remove"])
def test_what_is_sent_while_another_publishes_the_draft_is_kept_on_the_page(
    cast: Cast, boss: Actor, draft: Draft, enter: Enter, what: str
) -> None:
    desk, kept, address = enter(boss), file(draft), page_of(draft)
    sent = {"file": kept.path, "path": "templates/nova.md", "revision": str(kept.revision), "text": "# minha nota\n"}
    where = {"save": address, "add": f"{address}add", "remove": f"{address}remove"}[what]

    with ThreadPoolExecutor(1) as another:
        with transaction.atomic():
            Draft.objects.select_for_update().get(pk=draft.pk)
            answer = another.submit(_post, desk, where, sent)
            until(lambda: _waiting() == 1, "the form to wait for the draft")
            Draft.objects.filter(pk=draft.pk).delete()
        told = answer.result(20)

    assert told.status_code == 410 and "# minha nota" in told.text and "não existe mais" in told.text


def _post(desk: Client, where: str, sent: dict[str, str]) -> HttpResponse:
    try:
        return desk.post(where, sent)
    finally:
        connections.close_all()


def _waiting() -> int:
    """How many wait for a lock that somebody holds."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return int(cursor.fetchone()[0])


def test_the_calendar_says_nothing_of_a_draft_that_leaves_it_alone(
    cast: Cast, boss: Actor, draft: Draft, enter: Enter
) -> None:
    assert "Prazos de dezembro" not in enter(boss).get("/settings/calendar/").text


def test_a_draft_that_was_never_there_is_not_begun_by_looking(
    boss: Actor, draft: Draft, cast: Cast, enter: Enter
) -> None:
    address = page_of(draft)
    draft.delete()

    assert enter(boss).get(address).status_code == 404


def test_the_steps_come_with_the_rehearsal_that_ended(cast: Cast, boss: Actor, draft: Draft, enter: Enter) -> None:
    desk = enter(boss)
    desk.post(f"{page_of(draft)}rehearse")
    going = desk.get(f"{page_of(draft)}rehearsal").text
    Rehearsal.objects.update(state="done", ended_at=MONDAY, passed=3)

    ended = desk.get(f"{page_of(draft)}rehearsal").text

    assert "As histórias estão sendo encenadas." in going and 'hx-trigger="every 3s"' in going
    assert 'hx-swap-oob="true"' in ended and "sendo encenadas" not in ended and "As histórias passaram." in ended
    assert '#rehearsal">' not in going.replace('hx-target="#rehearsal"', "")
