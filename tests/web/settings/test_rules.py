"""Regras: what applies and applied, read as of any day; drafts begun, edited by two, rehearsed and thrown away."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import MONDAY, Cast, local, rewrite
from tests.web.conftest import Enter
from tests.web.pages import flat
from tests.web.settings.test_people import admin
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import rulebook_versions
from tratativa.rulebook import shipped
from tratativa.studio import drafts, publications, publishing, rehearsing
from tratativa.studio.models import Demand, Draft, File, Rehearsal

ROOM = "/settings/rules/"


@pytest.fixture
def boss(cast: Cast) -> Actor:
    return admin(cast)


@pytest.fixture
def draft(cast: Cast, boss: Actor) -> Draft:
    return drafts.begin(cast.marketplace, "Prazos de dezembro", by=doer(boss), at=MONDAY)


def doer(actor: Actor) -> Doer:
    return Doer(Person.objects.get(pk=actor.person_id))


def page_of(draft: Draft) -> str:
    return f"{ROOM}drafts/{draft.pk}/"


def file(draft: Draft, path: str = "rulebook.yaml") -> File:
    return File.objects.get(draft=draft, path=path)


def carried(page: str) -> dict[str, str]:
    """What a form of the page carries of what was read on it."""
    return {
        name: found[1]
        for name in ("applies", "proposed")
        if (found := re.search(rf'name="{name}"\s+value="([^"]*)"', page))
    }


def test_the_room_says_what_applies_what_did_and_what_will(cast: Cast, enter: Enter, boss: Actor) -> None:
    rewrite(cast.marketplace, lambda data: data.update(title="Nova Americanas"), at=local("2026-11-20 10:00"))
    rewrite(cast.marketplace, lambda data: data.update(title="Ainda não"), at=local("2026-12-01 00:00"))

    page = enter(boss).get(ROOM)

    assert "Nova Americanas" in page.text and "Vale desde sex 20/11/2026 10:00" in " ".join(page.text.split())
    assert "A publicação 3 já foi feita e passa a valer em ter 01/12/2026 00:00" in page.text
    assert "Valeu de qui 01/01/2026 00:00 a sex 20/11/2026 10:00" in " ".join(page.text.split())
    assert "Nenhum. Num rascunho" in page.text


def test_the_rules_are_read_as_they_were_on_a_day(cast: Cast, enter: Enter, boss: Actor) -> None:
    def longer(data: dict[str, list[dict[str, object]]]) -> None:
        data["deadlines"][0]["within"] = "99 hours"

    rewrite(cast.marketplace, longer, at=local("2026-11-20 10:00"))  # type: ignore[arg-type]
    named = rulebook_versions.in_force(cast.marketplace.pk).deadlines[0].id
    desk = enter(boss)

    def read(day: str) -> str:
        page = desk.get(f"{ROOM}on?day={day}", follow=True)
        link = re.search(rf'href="([^"]+/deadline/{named})"', page.text)
        assert link
        return desk.get(link[1]).text

    assert "99 horas" in read("2026-11-20") and "99 horas" not in read("2026-11-19")


def test_a_day_is_told_in_its_own_tense_and_none_before_there_were_rules(cast: Cast, enter: Enter, boss: Actor) -> None:
    rewrite(cast.marketplace, lambda data: data.update(title="Dezembro"), at=local("2026-12-01 00:00"))
    desk = enter(boss)

    def read(day: str) -> str:
        return flat(desk.get(f"{ROOM}on?day={day}", follow=True).text)

    assert "que valiam em 22/11/2026" in read("2026-11-22")
    assert "que valem hoje" in read("2026-11-23")
    ahead = read("2026-12-02")
    assert "que valerão em 02/12/2026" in ahead and "Dezembro" in ahead
    before = read("2025-12-31")
    assert "Nesse dia ainda não havia regras." in before and "Estas são as regras" not in before


def test_a_day_on_which_other_rules_applied_is_not_said_of_these(cast: Cast, enter: Enter, boss: Actor) -> None:
    key = rulebook_versions.adoption(cast.marketplace.pk).pk
    rewrite(cast.marketplace, lambda data: data.update(title="Outra"), at=local("2026-11-20 10:00"))

    page = enter(boss).get(f"{ROOM}versions/{key}/", {"day": "2026-11-22"})

    assert page.status_code == 200 and "valiam" not in page.text


def test_a_case_from_before_the_first_rules_lives_under_them(cast: Cast) -> None:
    long_ago = local("2020-01-01 10:00")

    assert rulebook_versions.applied_at(cast.marketplace.pk, long_ago) is None
    assert rulebook_versions.adoption(cast.marketplace.pk, at=long_ago)


@pytest.mark.parametrize("day", ["", "ontem", "0000-01-01", "9999-12-31x"])
def test_a_day_that_is_none_leads_back(cast: Cast, enter: Enter, boss: Actor, day: str) -> None:
    page = enter(boss).get(f"{ROOM}on", {"day": day}, follow=True)

    assert "Escolha um dia." in page.text


def test_a_draft_is_begun_saved_checked_and_thrown_away(cast: Cast, enter: Enter, boss: Actor) -> None:
    desk = enter(boss)
    page = desk.post(f"{ROOM}drafts/begin", {"name": "Natal"}, follow=True)
    draft = Draft.objects.get()
    assert "Nenhum problema: estas regras podem ser publicadas." in page.text

    kept = file(draft)
    words = kept.text.replace("title: ", "titel: ", 1)
    saved = desk.post(page_of(draft), {"file": kept.path, "revision": kept.revision, "text": words}, follow=True)
    asks = desk.get(f"{page_of(draft)}discard")
    over = desk.post(f"{page_of(draft)}discard", {"revision": 1})
    draft.refresh_from_db()
    desk.post(f"{page_of(draft)}discard", {"revision": draft.revision})

    line = words[: words.index("titel")].count("\n") + 1
    assert f"rulebook.yaml:{line}</a>" in saved.text and f"file=rulebook.yaml&amp;line={line}#editor" in saved.text
    assert "some com todos os seus arquivos" in asks.text
    assert over.status_code == 409 and "Nada foi descartado" in over.text
    assert not Draft.objects.exists()
    assert [line.what for line in AuditLine.objects.order_by("at", "id")] == [
        "rules.draft_begun", "rules.draft_saved", "rules.draft_discarded",
    ]  # fmt: skip


def test_who_saves_over_what_another_saved_is_told_who_and_when_and_loses_nothing(
    cast: Cast, enter: Enter, boss: Actor, draft: Draft
) -> None:
    kept, other = file(draft), Person.objects.create_user(email="rita@equipe.example", password="x", name="Rita Régua")
    Membership.objects.create(person=other, marketplace=cast.marketplace, role="admin")
    desk = enter(boss)
    hers = kept.text + "# da Rita\n"
    File.objects.filter(pk=kept.pk).update(
        text=hers, revision=7, changed_by=other, changed_at=local("2026-11-23 09:10")
    )

    page = desk.post(page_of(draft), {"file": kept.path, "revision": kept.revision, "text": kept.text + "# meu\n"})

    assert page.status_code == 409
    assert "Rita Régua guardou rulebook.yaml hoje 09:10" in " ".join(page.text.split())
    assert "# da Rita" in page.text and "# meu" in page.text and 'name="revision" value="7"' in page.text
    assert file(draft).text == hers
    joined = desk.post(page_of(draft), {"file": kept.path, "revision": 7, "text": hers + "# meu\n"})
    assert joined.status_code == 302 and file(draft).text == hers + "# meu\n"


def test_two_who_save_different_files_do_not_stand_in_each_others_way(enter: Enter, boss: Actor, draft: Draft) -> None:
    desk, first, second = enter(boss), file(draft), file(draft, "actions.yaml")

    for one in (first, second):
        desk.post(page_of(draft), {"file": one.path, "revision": one.revision, "text": one.text + "# mais\n"})

    assert all(file(draft, one.path).text.endswith("# mais\n") for one in (first, second))


def test_files_are_added_and_taken_away_but_never_the_one_a_rulebook_is(
    enter: Enter, boss: Actor, draft: Draft
) -> None:
    desk = enter(boss)
    for path in ("templates/novo.md", "../fora.yaml", "a.py", "/etc/x.yaml", ".oculto.yaml", "templates/NOVO.md"):
        desk.post(f"{page_of(draft)}add", {"path": path})
    new = set(draft.files.values_list("path", flat=True)) - {one.path for one in draft.files.filter(revision=1)}

    asked = {"file": "templates/novo.md", "revision": file(draft, "templates/novo.md").revision}
    stale = desk.post(f"{page_of(draft)}remove", asked | {"revision": 1})
    desk.post(f"{page_of(draft)}remove", asked)
    refused = desk.post(f"{page_of(draft)}remove", {"file": "rulebook.yaml"}, follow=True)

    assert new == {"templates/novo.md"}
    assert stale.status_code == 409 and "Ele não foi tirado" in stale.text
    assert not draft.files.filter(path="templates/novo.md").exists()
    assert "Sem rulebook.yaml não há regras." in refused.text and file(draft)


def zipped(files: dict[str, str]) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, words in files.items():
            archive.writestr(path, words)
    return SimpleUploadedFile("minhas-regras.zip", packed.getvalue(), "application/zip")


def test_a_zip_becomes_a_draft_whatever_the_linter_says_and_a_hostile_one_none(
    cast: Cast, enter: Enter, boss: Actor
) -> None:
    folder = shipped.folder("essencial")
    assert folder
    files = {
        f"meu/{one.relative_to(folder)}": one.read_text()
        for one in folder.rglob("*")
        if one.suffix != ".png" and one.is_file()
    }
    desk = enter(boss)

    refused = desk.post(f"{ROOM}drafts/import", {"zip": zipped({"../fora.yaml": "x"})})
    nothing = desk.post(f"{ROOM}drafts/import")
    page = desk.post(f"{ROOM}drafts/import", {"zip": zipped(files | {"meu/actions.yaml": "- label: X\n"})}, follow=True)

    assert refused.status_code == 422 and "caminho que sai da pasta" in refused.text
    assert nothing.status_code == 422 and "Escolha um arquivo ZIP." in nothing.text
    assert Draft.objects.get().name == "minhas-regras"
    assert "actions.yaml:1</a>" in page.text


def test_stories_are_asked_for_once_and_told_with_file_and_line(enter: Enter, boss: Actor, draft: Draft) -> None:
    desk = enter(boss)
    desk.post(f"{page_of(draft)}rehearse")
    desk.post(f"{page_of(draft)}rehearse")
    waits = desk.get(page_of(draft)).text
    Rehearsal.objects.update(
        state="done", passed=4, failed=1, ended_at=MONDAY,
        told=["✗ O prazo passa", "  scenarios/prazos.yaml:12: o prazo é outro", "      esperado: met"],
    )  # fmt: skip

    done = desk.get(f"{page_of(draft)}rehearsal").text

    assert Rehearsal.objects.count() == 1 and "O ensaio espera a sua vez." in waits and "every 3s" in waits
    assert "Histórias que passaram: 4. Que falharam: 1." in done and "every 3s" not in done
    assert "scenarios%2Fprazos.yaml&amp;line=12#editor" in done
    assert rehearsing.last(draft).asked_by.name  # type: ignore[union-attr]


def test_a_story_of_a_former_moment_is_told_in_words_and_made_to_expect_the_present_one(
    enter: Enter, boss: Actor, draft: Draft
) -> None:
    desk, path = enter(boss), "scenarios/mais.yaml"
    desk.post(f"{page_of(draft)}add", {"path": path, "text": "# minha\n- {scenario: X, now: 2026-11-23 09:00}\n"})
    draft.refresh_from_db()
    asked = rehearsing.ask(draft, by=doer(boss), at=MONDAY)
    told = {
        "story": "O pedido atrasa", "file": path, "line": 2, "what": "o prazo «Responder» é outro", "loc": [0, "now"],
        "expected": "2026-11-23 09:00", "actual": "due 2026-11-24 09:00", "gives": "2026-11-24 09:00",
    }  # fmt: skip
    Rehearsal.objects.update(state="done", revision=draft.revision, failed=1, ended_at=MONDAY, told=[told])
    form = {"rehearsal": str(asked.pk), "offer": "0"}

    page = flat(desk.get(page_of(draft)).text)
    stale = desk.post(f"{page_of(draft)}stories", form | {"rehearsal": "another"}, follow=True).text
    done = desk.post(f"{page_of(draft)}stories", form, follow=True).text
    twice = desk.post(f"{page_of(draft)}stories", form, follow=True).text

    assert "o prazo «Responder» é outro: a história diz 23/11/2026 09:00, e com o rascunho é 24/11/2026" in page
    assert "A história passa a esperar 24/11/2026 09:00" in page
    assert "Houve outro ensaio" in stale and "1 momento mudou nas histórias" in done
    assert file(draft, path).text == "# minha\n- {scenario: X, now: '2026-11-24 09:00'}\n"
    assert "Houve outro ensaio" in twice and Rehearsal.objects.filter(state="waits").count() == 1


def test_the_rooms_ask_no_more_of_the_database_for_more_rows(
    cast: Cast, enter: Enter, boss: Actor, draft: Draft, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        drafts.begin(cast.marketplace, f"Mais {number}", by=doer(boss), at=MONDAY)
        rewrite(
            cast.marketplace, lambda data, n=number: data.update(title=f"T{n}"), at=local(f"2026-11-1{number} 10:00")
        )  # type: ignore[misc]
    desk = enter(boss)
    desk.get(ROOM)

    with django_assert_max_num_queries(16):
        desk.get(ROOM)
    with django_assert_max_num_queries(16):
        desk.get(page_of(draft))


def test_it_is_read_in_english_too(enter: Enter, boss: Actor, draft: Draft, settings: Settings) -> None:
    desk = enter(boss)
    desk.post("/language", {"language": "en"})

    assert "No problems: these rules can be published." in desk.get(page_of(draft)).text
    assert ">Rules<" in desk.get(ROOM).text


def test_a_draft_is_compared_and_published_from_a_date_with_its_stories_proven(
    cast: Cast, enter: Enter, boss: Actor, draft: Draft
) -> None:
    desk = enter(boss)
    kept = file(draft, "deadlines.yaml")
    words = kept.text.replace("{first_of: [12 business hours, 24 hours]}", "36 hours", 1)
    desk.post(page_of(draft), {"file": kept.path, "revision": kept.revision, "text": words})
    draft.refresh_from_db()
    shown = desk.get(f"{page_of(draft)}publish").text
    form = {"name": "Prazos", "from": "2026-12-01T00:00", "revision": draft.revision, **carried(shown)}

    unproven = desk.post(f"{page_of(draft)}publish", form)
    past = desk.post(f"{page_of(draft)}publish", form | {"unproven": "yes", "from": "2026-11-01T00:00"})
    Rehearsal.objects.create(
        draft=draft,
        revision=draft.revision,
        state="done",
        passed=9,
        asked_by=draft.made_by,
        asked_at=MONDAY,
        ended_at=MONDAY,
    )
    done = desk.post(f"{page_of(draft)}publish", form, follow=True)

    assert "36 horas" in shown and "As histórias não foram encenadas" in shown
    assert unproven.status_code == 422 and "Ensaie as histórias antes" in unproven.text
    assert past.status_code == 422 and "As regras não valem para trás" in past.text
    assert "A publicação 2 já foi feita e passa a valer em ter 01/12/2026 00:00" in done.text
    assert "«Prazos» vale a partir de" in done.text
    assert not Draft.objects.exists()


def test_two_publish_in_the_pages(cast: Cast, enter: Enter, boss: Actor, draft: Draft) -> None:
    other = Person.objects.create_user(email="rita@equipe.example", password="x", name="Rita Régua")
    place = Membership.objects.create(person=other, marketplace=cast.marketplace, role="admin")
    first, second = enter(boss), enter(actors.of_membership(place))
    kept = file(draft)
    first.post(
        page_of(draft),
        {"file": kept.path, "revision": kept.revision, "text": kept.text.replace("title: ", "title: Nova ", 1)},
    )
    draft.refresh_from_db()
    first.post(f"{ROOM}two", {"do": "demand"})

    shown = first.get(f"{page_of(draft)}publish").text
    read = carried(shown)
    assert "quem passou a administrar depois que as duas passaram a ser exigidas" in " ".join(shown.split())

    proposed = first.post(
        f"{page_of(draft)}publish",
        {"name": "Natal", "revision": draft.revision, "unproven": "yes", **read},
        follow=True,
    )
    blind = second.post(f"{page_of(draft)}unpropose", {"revision": draft.revision})
    seen = second.get(f"{page_of(draft)}publish").text
    agreed = {"revision": draft.revision, **carried(seen)}
    alone = first.post(f"{page_of(draft)}agree", agreed)
    left_out = second.post(f"{page_of(draft)}agree", {"revision": draft.revision})
    done = second.post(f"{page_of(draft)}agree", agreed, follow=True)

    assert "Quem propôs não é a segunda pessoa." in proposed.text
    assert (alone.status_code, left_out.status_code) == (422, 422)
    assert blind.status_code == 409 and "Leia a proposta antes" in blind.text
    assert "Concordar e publicar" in seen and "<strong>Natal</strong>" in done.text
    assert "Publicada por Otávio Sá, com Rita Régua." in " ".join(done.text.split())


def test_a_publication_is_gone_back_from_after_a_question(cast: Cast, enter: Enter, boss: Actor) -> None:
    rewrite(cast.marketplace, lambda data: data.update(title="Nova Americanas"), at=local("2026-11-20 10:00"))
    key = rulebook_versions.adoption(cast.marketplace.pk, at=local("2026-11-22 10:00")).pk
    desk = enter(boss)

    asked = desk.get(f"{ROOM}versions/{key}/withdraw").text
    done = desk.post(f"{ROOM}versions/{key}/withdraw", carried(asked), follow=True)

    assert "As regras da publicação 1 são publicadas de novo." in asked
    assert "Americanas Marketplace vale a partir de" in done.text and "Publicação 3." in done.text


@pytest.mark.parametrize("which", ["2026-12-01 00:00", "2026-12-10 00:00"])
def test_of_publications_that_wait_the_one_that_is_withdrawn_waits_no_more(
    which: str, cast: Cast, enter: Enter, boss: Actor
) -> None:
    for title, day in (("Natal", "2026-12-01 00:00"), ("Páscoa", "2026-12-10 00:00")):
        rewrite(cast.marketplace, lambda data, title=title: data.update(title=title), at=local(day), made_at=MONDAY)  # type: ignore[misc]
    known = publications.waiting(publications.history(cast.marketplace, at=MONDAY))
    gone = next(one for one in known if one.adoption.from_at == local(which))
    desk = enter(boss)

    asked = flat(desk.get(f"{ROOM}versions/{gone.adoption.pk}/withdraw").text)
    done = flat(desk.post(f"{ROOM}versions/{gone.adoption.pk}/withdraw", carried(asked), follow=True).text)

    stays = next(one for one in known if one != gone)
    assert f"Retirar a publicação {gone.number}" in asked
    assert f"A publicação {gone.number} não chega a valer" in asked
    assert f"A publicação {gone.number} foi retirada e não chega a valer." in done
    assert re.findall(r"A publicação (\d+) já foi feita", done) == [str(stays.number)]
    assert "Foi retirada antes de valer." in done and "outra tomou o lugar" not in done


def test_what_one_goes_back_to_is_called_by_the_publication_it_began_with(cast: Cast) -> None:
    for title, day in (("Natal", "2026-12-01 00:00"), ("Páscoa", "2026-12-10 00:00")):
        rewrite(cast.marketplace, lambda data, title=title: data.update(title=title), at=local(day), made_at=MONDAY)  # type: ignore[misc]
    boss = doer(admin(cast))
    for minutes in (1, 2):
        now = MONDAY + timedelta(minutes=minutes)
        known = publications.history(cast.marketplace, at=now)
        publishing.withdraw(cast.marketplace, publications.waiting(known)[0].adoption, by=boss, at=now)

    history = publications.history(cast.marketplace, at=local("2026-12-11 00:00"))

    assert not publications.waiting(publications.history(cast.marketplace, at=MONDAY))
    assert {one.name for one in history if one.name.startswith("Volta")} == {"Volta à publicação 1"}


def test_where_two_publish_going_back_begins_a_draft_to_be_proposed(cast: Cast, enter: Enter, boss: Actor) -> None:
    rewrite(cast.marketplace, lambda data: data.update(title="Nova Americanas"), at=local("2026-11-20 10:00"))
    key = rulebook_versions.adoption(cast.marketplace.pk, at=local("2026-11-22 10:00")).pk
    Demand.objects.create(marketplace=cast.marketplace, made_by_id=boss.person, made_at=local("2026-11-22 10:00"))
    desk = enter(boss)

    asked = desk.get(f"{ROOM}versions/{key}/withdraw").text
    led = desk.post(f"{ROOM}versions/{key}/withdraw", follow=True)

    assert "Propor a volta" in asked and "Voltar a elas" not in asked
    assert "Volta à publicação 1" in led.text and led.redirect_chain[-1][0].endswith("/publish")
    assert rulebook_versions.in_force(cast.marketplace.pk, at=local("2026-11-28 10:00")).title == "Nova Americanas"


def test_an_everyday_change_needs_no_yaml(enter: Enter, boss: Actor, draft: Draft) -> None:
    desk = enter(boss)
    listed = desk.get(f"{page_of(draft)}changes/")
    address = f"{page_of(draft)}changes/deadlines/1/"
    revision = file(draft, "deadlines.yaml").revision
    form = {
        "revision": revision, "label": "Responder ao marketplace", "amount": "3", "unit": "business days", "pick": "",
        "amount2": "", "unit2": "hours", "warn_at": "80",
    }  # fmt: skip

    wrong = desk.post(address, form | {"amount": "três"})
    stale = desk.post(address, form | {"revision": revision + 1})
    saved = desk.post(address, form, follow=True)
    excepted = desk.post(
        address,
        {"revision": file(draft, "deadlines.yaml").revision, "do": "except", "new.label": "Ouro",
         "new.fact": "seller.tier", "new.values": "ouro", "new.amount": "5", "new.unit": "days", "new.pick": "",
         "new.amount2": "", "new.unit2": "hours"},
        follow=True,
    )  # fmt: skip

    assert (address in listed.text and "um dia útil" in listed.text) or "1 dia útil" in listed.text
    assert wrong.status_code == 422 and "Escreva um número inteiro" in wrong.text and 'value="três"' in wrong.text
    assert stale.status_code == 409 and "depois que você o abriu" in stale.text
    assert "Guardado no rascunho." in saved.text and "within: 3 business days" in file(draft, "deadlines.yaml").text
    assert "Tirar «Ouro»" in excepted.text
    assert desk.get(f"{page_of(draft)}changes/deadlines/99/").status_code == 404
    assert desk.get(f"{page_of(draft)}changes/nada/0/").status_code == 404


def test_a_draft_says_when_other_rules_apply_than_those_it_began_from(
    cast: Cast, enter: Enter, boss: Actor, draft: Draft
) -> None:
    desk, behind = enter(boss), "mudaram depois que este rascunho começou"
    before = desk.get(page_of(draft)).text

    rewrite(cast.marketplace, lambda data: data.update(title="Outra"), at=local("2026-11-23 09:20"))

    assert behind not in before and behind in desk.get(page_of(draft)).text


def test_what_was_written_in_a_file_somebody_took_away_is_kept_by_creating_it_again(
    enter: Enter, boss: Actor, draft: Draft
) -> None:
    desk, kept = enter(boss), file(draft, "scenarios/prazos.yaml")
    kept.delete()

    page = desk.post(page_of(draft), {"file": kept.path, "revision": kept.revision, "text": "# o que escrevi\n"})
    desk.post(f"{page_of(draft)}add", {"path": kept.path, "text": "# o que escrevi\n"})

    assert page.status_code == 409 and "# o que escrevi" in page.text and "Criar o arquivo de novo" in page.text
    assert file(draft, kept.path).text == "# o que escrevi\n"


def test_a_draft_opens_on_what_is_changed_every_day_and_where_it_stands(
    enter: Enter, boss: Actor, draft: Draft
) -> None:
    desk = enter(boss)

    fresh = desk.get(page_of(draft)).text
    kept = file(draft, "deadlines.yaml")
    desk.post(page_of(draft), {"file": kept.path, "revision": kept.revision, "text": "- label: X\n"})
    broken = desk.get(page_of(draft)).text

    assert "<textarea" not in fresh and "Prazos</span>" in fresh and "Os 1" in fresh
    assert now(fresh) == "Mudar" and "Ainda é o que vale hoje." in fresh
    assert now(broken) == "Conferir"
    assert "<textarea" in desk.get(f"{page_of(draft)}?file=rulebook.yaml").text
    assert desk.get(f"{page_of(draft)}?file=nada.yaml").status_code == 404


def now(page: str) -> str:
    """The step the page says is the one to take."""
    found = re.search(r'aria-current="step".*?<strong>([^<]+)</strong>', page, re.DOTALL)
    return found[1] if found else ""


def test_words_for_a_new_file_that_another_person_made_meanwhile_are_kept_beside_theirs(
    enter: Enter, boss: Actor, draft: Draft
) -> None:
    page = enter(boss).post(f"{page_of(draft)}add", {"path": "actions.yaml", "text": "# o que escrevi\n"})

    assert page.status_code == 409 and "# o que escrevi" in page.text and "guardou actions.yaml" in page.text


def test_the_calendar_leads_to_the_form_of_hours_and_everyday_things_are_called_by_their_words(
    cast: Cast, enter: Enter, boss: Actor
) -> None:
    desk = enter(boss)
    assert "Mudar horários num rascunho" in desk.get("/settings/calendar/").text

    form = desk.post(f"{ROOM}drafts/begin", {"name": "Horários", "to": "hours"}, follow=True)
    draft = Draft.objects.get()
    changes = flat(desk.get(f"{page_of(draft)}changes/").text)
    desk.post("/language", {"language": "en"})
    english = desk.get(f"{page_of(draft)}changes/deadlines/0/").text
    address = f"{page_of(draft)}changes/hours/hours/"
    wrong = desk.post(address, {"mon": "18:00-08:00", "revision": file(draft).revision}).text

    assert "Horário de atendimento" in form.text
    assert "Responder à demanda" in changes and "Vem de «Comércio eletrônico»" in changes
    assert "É proibido cobrar o cliente em qualquer canal" in changes
    assert "Seller tier" in english or "tier" in english.lower()
    assert "Write hours like 08:00-12:00" in wrong
