"""The rooms of Ajustes as an image: everything fits, wide and narrow, light and dark, and axe finds nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.conftest import Window, unsound
from tests.cast import Cast
from tests.chromium import RESULTS
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people import absences
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.queues import assignment
from tratativa.cases.queues.assignment import OWN, Chosen
from tratativa.web.frame import rooms

pytestmark = pytest.mark.browser
BY = Doer(command="prova")


@pytest.fixture
def boss(cast: Cast) -> Actor:
    """Who administers the marketplace, where a queue is given out and somebody is away."""
    person = Person.objects.create_user(email="otavio@equipe.example", password=None, name="Otávio Sá")
    place = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN)
    own, today = Team(cast.marketplace), timezone.localdate()
    chosen = [Chosen(person.pk, 30), Chosen(cast.marta.person, None)]
    kept = assignment.keep(own, OWN, "fewest", chosen, by=BY)
    skills = {"reason": ["produto-com-defeito", "devolucao"]}
    assignment.keep_skills(own, kept.members.get(person=person), skills, by=BY)
    marta = Person.objects.get(pk=cast.marta.person)
    last = today + timedelta(days=9)
    absences.plan(own, marta, today, last, person, day=today, by=BY, at=timezone.now())
    return actors.of_membership(place)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_room_is_accessible_and_fits(theme: str, cast: Cast, boss: Actor, window: Window) -> None:
    found: list[str] = []
    for who, actor in (("boss", boss), ("seller", cast.chefe)):
        page = window(actor, "/settings/account/", color_scheme=theme, heard=False)
        addresses = [room.url for room in rooms.of(actor)]
        if who == "boss":
            addresses += [f"/settings/queues/{OWN}/", f"/settings/queues/{OWN}/people/{boss.person}/"]
        for address in addresses:
            page.goto(address)
            found += unsound(page)
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 844})
                name = "-".join("somebody" if part.count("-") == 4 else part for part in address.strip("/").split("/"))
                page.screenshot(path=RESULTS / f"{name}-{who}-{theme}-{width}.png", full_page=True)

    assert found == []
