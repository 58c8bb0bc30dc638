"""Row-level security: whose every row is, kept by PostgreSQL beneath whatever a query forgot to ask (ADR 56).

`tratativa migrate` puts it there, after the tables and beside the rights (`serve.roles`). Who owns the tables passes by
it; who serves does not.
"""

import hashlib
from typing import Any

from django.db import connection, transaction

from tratativa.serve import searching

_REACHED = "{} = any((select public.reach())::uuid[])"  # asked once a query, not once a row

# Keys on the row itself, and beside them how a row is found by the one it hangs on.
OWNED = {
    "cases_attachment": ("added_by",),  # until it is sent
    "cases_draft": ("author_id",),
    "cases_opencase": ("person_id",),
    "accounts_absence": ("marketplace_id", "seller_id"),
    "cases_queueassignment": ("marketplace_id", "seller_id"),
    "cases_sharedview": ("marketplace_id", "seller_id"),
    "accounts_auditline": ("marketplace_id", "seller_id", "partner_id"),
    "accounts_customer": ("marketplace_id", "id"),
    "cases_case": ("marketplace_id", "seller_id", "customer_id", "partner_id"),
    "cases_followup": ("marketplace_id",),
    "cases_folder": ("marketplace_id",),
    "studio_draft": ("marketplace_id",),
    "founding_sheet": ("marketplace_id",),
    "batches_batch": ("marketplace_id", "seller_id"),
    "studio_demand": ("marketplace_id",),
    "cases_sendsatonce": ("person_id",),
    "cases_snooze": ("owner_id",),
    "cases_tag": ("owner_id",),
    "cases_text": ("marketplace_id", "seller_id", "customer_id"),
    "notices_choice": ("person_id",),
    "notices_digest": ("person_id",),
    "notices_hours": ("person_id",),
    "notices_notice": ("person_id",),
    "notices_pushed": ("person_id",),
    "notices_subscription": ("person_id",),
    "mail_arrival": ("marketplace_id",),
    "mail_letter": ("marketplace_id",),
    "mail_mailbox": ("marketplace_id",),
    "orders_command": ("marketplace_id", "customer_id"),
    "orders_lookup": ("marketplace_id", "customer_id"),
    "orders_order": ("marketplace_id", "seller_id", "customer_id"),
    "orders_return": ("marketplace_id",),
    "orders_voucher": ("marketplace_id", "customer_id"),
    "cases_mark": ("seller_id",),
    "saved_replies_savedreply": ("owner_id",),
    "reputation_sanction": ("marketplace_id", "seller_id"),
}
HANGS_ON = {
    "accounts_customer": (("customer_of_an_order", "id"), ("customer_of_a_case", "id")),
    "accounts_registration": (("customer", "customer_id"),),
    "batches_item": (("batch", "batch_id"),),
    "cases_attachment": (("case", "case_id"), ("draft", "draft_id")),
    "cases_deadline": (("case", "case_id"),),
    "cases_draft": (("case", "case_id"),),
    "cases_entry": (("case", "case_id"),),
    "cases_escalation": (("case", "child_id"),),
    "cases_fieldvalue": (("case", "case_id"),),
    "cases_followup": (("case", "case_id"),),
    "cases_held": (("case", "case_id"),),
    "cases_mark": (("case", "case_id"),),
    "cases_opencase": (("case", "case_id"),),
    "cases_pressed": (("case", "case_id"),),
    "cases_report": (("case", "case_id"),),
    "cases_request": (("case", "case_id"),),
    "cases_sharedfield": (("text", "text_id"),),
    "cases_stuck": (("case", "case_id"),),
    "cases_survey": (("case", "case_id"),),
    "cases_tagging": (("tag", "tag_id"),),
    "cases_text": (("case", "case_id"),),
    "mail_arrival": (("case", "case_id"),),
    "mail_letter": (("case", "case_id"),),
    "mail_participant": (("case", "case_id"),),
    "orders_command": (("order", "order_id"),),
    "orders_invoice": (("order", "order_id"),),
    "orders_line": (("order", "order_id"),),
    "orders_milestone": (("order", "order_id"),),
    "orders_order": (("order_of_a_case", "id"),),
    "orders_payout": (("order", "order_id"),),
    "orders_return": (("order", "order_id"),),
    "orders_rupture": (("order", "order_id"),),
    "playbooks_run": (("case", "case_id"),),
    "reputation_step": (("sanction", "sanction_id"),),
    "replay_replay": (("draft_of_rules", "draft_id"),),
    "studio_file": (("draft_of_rules", "draft_id"),),
    "studio_rehearsal": (("draft_of_rules", "draft_id"),),
}
# A file that was not sent belongs to no marketplace, and one that the clock put by to no person either.
NOBODYS_YET = {"cases_attachment": ("(select public.reaches_all())", "(case_id is null and added_by is null)")}
# Known to whoever knows both of the cases it is about.
BOTH = {"cases_tie": ("(public.knows_case(first_id) and public.knows_case(second_id))",)}
# A team's or a person's own, and no row of the marketplace's: the operator reaches them beside every marketplace's.
OWN = dict.fromkeys(
    (
        "cases_sendsatonce", "cases_snooze", "cases_tag", "saved_replies_savedreply", "notices_choice",
        "notices_digest", "notices_hours", "notices_notice", "notices_pushed", "notices_subscription",
    ),
    ("(select public.reaches_all())",),
)  # fmt: skip
# What a marketplace offers its sellers is in reach of each of them; to change it is not theirs (`saved_replies.shelf`).
OFFERED = {
    "saved_replies_savedreply": (
        "(reach = 'sellers' and exists (select from public.accounts_seller s where s.marketplace_id = "
        "public.saved_replies_savedreply.marketplace_id and s.id = any((select public.reach())::uuid[])))",
    )
}
# Nobody's rows, or read before anybody is known: who may come in, whose team, which rules, what jobs wait.
OPEN = {
    "cases_queuemember": "whom a queue gives cases to, found by the queue's own row",
    "accounts_invitation": "opened by a link, before anybody is known", "accounts_departure": "read with a team",
    "accounts_emailchange": "opened by a link, before anybody is known",
    "accounts_logo": "a picture everybody sees", "mail_outgoingserver": "the installation's, its password sealed",
    "accounts_attempt": "tries at a door, by keyed names", "accounts_key": "links, kept as digests",
    "accounts_marketplace": "whom a stranger chooses among", "accounts_membership": "read to know who is in reach",
    "accounts_opinion": "what one person wrote of the desk", "accounts_partner": "read with a membership",
    "accounts_partnerkey": "links, kept as digests", "accounts_person": "read to know who signs in",
    "accounts_remembered": "what processes share of limits", "accounts_seller": "read with a membership",
    "cases_adoption": "since when which rules hold", "cases_judged": "until when clocks were judged",
    "cases_steppicture": "pictures of rules", "cases_version": "rules, which are no secret",
    "demo_errand": "the demonstration's", "demo_parcel": "the demonstration's",
    "evidence_anchor": "public by design", "evidence_head": "digests",
    "notices_pushkey": "the installation's, its private half sealed",
    "evidence_signingkey": "sealed", "evidence_unchained": "keys of cases alone", "evidence_walk": "what was checked",
}  # fmt: skip

