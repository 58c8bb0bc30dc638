"""The page of the audit log: whose lines somebody reads, what they are narrowed by, and the file of them."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from tests.cast import Cast
from tests.tampering import owning, run
from tests.web.conftest import Enter
from tests.web.pages import flat
from tratativa.accounts import actors, audit, clock
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit import lines, registry
from tratativa.accounts.audit.lines import Narrowed
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.audit.registry import Told
from tratativa.accounts.models import Marketplace, Membership, Person, Role, Seller

BOX, TEAM, GONE = "test.box_changed", "test.person_invited", "test.gone"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in (
        Told(BOX, gettext_lazy("Mudou a caixa"), {"host": gettext_lazy("Servidor")}),
        Told(TEAM, gettext_lazy("Convidou uma pessoa"), {}),
        Told(GONE, "Sumiu", {}),
    ):
        monkeypatch.setitem(registry.REGISTRY, said.code, said)


@pytest.fixture
def boss(cast: Cast) -> Actor:
    person = Person.objects.create_user(email="boss@equipe.example", password=None, name="Bruna Boss")
    return actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN))


def say(cast: Cast, who: Actor, what: str = BOX, *, seller: Seller | None = None, about: str = "") -> AuditLine:
    return audit.record(
        cast.marketplace, what=what, who=Person.objects.get(pk=who.person_id), whence="203.0.113.9", about=about,
        before={"host": "antes.example"}, after={"host": "depois.example"}, organisation=seller,
    )  # fmt: skip


def shown(client: Client, **params: str) -> str:
    return flat(client.get(reverse("audit"), params).content.decode())


def test_nothing_happened_yet_and_the_page_says_what_will_stand_there(boss: Actor, enter: Enter) -> None:
    page = shown(enter(boss))

    assert "Nada registrado ainda" in page
    assert "Exportar" not in page


def test_a_line_says_who_when_from_where_what_and_before_and_after(cast: Cast, boss: Actor, enter: Enter) -> None:
    say(cast, boss, about="sac@loja.example")

    page = shown(enter(boss))

    for words in ("Bruna Boss", "203.0.113.9", "Mudou a caixa", "sac@loja.example", "Servidor:"):
        assert words in page
    assert "<del>antes.example</del>" in page
    assert "<ins>depois.example</ins>" in page


def test_a_command_is_named_where_nobody_acted(cast: Cast, boss: Actor, enter: Enter) -> None:
    audit.record(cast.marketplace, what=TEAM, by_command="setup")
    say(cast, boss)

    page = shown(enter(boss), who="commands")

    assert "comando setup" in page
    assert "<ins>depois.example</ins>" not in page


def test_a_sellers_administrator_reads_their_own_sellers_lines_only(cast: Cast, boss: Actor, enter: Enter) -> None:
    rival = Seller.objects.get(pk=cast.rival.seller_id)
    say(cast, cast.chefe, seller=cast.seller, about="da casa")
    say(cast, cast.rival, seller=rival, about="da rival")
    say(cast, boss, about="do marketplace")

    theirs, ours = shown(enter(cast.chefe)), shown(enter(boss))

    assert "da casa" in theirs
    assert "da rival" not in theirs
    assert "do marketplace" not in theirs
    assert "Bruna Boss" not in theirs  # neither in the filter
    assert all(words in ours for words in ("da casa", "da rival", "do marketplace", "Loja Rival"))


def test_another_marketplaces_lines_are_nobodys_here(cast: Cast, boss: Actor, enter: Enter) -> None:
    other = Marketplace.objects.create(slug="outro", name="Outro", rulebook="americanas")
    audit.record(other, what=BOX, by_command="setup", about="do outro")

    assert "do outro" not in shown(enter(boss))
    assert "do outro" not in enter(boss).get(reverse("audit_export")).getvalue().decode()


def test_agents_read_none_by_the_actor_either(cast: Cast) -> None:
    say(cast, cast.chefe, seller=cast.seller)

    assert not lines.visible(cast.ana).exists()
    assert not lines.visible(cast.marta).exists()


def test_the_log_is_narrowed_by_person_kind_and_day(cast: Cast, boss: Actor, enter: Enter) -> None:
    say(cast, boss, BOX, about="mudou a sac")
    say(cast, cast.marta, TEAM, about="convidou a lia")
    client, today = enter(boss), timezone.localdate(clock.asked()).isoformat()

    assert "convidou a lia" not in shown(client, who=str(boss.person_id))
    assert "mudou a sac" not in shown(client, what=TEAM)
    assert "mudou a sac" in shown(client, day=today)
    assert "Nada com estes filtros" in shown(client, day="2020-02-29")


@pytest.mark.parametrize(
    "params",
    [{"who": "x' or 1=1"}, {"what": "mailbox.eaten"}, {"day": "2026-02-30"}, {"day": "0001-01-01"},
     {"day": "9999-12-31"}, {"after": "não", "who": "1"}],
)  # fmt: skip
def test_a_filter_that_cannot_be_understood_shows_nothing_and_says_so(
    cast: Cast, boss: Actor, enter: Enter, params: dict[str, str]
) -> None:
    say(cast, boss, about="mudou a sac")

    answer = enter(boss).get(reverse("audit"), params)

    page = flat(answer.content.decode())
    assert answer.status_code == 200
    assert "mudou a sac" not in page
    assert "aria-invalid" in page


def test_pages_follow_each_other_newest_first(cast: Cast, boss: Actor, enter: Enter) -> None:
    for turn in range(60):
        say(cast, boss, about=f"vez {turn:02d}")
    client = enter(boss)

    first = client.get(reverse("audit"))
    second = flat(client.get(first.context["after_url"]).content.decode())

    page = flat(first.content.decode())
    assert page.index("vez 59") < page.index("vez 10")
    assert "vez 09" not in page
    assert "vez 09" in second
    assert "vez 10" not in second
    assert "Anteriores" in second


def test_a_longer_log_costs_no_more_queries(cast: Cast, boss: Actor, enter: Enter) -> None:
    client = enter(boss)
    say(cast, boss)
    client.get(reverse("audit"))  # what is remembered of the rules is read once
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("audit"))
    for turn in range(40):
        say(cast, cast.chefe if turn % 2 else boss, seller=cast.seller if turn % 2 else None)

    with CaptureQueriesContext(connection) as many:
        client.get(reverse("audit"))

    assert len(many) == len(one)


def test_a_page_is_read_from_an_index_and_nothing_is_sorted(cast: Cast, boss: Actor) -> None:
    person = Person.objects.get(pk=boss.person_id)
    AuditLine.objects.bulk_create(
        AuditLine(marketplace=cast.marketplace, who=person, what=BOX, seller=cast.seller if turn % 2 else None)
        for turn in range(3000)
    )
    with owning():
        run("analyze accounts_auditline")
    today = timezone.localdate(clock.asked())

    for actor, by in (
        (boss, Narrowed()), (boss, Narrowed(who=str(person.pk))), (boss, Narrowed(what=BOX)),
        (boss, Narrowed(day=today)), (cast.chefe, Narrowed()),
    ):  # fmt: skip
        page = lines.narrow(lines.visible(actor), by).select_related(None)[:51]
        plan = json.dumps(json.loads(page.explain(format="json")))
        assert "Index" in plan, plan
        assert '"Sort"' not in plan, plan
        assert "Seq Scan" not in plan, plan


def test_the_file_holds_the_lines_under_the_filters_and_is_a_line_itself(cast: Cast, boss: Actor, enter: Enter) -> None:
    say(cast, boss, BOX, about="=1+1")
    say(cast, boss, TEAM, about="convidou a lia")

    answer = enter(boss).get(reverse("audit_export"), {"what": BOX})

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert [row[6] for row in rows[1:]] == ["'=1+1"]
    assert rows[1][8:] == ["Servidor: antes.example", "Servidor: depois.example"]
    newest = AuditLine.objects.order_by("-at", "-id")[0]
    assert (newest.what, newest.who_id, newest.whence) == ("audit.exported", boss.person_id, "127.0.0.1")
    assert newest.after == {"kind": BOX, "lines": 1}


def test_a_sellers_file_is_a_line_of_the_seller(cast: Cast, enter: Enter) -> None:
    enter(cast.chefe).get(reverse("audit_export"))

    assert AuditLine.objects.get().seller == cast.seller


def test_a_code_of_long_ago_is_shown_as_it_was_kept(cast: Cast, boss: Actor, enter: Enter) -> None:
    audit.record(cast.marketplace, what=GONE, by_command="setup", after={"size": 3})
    del registry.REGISTRY[GONE]

    assert "Registro antigo: test.gone" in shown(enter(boss))


def test_days_and_moments_are_read_as_people_write_them_and_kept_as_they_are_in_the_file(
    cast: Cast, boss: Actor, enter: Enter
) -> None:
    after = {"host": "2026-12-10T00:00:00-03:00", "from": "2026-12-04", "version": "2026-13-40"}
    audit.record(cast.marketplace, what=BOX, by_command="prova", about="caixa", before={}, after=after)
    client = enter(boss)

    page = flat(client.get(reverse("audit")).text)
    sheet = client.get(reverse("audit_export")).getvalue().decode("utf-8-sig")

    assert "qui 10/12/2026 00:00" in page and "04/12/2026" in page and "2026-13-40" in page
    assert "2026-12-10T00:00" not in page
    assert "2026-12-10T00:00:00-03:00" in sheet
