"""Publishing: alone or by two, from a date, never over a case, and back again; every version kept and signed."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, local, opener
from tests.studio.conftest import Studio, administrator
from tratativa.accounts import clock
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import guarding, hiring, invitations, leaving
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Adoption
from tratativa.founding.rules import BadRules
from tratativa.studio import demanding, drafts, publications, publishing, saving
from tratativa.studio.models import Draft, File
from tratativa.studio.publishing import Wanted

LATER = MONDAY + timedelta(days=10)


@pytest.fixture
def draft(studio: Studio) -> Draft:
    """Rita's draft, which Otávio changed last."""
    made = drafts.begin(studio.place, "Natal", by=studio.rita, at=MONDAY)
    kept = File.objects.get(draft=made, path="rulebook.yaml")
    words = kept.text.replace("title: Americanas Marketplace", "title: Natal na Americanas")
    saving.save(made, kept.path, words, known=kept.revision, by=studio.otavio, at=MONDAY)
    return Draft.objects.get()


def wanted(draft: Draft, **given: object) -> Wanted:
    return Wanted(**{"known": draft.revision, "from_at": None, "name": "Natal", **given})  # type: ignore[arg-type]


def title(studio: Studio) -> str:
    return rulebook_versions.in_force(studio.place.pk, at=LATER + timedelta(days=1)).title


def test_one_publishes_and_the_draft_is_the_version(studio: Studio, draft: Draft) -> None:
    publishing.publish(draft, wanted(draft), by=studio.rita, at=MONDAY)

    now = publications.applying(publications.history(studio.place, at=MONDAY))
    assert now and (now.number, now.name, now.by, now.adoption.second) == (2, "Natal", studio.rita.person, None)
    assert title(studio) == "Natal na Americanas" and not Draft.objects.exists()
    following = drafts.begin(studio.place, "Depois", by=studio.rita, at=MONDAY)
    assert "title: Natal na Americanas" in drafts.files(following).texts["rulebook.yaml"]


def test_what_is_published_for_a_date_waits_for_it_and_no_case_changes(
    cast: Cast, studio: Studio, draft: Draft
) -> None:
    case = opener(cast)()

    publishing.publish(draft, wanted(draft, from_at=LATER), by=studio.rita, at=MONDAY)

    states = [one.state for one in publications.history(studio.place, at=MONDAY)]
    assert states == ["waits", "applies"] and title(studio) == "Natal na Americanas"
    assert rulebook_versions.in_force(studio.place.pk, at=MONDAY).title == "Americanas Marketplace"
    case.refresh_from_db()
    assert rulebook_versions.of(case).title == "Americanas Marketplace"


def test_a_draft_with_a_problem_is_not_published_nor_one_that_changed_meanwhile(studio: Studio, draft: Draft) -> None:
    with pytest.raises(Refused):
        publishing.publish(draft, wanted(draft, known=draft.revision - 1), by=studio.rita, at=MONDAY)
    File.objects.filter(draft=draft, path="deadlines.yaml").update(text="- label: X\n")

    with pytest.raises(BadRules):
        publishing.publish(draft, wanted(draft), by=studio.rita, at=MONDAY)

    assert Adoption.objects.count() == 1 and Draft.objects.exists()


def test_where_two_are_demanded_one_proposes_and_another_agrees(studio: Studio, draft: Draft) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    with pytest.raises(Refused):
        publishing.publish(draft, wanted(draft), by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft, from_at=LATER), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()

    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, by=studio.rita, at=MONDAY)
    publishing.agree(draft, known=draft.revision, by=studio.otavio, at=MONDAY)

    waits = publications.history(studio.place, at=MONDAY)[0]
    assert (waits.by, waits.adoption.second, waits.adoption.from_at) == (
        studio.rita.person, studio.otavio.person, LATER,
    )  # fmt: skip
    told = [(line.what, line.who) for line in AuditLine.objects.order_by("at", "id")][-3:]
    assert told == [
        ("rules.publication_proposed", studio.rita.person),
        ("rules.publication_agreed", studio.otavio.person),
        ("rulebook.published", studio.rita.person),
    ]


def test_two_who_both_edited_the_draft_publish_it_whoever_proposes(studio: Studio, draft: Draft) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)

    publishing.propose(draft, wanted(draft), by=studio.otavio, at=MONDAY)  # who saved it last; Rita began it
    draft.refresh_from_db()
    publishing.agree(draft, known=draft.revision, proposed=draft.proposal, by=studio.rita, at=MONDAY)

    assert title(studio) == "Natal na Americanas"


