"""Who keeps which saved replies, who may use them, and what a team's log says of it."""

import pytest
from django.db import connection

from tests.cast import MONDAY, Cast, gather
from tratativa.accounts import actors, reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people.team import Doer, of
from tratativa.saved_replies import keeping, shelf
from tratativa.saved_replies.keeping import Refused, Writing
from tratativa.saved_replies.models import Reach, SavedReply

DELAY = Writing("Atraso da transportadora", "atraso", "Oi, {{primeiro nome}}.", "personal")


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def lead(cast: Cast, name: str = "Lia Líder") -> Actor:
    person = Person.objects.create_user(email="lia@mesa.example", password=None, name=name)
    place = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.SUPERVISOR)
    return actors.of_membership(place)


def write(actor: Actor, **given: str) -> SavedReply:
    place = Membership.objects.select_related("marketplace", "seller", "partner", "person").get(
        person=actor.person_id, seller=actor.seller_id
    )
    words = {**DELAY.__dict__, **given}
    return keeping.write(of(place), Writing(**words), actor=actor, by=Doer(place.person), at=MONDAY)


def names(actor: Actor) -> set[str]:
    """What this actor may use, with the database asked as their pages ask it."""
    with reach.within(*actor.owners):
        return set(shelf.of(actor).values_list("name", flat=True))


def test_each_reach_is_for_its_own_people(cast: Cast) -> None:
    boss = lead(cast)
    write(cast.ana, name="Da Ana")
    write(cast.chefe, name="Da loja", reach="team")
    write(boss, name="Da mesa", reach="team")
    write(boss, name="Para lojistas", reach="sellers")

    assert names(cast.ana) == {"Da Ana", "Da loja", "Para lojistas"}
    assert names(cast.chefe) == {"Da loja", "Para lojistas"}
    assert names(cast.rival) == {"Para lojistas"}
    assert names(cast.marta) == {"Da mesa", "Para lojistas"}
    assert names(cast.cliente) == set()


def test_the_database_itself_shows_nobody_another_s(cast: Cast) -> None:
    write(cast.ana, name="Da Ana")
    write(cast.chefe, name="Da loja", reach="team")
    write(lead(cast), name="Para lojistas", reach="sellers")

    seen = {}
    for who in (cast.ana, cast.rival, cast.marta, cast.cliente):
        with reach.within(*who.owners):
            seen[who.name] = set(SavedReply.objects.values_list("name", flat=True))

    assert seen == {
        "Ana Lima": {"Da Ana", "Da loja", "Para lojistas"}, "Rui Rival": {"Para lojistas"},
        "Marta Mesa": {"Para lojistas"}, "Joana Prado": set(),
    }  # fmt: skip


def test_agents_write_for_themselves_who_leads_for_the_team_and_only_a_marketplace_for_sellers(cast: Cast) -> None:
    assert shelf.reaches(cast.ana) == [Reach.PERSONAL]
    assert shelf.reaches(cast.chefe) == [Reach.PERSONAL, Reach.TEAM]
    assert shelf.reaches(lead(cast)) == [Reach.PERSONAL, Reach.TEAM, Reach.SELLERS]
    assert shelf.reaches(cast.cliente) == []
    with pytest.raises(Refused, match="Escolha quem usa"):
        write(cast.ana, reach="team")
    with pytest.raises(Refused, match="Escolha quem usa"):
        write(cast.chefe, reach="sellers")


def test_a_seller_uses_what_the_marketplace_offers_and_changes_nothing_of_it(cast: Cast) -> None:
    offered = write(lead(cast), reach="sellers")

    assert not shelf.may_change(offered, cast.chefe)
    assert not shelf.may_change(offered, cast.marta)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"text": ""}, "text"),
        ({"text": "Oi {{cpf}}"}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"shortcut": "duas palavras"}, "shortcut"),
        ({"to": "partner"}, "to"),
        ({"action": "apagar-tudo"}, "action"),
        ({"tags": "x" * 41}, "tags"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(cast: Cast, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as no:
        write(cast.ana, **given)

    assert set(no.value.errors) == {field}


def test_a_name_and_a_shortcut_stand_once_on_a_shelf_however_they_are_spelled(cast: Cast) -> None:
    write(cast.ana, name="Atenção", shortcut="Saída")

    with pytest.raises(Refused) as no:
        write(cast.ana, name="ATENCAO", shortcut="/saida")
    other = write(cast.chefe, name="Atenção", shortcut="saida")

    assert set(no.value.errors) == {"name", "shortcut"}
    assert other.shortcut == "saida"


def test_the_log_tells_what_a_team_says_and_nothing_of_what_one_keeps_for_oneself(cast: Cast) -> None:
    write(cast.ana, name="Minha")
    write(cast.chefe, name="Da loja", reach="team")

    line = AuditLine.objects.get(what__startswith="saved_reply.")

    assert (line.what, line.about, line.seller_id) == ("saved_reply.written", "Da loja", cast.ana.seller_id)


def test_two_who_change_one_reply_do_not_write_over_each_other(cast: Cast) -> None:
    kept = write(cast.chefe, reach="team")
    kept.refresh_from_db()
    place = Membership.objects.select_related("marketplace", "seller", "partner", "person").get(
        person=cast.chefe.person_id
    )
    given = {"actor": cast.chefe, "by": Doer(place.person), "seen": kept.changed_at.isoformat()}
    later = MONDAY.replace(hour=15)
    keeping.change(of(place), kept, Writing("Um", "", "Olá."), at=later, **given)  # type: ignore[arg-type]

    with pytest.raises(Refused, match="Alguém mudou"):
        keeping.change(of(place), kept, Writing("Dois", "", "Oi."), at=later, **given)  # type: ignore[arg-type]

    kept.refresh_from_db()
    assert (kept.name, kept.text) == ("Um", "Olá.")


def test_what_is_looked_for_is_found_without_accents_in_names_shortcuts_and_words(cast: Cast) -> None:
    write(cast.ana, name="Devolução", shortcut="dev", text="O código de postagem vale {{prazo}}.")
    write(cast.ana, name="Outra", shortcut="out", text="Nada a ver.")

    for said in ("devolucao", "DEV", "codigo postagem", "prazo"):
        assert [one.name for one in shelf.find(cast.ana, said)] == ["Devolução"], said
    assert not shelf.find(cast.ana, "%")


def test_the_list_to_choose_from_costs_one_query_whatever_its_length(cast: Cast) -> None:
    for number in range(5):
        write(cast.ana, name=f"Texto {number}", shortcut="")
    before = len(connection.queries_log)
    with connection.execute_wrapper(_counting := _Counter()):
        assert len(list(shelf.offered(cast.ana))) == 5

    assert _counting.queries == 1
    assert before == len(connection.queries_log)


class _Counter:
    """Counts the statements that reach the database."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.queries += 1
        return execute(sql, params, many, context)