FUNCTIONS = """
create or replace function public.reach() returns uuid[] language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp as $$
begin
    if current_setting('tratativa.reach', true) = '*' then
        return (select array_agg(id) from public.accounts_marketplace);
    end if;
    return nullif(current_setting('tratativa.reach', true), '')::uuid[];
end $$;
create or replace function public.reaches_all() returns boolean language sql stable parallel safe
set search_path = pg_catalog, pg_temp as $$ select current_setting('tratativa.reach', true) = '*' $$;
"""
_KNOWS = """
create or replace function public.knows_{name}(key uuid) returns boolean language plpgsql stable parallel safe
cost 10 as $$ begin return exists (select from public.{table} where {column} = key); end $$;
"""
KNOWN = {
    "batch": ("batches_batch", "id"),
    "case": ("cases_case", "id"),
    "customer": ("accounts_customer", "id"),
    "draft": ("cases_draft", "id"),
    "draft_of_rules": ("studio_draft", "id"),
    "tag": ("cases_tag", "id"),
    "text": ("cases_text", "entry_id"),
    "customer_of_an_order": ("orders_order", "customer_id"),
    "customer_of_a_case": ("cases_case", "customer_id"),
    "order": ("orders_order", "id"),
    "order_of_a_case": ("cases_case", "order_id"),
    "sanction": ("reputation_sanction", "id"),
}


def policies() -> dict[str, str]:
    """Each fenced table and what its rows must satisfy, as SQL."""
    return {table: _expression(table) for table in sorted({*OWNED, *HANGS_ON, *BOTH})}


@transaction.atomic
def fence() -> None:
    """Puts the policies there, as whoever owns the tables; what already stands as it should is not touched, for a
    table is locked while its policy changes."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for function in searching.FUNCTIONS:
            cursor.execute(function)
        for name, (table, column) in KNOWN.items():
            cursor.execute(_KNOWS.format(name=name, table=table, column=column))
        standing = _standing(cursor)
        for table, expression in policies().items():
            mark = hashlib.sha256(expression.encode()).hexdigest()
            if standing.get(table) != mark:
                _put(cursor, table, expression, mark)


def _expression(table: str) -> str:
    owned = [_REACHED.format(column) for column in OWNED.get(table, ())]
    hanging = [f"public.knows_{name}({column})" for name, column in HANGS_ON.get(table, ())]
    more = [one for kind in (NOBODYS_YET, OFFERED, BOTH, OWN) for one in kind.get(table, ())]
    return " or ".join([*owned, *hanging, *more])


def _standing(cursor: Any) -> dict[str, str]:
    """The policies there are, by their table, as the mark of what they say."""
    cursor.execute(
        "select c.relname, obj_description(p.oid, 'pg_policy') from pg_policy p join pg_class c on c.oid = p.polrelid "
        "where p.polname = 'reach' and c.relrowsecurity and c.relnamespace = 'public'::regnamespace"
    )
    return dict(cursor.fetchall())


def _put(cursor: Any, table: str, expression: str, mark: str) -> None:
    cursor.execute(f"drop policy if exists reach on public.{table}")
    cursor.execute(f"create policy reach on public.{table} using ({expression})")
    cursor.execute(f"comment on policy reach on public.{table} is '{mark}'")
    cursor.execute(f"alter table public.{table} enable row level security")