@pytest.mark.parametrize("change", ["save", "add", "remove"])
def test_whatever_changes_a_file_ends_the_proposal(change: str, studio: Studio, draft: Draft) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()
    kept, by = File.objects.get(draft=draft, path="scenarios/prazos.yaml"), studio.otavio

    if change == "save":
        saving.save(draft, kept.path, kept.text + "# mais\n", known=kept.revision, by=by, at=MONDAY)
    elif change == "add":
        saving.add(draft, "templates/novo.md", "Oi", by=by, at=MONDAY)
    else:
        saving.remove(draft, kept.path, known=kept.revision, by=by, at=MONDAY)
    draft.refresh_from_db()

    assert not draft.is_proposed and draft.proposal == ""
    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, by=by, at=MONDAY)


def test_nobody_proposes_over_or_takes_back_a_proposal_they_have_not_seen(studio: Studio, draft: Draft) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft, from_at=LATER), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()

    with pytest.raises(Refused, match="Rita"):
        publishing.propose(draft, wanted(draft), by=studio.otavio, at=MONDAY)
    with pytest.raises(Refused, match="Rita"):
        publishing.unpropose(draft, known=draft.revision, proposed="", by=studio.otavio)
    publishing.unpropose(draft, known=draft.revision, proposed=draft.proposal, by=studio.otavio)

    draft.refresh_from_db()
    assert draft.proposed_by is None


def test_whoever_clicks_on_a_demand_that_others_changed_does_nothing(studio: Studio) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY, seen="")
    seen = demanding.state(demanding.of(studio.place))
    demanding.end(studio.place, by=studio.rita, at=MONDAY, seen=seen)

    with pytest.raises(Refused):  # the page offered to ask; this would have ended it
        demanding.end(studio.place, by=studio.otavio, at=MONDAY, seen=seen)
    with pytest.raises(Refused):
        demanding.keep(studio.place, by=studio.otavio, seen="")

    assert demanding.of(studio.place)


def test_nobody_goes_back_from_what_another_publication_followed_meanwhile(studio: Studio, draft: Draft) -> None:
    seen = publishing.newest(studio.place)
    publishing.publish(draft, wanted(draft), by=studio.rita, at=MONDAY)
    now = publications.applying(publications.history(studio.place, at=MONDAY))
    assert now

    with pytest.raises(Refused):
        publishing.withdraw(studio.place, now.adoption, applies=seen, by=studio.otavio, at=MONDAY)


def test_what_was_compared_with_rules_that_were_replaced_meanwhile_is_read_again(studio: Studio, draft: Draft) -> None:
    compared = publishing.newest(studio.place)
    other = drafts.begin(studio.place, "Páscoa", by=studio.otavio, at=MONDAY)
    first = File.objects.get(draft=other, path="rulebook.yaml")
    words = first.text.replace("title: Americanas Marketplace", "title: Páscoa na Americanas")
    saving.save(other, first.path, words, known=first.revision, by=studio.otavio, at=MONDAY)
    other.refresh_from_db()
    publishing.publish(other, wanted(other, applies=compared, name="Páscoa"), by=studio.otavio, at=MONDAY)

    with pytest.raises(Refused):
        publishing.publish(draft, wanted(draft, applies=compared), by=studio.rita, at=MONDAY)

    publishing.publish(draft, wanted(draft, applies=publishing.newest(studio.place)), by=studio.rita, at=MONDAY)
    assert title(studio) == "Natal na Americanas"


def test_who_agrees_agrees_to_what_they_read_and_with_somebody_who_still_administers(
    studio: Studio, draft: Draft
) -> None:
    third = administrator(studio.place, "Tereza")
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft, from_at=LATER), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()
    read = draft.proposal
    again = wanted(draft, name="Já", proposed=read)
    publishing.propose(draft, again, by=studio.rita, at=MONDAY + timedelta(minutes=1))
    draft.refresh_from_db()

    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, proposed=read, by=third, at=MONDAY)
    Membership.objects.filter(person=studio.rita.person).update(role="agent")
    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, proposed=draft.proposal, by=third, at=MONDAY)

    assert Adoption.objects.count() == 1


def test_nobody_goes_back_to_rules_that_never_applied(studio: Studio, draft: Draft) -> None:
    publishing.publish(draft, wanted(draft, from_at=LATER), by=studio.rita, at=MONDAY)
    waiting = publications.history(studio.place, at=MONDAY)[0].adoption
    publishing.withdraw(studio.place, waiting, by=studio.rita, at=MONDAY)

    after = LATER + timedelta(days=1)
    history = publications.history(studio.place, at=after)

    before = publications.before(history, history[0].adoption)
    assert before is None or before.state != "never"


