"""Respostas prontas in Ajustes: written, found, changed, copied and deleted, by whom the table of rights says."""

from tests.cast import Cast
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tratativa.accounts.audit.models import AuditLine
from tratativa.saved_replies.models import SavedReply

ROOM = "/settings/replies/"


def form(**given: str) -> dict[str, str]:
    return {
        "name": "Atraso", "shortcut": "atraso", "text": "Oi, {{primeiro nome}}.", "reach": "personal", "to": "",
        "tags": "atraso", "action": "", **given,
    }  # fmt: skip


def test_an_agent_writes_one_for_themselves_and_finds_it(cast: Cast, enter: Enter) -> None:
    page = enter(cast.ana)
    assert "Ainda não há respostas prontas" in page.get(ROOM).text

    done = page.post(f"{ROOM}new", form(), follow=True)

    assert "«Atraso» está pronta para usar." in done.text
    assert "/atraso" in page.get(f"{ROOM}?q=PRIMEIRO+nome").text
    assert "Nenhuma resposta assim" in page.get(f"{ROOM}?q=voucher").text
    assert "Atraso" not in enter(cast.chefe).get(ROOM).text


def test_what_was_written_stays_in_the_form_beside_what_is_wrong_with_it(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post(f"{ROOM}new", form(text="Oi, {{cpf}}, veja isto."))

    assert answer.status_code == 422
    assert "Não existe a lacuna: cpf." in answer.text
    assert "Oi, {{cpf}}, veja isto." in answer.text
    assert not SavedReply.objects.exists()


def test_the_team_s_is_changed_by_who_leads_and_copied_by_who_answers(cast: Cast, enter: Enter) -> None:
    enter(cast.chefe).post(f"{ROOM}new", form(reach="team"))
    shared = SavedReply.objects.get()
    ana = enter(cast.ana)

    refused = ana.post(f"{ROOM}{shared.pk}/", form(name="Minha", seen=shared.changed_at.isoformat()))
    not_deleted = ana.post(f"{ROOM}{shared.pk}/delete")
    copied = ana.post(f"{ROOM}{shared.pk}/copy", follow=True)

    assert (refused.status_code, not_deleted.status_code) == (403, 403)
    assert "quem lidera a equipe a muda" in ana.get(f"{ROOM}{shared.pk}/").text
    assert "Esta é a cópia: «Atraso (cópia)»." in copied.text
    mine = SavedReply.objects.get(reach="personal")
    assert (mine.person_id, mine.text) == (cast.ana.person_id, "Oi, {{first_name}}.")


def test_what_the_marketplace_offers_is_read_by_sellers_and_not_changed(cast: Cast, enter: Enter) -> None:
    boss = enter(admin(cast))
    boss.post(f"{ROOM}new", form(reach="sellers"))
    offered = SavedReply.objects.get()

    page = enter(cast.chefe).get(ROOM).text
    refused = enter(cast.chefe).post(f"{ROOM}{offered.pk}/delete")

    assert "Do marketplace" in page
    assert refused.status_code == 403
    assert [line.what for line in AuditLine.objects.filter(what__startswith="saved_reply.")] == ["saved_reply.written"]


def test_a_change_and_a_deletion_are_in_the_log_with_what_they_were(cast: Cast, enter: Enter) -> None:
    chefe = enter(cast.chefe)
    chefe.post(f"{ROOM}new", form(reach="team"))
    kept = SavedReply.objects.get()

    chefe.post(f"{ROOM}{kept.pk}/", form(text="Olá, {{cliente}}.", seen=kept.changed_at.isoformat()))
    chefe.post(f"{ROOM}{kept.pk}/delete")

    changed = AuditLine.objects.get(what="saved_reply.changed")
    assert (changed.before, changed.after) == ({"text": "Oi, {{first_name}}."}, {"text": "Olá, {{customer}}."})
    assert AuditLine.objects.filter(what="saved_reply.deleted", about="Atraso").exists()
    assert not SavedReply.objects.exists()


def test_one_who_only_reads_writes_none(cast: Cast, enter: Enter) -> None:
    page = enter(cast.ana).get("/settings/account/").text

    assert 'href="/settings/replies/"' in page
