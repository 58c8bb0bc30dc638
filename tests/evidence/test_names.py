"""Marketplaces under other names: a forged one passes for none, and a rename on record is none."""

import uuid

import pytest
from django.db import connection

from tests.cast import MONDAY
from tests.tampering import switched_off
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import ledger
from tratativa.cases.models import Case, Entry, Text
from tratativa.evidence import anchoring, faults, heads, walking
from tratativa.evidence.models import Anchor, Head
from tratativa.founding import companies


def run(sql: str, *values: object) -> None:
    with switched_off(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def kept() -> tuple[str, ...]:
    return tuple(anchoring.carried(one) for one in Anchor.objects.select_related("key"))


def forge(case: Case) -> Marketplace:
    """A second «americanas» with a copy of the case, other words in it, chained and signed as the desk does."""
    old, new, copy = case.marketplace_id, uuid.uuid4(), uuid.uuid4()
    run("update accounts_marketplace set slug = 'arquivo' where id = %s", old)
    run("insert into accounts_marketplace select (jsonb_populate_record(m, jsonb_build_object('id', %s::text, "
        "'slug', 'americanas'))).* from accounts_marketplace m where id = %s", str(new), old)  # fmt: skip
    run("insert into cases_case select (jsonb_populate_record(c, jsonb_build_object('id', %s::text, 'marketplace_id', "
        "%s::text))).* from cases_case c where id = %s", str(copy), str(new), case.pk)  # fmt: skip
    previous = ""
    with switched_off():
        for entry in list(Entry.objects.filter(case=case).select_related("words").order_by("number")):
            words = getattr(entry, "words", None)
            entry.pk, entry.case_id, entry.previous = uuid.uuid4(), copy, previous
            if "owners" in entry.data:
                entry.data["owners"]["marketplace"] = str(new)
            if words:
                words.body = f"FORJADO {words.body}"
                entry.digest = ledger.words_digest(words.body, words.salt, words.rich)
            entry.hash = previous = ledger.seal(entry)
            entry.save(force_insert=True)
            if words:
                values = {"salt": words.salt, "rich": words.rich, "audience": words.audience, "day": words.day}
                Text.objects.create(
                    entry=entry, case_id=copy, marketplace_id=new, seller_id=words.seller_id, body=words.body,
                    customer_id=words.customer_id, **values,
                )  # fmt: skip
    run("update cases_case set last_hash = %s where id = %s", previous, copy)
    run("insert into evidence_unchained (case_id) values (%s)", copy)
    heads.chain(at=MONDAY.replace(hour=22))
    anchoring.sign(at=MONDAY.replace(hour=22))
    return Marketplace.objects.get(pk=new)


def test_a_statement_names_the_chain_itself(signed: list[Case]) -> None:
    assert f'"chain": "{signed[0].marketplace_id}"' in Anchor.objects.get().statement


@pytest.mark.parametrize("alone", [False, True])
def test_a_forged_marketplace_under_the_old_name_is_found(signed: list[Case], alone: bool) -> None:
    before = kept()
    forged = forge(signed[1])

    found = walking.walk(marketplace_id=forged.pk if alone else None).faults

    assert [(one.chain, one.why) for one in found] == [("americanas 2026-11-23", faults.NAME_TAKEN)]
    assert walking.walk(marketplace_id=forged.pk if alone else None, kept=before).faults == found


def test_it_is_found_by_a_kept_anchor_where_the_old_chain_is_gone(signed: list[Case]) -> None:
    before = kept()
    forge(signed[1])
    old = signed[0].marketplace_id
    run("delete from evidence_anchor where marketplace_id = %s", old)
    run("delete from evidence_head where marketplace_id = %s", old)
    run("insert into evidence_unchained (case_id) select id from cases_case where marketplace_id = %s", old)

    assert walking.walk().faults == ()  # nothing inside can tell
    assert [one.why for one in walking.walk(kept=before).faults] == [faults.NO_ANCHOR]


def test_swapped_names_are_found(signed: list[Case]) -> None:
    here = signed[0].marketplace
    forged = forge(signed[1])
    for key, slug in ((here.pk, "x"), (forged.pk, "arquivo"), (here.pk, "americanas")):
        run("update accounts_marketplace set slug = %s where id = %s", slug, key)

    assert [one.why for one in walking.walk().faults] == [faults.NAME_TAKEN, faults.NAME_TAKEN]


def test_anchors_of_another_chain_are_found(signed: list[Case]) -> None:
    forged = forge(signed[1])
    run("delete from evidence_anchor where marketplace_id = %s", forged.pk)
    run("update evidence_anchor set marketplace_id = %s", forged.pk)

    assert faults.OTHER_CHAIN in [one.why for one in walking.walk().faults]


def test_a_rename_on_record_is_none(signed: list[Case]) -> None:
    companies.rename(signed[0].marketplace, "outro-nome", "Outro nome", by=Doer(command="prova"))

    assert walking.walk(kept=kept()).faults == ()


def test_a_rename_on_no_record_is_one(signed: list[Case]) -> None:
    run("update accounts_marketplace set slug = 'outro-nome'")

    assert [one.why for one in walking.walk().faults] == [faults.RENAMED]


def test_who_takes_a_name_given_up_since_is_no_forger(signed: list[Case]) -> None:
    companies.rename(signed[0].marketplace, "outro-nome", "Outro nome", by=Doer(command="prova"))
    companies.found("americanas", "Americanas nova", by=Doer(command="prova"))

    assert walking.walk(kept=kept()).faults == ()
    assert Head.objects.values("marketplace").distinct().count() == 1