def test_a_save_ends_a_proposal(studio: Studio, draft: Draft) -> None:
    third = administrator(studio.place, "Tereza")
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    kept = File.objects.get(draft=draft, path="actions.yaml")

    saving.save(draft, kept.path, kept.text + "# mais\n", known=kept.revision, by=studio.otavio, at=MONDAY)

    draft.refresh_from_db()
    assert not draft.is_proposed
    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, by=third, at=MONDAY)


def test_to_end_the_demand_takes_two_as_well(studio: Studio) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)

    alone = (
        demanding.end(studio.place, by=studio.rita, at=MONDAY),
        demanding.end(studio.place, by=studio.rita, at=MONDAY),
    )
    still = demanding.of(studio.place)
    ended = demanding.end(studio.place, by=studio.otavio, at=MONDAY)

    assert alone == (False, False) and still and ended and demanding.of(studio.place) is None
    assert [line.what for line in AuditLine.objects.order_by("at", "id")] == [
        "rules.two_demanded", "rules.two_ending", "rules.two_ended",
    ]  # fmt: skip


def test_whoever_was_made_an_administrator_since_is_no_second_one_for_a_week(studio: Studio, draft: Draft) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    demanding.end(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    puppet = administrator(studio.place, "Rita Dois")
    Membership.objects.filter(person=puppet.person).update(role_at=MONDAY + timedelta(minutes=1))
    draft.refresh_from_db()

    for soon in (MONDAY + timedelta(hours=1), MONDAY + demanding.NEW_FOR):
        with pytest.raises(Refused, match="só depois de sete dias"):
            publishing.agree(draft, known=draft.revision, by=puppet, at=soon)
        with pytest.raises(Refused, match="só depois de sete dias"):
            demanding.end(studio.place, by=puppet, at=soon)
    publishing.unpropose(draft, known=draft.revision, proposed=draft.proposal, by=studio.rita)
    publishing.propose(draft, wanted(draft), by=puppet, at=MONDAY + timedelta(hours=2))
    with pytest.raises(Refused, match="só depois de sete dias"):
        publishing.agree(draft, known=draft.revision, by=studio.rita, at=MONDAY + timedelta(hours=3))
    demanding.keep(studio.place, by=studio.rita)
    demanding.end(studio.place, by=puppet, at=MONDAY + timedelta(hours=2))
    with pytest.raises(Refused, match="só depois de sete dias"):
        demanding.end(studio.place, by=studio.rita, at=MONDAY + timedelta(hours=3))
    publishing.unpropose(draft, known=draft.revision, proposed=Draft.objects.get().proposal, by=puppet)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY + timedelta(hours=4))
    publishing.agree(draft, known=draft.revision, by=puppet, at=MONDAY + demanding.NEW_FOR + timedelta(minutes=1))

    assert not Draft.objects.exists()


def test_who_administered_when_two_were_demanded_is_a_second_one_at_once(studio: Studio, draft: Draft) -> None:
    Membership.objects.filter(person=studio.otavio.person).update(role_at=MONDAY)
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()

    publishing.agree(draft, known=draft.revision, by=studio.otavio, at=MONDAY)

    assert not Draft.objects.exists()


def test_whose_account_was_opened_anew_by_a_letter_or_by_another_is_no_second_one_for_a_week(
    studio: Studio, draft: Draft
) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()
    Person.objects.filter(pk=studio.otavio.person.pk).update(regained_at=MONDAY + timedelta(minutes=1))

    for soon in (MONDAY + timedelta(hours=1), MONDAY + demanding.NEW_FOR):
        with pytest.raises(Refused, match="foi reaberta há pouco"):
            publishing.agree(draft, known=draft.revision, by=studio.otavio, at=soon)
    after = MONDAY + demanding.NEW_FOR + timedelta(minutes=1)
    publishing.agree(draft, known=draft.revision, by=studio.otavio, at=after)

    assert not Draft.objects.exists()


def test_a_second_factor_taken_off_by_another_makes_the_account_prove_less(studio: Studio) -> None:
    place = Membership.objects.get(person=studio.otavio.person)

    guarding.reset_second_factor(place, by=studio.rita)

    assert Person.objects.get(pk=studio.otavio.person.pk).regained_at


def test_who_administered_when_two_were_demanded_is_one_of_them_though_the_role_was_taken_and_given_back(
    studio: Studio, draft: Draft
) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    place = Membership.objects.get(person=studio.otavio.person)
    hiring.change_role(place, "agent", by=studio.rita)
    Membership.objects.filter(pk=place.pk).update(administered_until=MONDAY - timedelta(days=30))
    hiring.change_role(Membership.objects.get(pk=place.pk), "admin", by=studio.rita)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()

    publishing.agree(draft, known=draft.revision, by=studio.otavio, at=MONDAY + timedelta(hours=1))

    assert not Draft.objects.exists()


def test_whoever_comes_back_by_an_invitation_is_another_until_the_others_had_a_week(
    studio: Studio, draft: Draft
) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    gone = Membership.objects.select_related("marketplace", "seller", "partner", "person").get(
        person=studio.otavio.person
    )
    leaving.leave(gone, by=studio.rita, at=MONDAY)
    asked, _new = invitations.invite(
        Team(studio.place), gone.person.email, "Otávio", "admin", by=studio.rita, at=MONDAY
    )
    invitations.accept(asked, name="Otávio", password="a senha de quem tem o link 7", at=MONDAY)
    back = Doer(Person.objects.get(email=gone.person.email), "192.0.2.7")
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()

    with pytest.raises(Refused, match="foi reaberta há pouco"):
        publishing.agree(draft, known=draft.revision, by=back, at=clock.now())
    Person.objects.update(regained_at=None)
    with pytest.raises(Refused, match="administra há pouco"):
        publishing.agree(draft, known=draft.revision, by=back, at=clock.now())

    assert Draft.objects.exists()


def test_a_form_that_leaves_out_what_was_read_agrees_to_nothing(studio: Studio, draft: Draft) -> None:
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)
    publishing.propose(draft, wanted(draft), by=studio.rita, at=MONDAY)
    draft.refresh_from_db()

    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, proposed="", by=studio.otavio, at=MONDAY)
    with pytest.raises(Refused):
        publishing.agree(draft, known=draft.revision, proposed=draft.proposal, applies="", by=studio.otavio, at=MONDAY)
    with pytest.raises(Refused):
        publishing.publish(draft, wanted(draft, applies=""), by=studio.rita, at=MONDAY)

    assert Draft.objects.exists()


def test_nobody_demands_a_second_who_is_alone(studio: Studio) -> None:
    person = studio.otavio.person
    assert person
    person.is_active = False
    person.save()

    with pytest.raises(Refused):
        demanding.demand(studio.place, by=studio.rita, at=MONDAY)


def test_going_back_publishes_the_former_version_anew(studio: Studio, draft: Draft) -> None:
    publishing.publish(draft, wanted(draft), by=studio.rita, at=MONDAY)
    now = publications.applying(publications.history(studio.place, at=MONDAY))
    assert now

    publishing.withdraw(studio.place, now.adoption, by=studio.otavio, at=MONDAY + timedelta(hours=1))

    after = publications.history(studio.place, at=MONDAY + timedelta(hours=2))
    assert [(one.number, one.state) for one in after] == [(3, "applies"), (2, "over"), (1, "over")]
    assert after[0].by == studio.otavio.person and title(studio) == "Americanas Marketplace"


def test_where_two_publish_nobody_goes_back_alone(studio: Studio, draft: Draft) -> None:
    publishing.publish(draft, wanted(draft), by=studio.rita, at=MONDAY)
    gone = publications.history(studio.place, at=MONDAY)[0].adoption
    demanding.demand(studio.place, by=studio.rita, at=MONDAY)

    with pytest.raises(Refused):
        publishing.withdraw(studio.place, gone, by=studio.rita, at=MONDAY + timedelta(hours=1))

    back = publishing.draft_of_former(studio.place, gone, by=studio.rita, at=MONDAY + timedelta(hours=1))
    publishing.propose(back, wanted(back, name=back.name), by=studio.rita, at=MONDAY + timedelta(hours=1))
    back.refresh_from_db()
    assert title(studio) == "Natal na Americanas"
    publishing.agree(back, known=back.revision, by=studio.otavio, at=MONDAY + timedelta(hours=2))
    assert title(studio) == "Americanas Marketplace"


def test_a_publication_that_waits_is_withdrawn_before_it_ever_applies(studio: Studio, draft: Draft) -> None:
    publishing.publish(draft, wanted(draft, from_at=LATER), by=studio.rita, at=MONDAY)
    waits = publications.history(studio.place, at=MONDAY)[0]

    publishing.withdraw(studio.place, waits.adoption, by=studio.rita, at=MONDAY)

    assert title(studio) == "Americanas Marketplace"
    assert publications.history(studio.place, at=LATER + timedelta(days=1))[1].state == "never"


def test_from_the_first_publication_there_is_nothing_to_go_back_to(studio: Studio) -> None:
    first = publications.history(studio.place, at=MONDAY)[0]

    with pytest.raises(Refused):
        publishing.withdraw(studio.place, first.adoption, by=studio.rita, at=local("2026-11-24 09:00"))
