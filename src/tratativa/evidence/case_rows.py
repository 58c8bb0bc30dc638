"""Rows of cases' chains as a walk reads them: by columns, so that no stranger's value ends the reading of others."""

import uuid
from datetime import datetime
from typing import NamedTuple


class Owners(NamedTuple):
    """Whose a case is, as `ledger.owners` names them: keys as text, for a million of them are read."""

    marketplace: str | None = None
    version: str | None = None
    seller: str | None = None
    customer: str | None = None
    partner: str | None = None
    order: str | None = None
    parent: str | None = None


class Row(NamedTuple):
    case_id: uuid.UUID
    number: int
    event: str
    data: str
    party: str
    actor_id: uuid.UUID | None
    audience: int
    at: datetime | None
    digest: str
    previous: str
    hash: str
    id: uuid.UUID
    readers: int | None
    of: uuid.UUID | None
    beside: uuid.UUID | None
    body: str | None
    rich: str | None
    salt: str | None
    seller: str | None
    customer: str | None


class Case(NamedTuple):
    id: uuid.UUID
    chain: str
    entries: int
    last: str
    marketplace_id: uuid.UUID
    of: Owners


# A moment that Python does not know (infinity, before Christ) would end the reading of all that comes after it.
ENTRIES = """
    select e.case_id, e.number, e.event, e.data::text, e.party, e.actor_id, e.audience,
        case when e.at between '1900-01-01' and '9000-01-01' then e.at end, e.digest, e.previous, e.hash, e.id,
        t.audience, t.marketplace_id, t.case_id, t.body, t.rich, t.salt, t.seller_id::text, t.customer_id::text
    from cases_entry e left join cases_text t on t.entry_id = e.id where {where} order by e.case_id, e.number
"""
CASES = """
    select c.id, m.slug || ' ' || c.protocol, c.entries_count, c.last_hash,
        c.marketplace_id, c.marketplace_id::text, c.version_id::text, c.seller_id::text, c.customer_id::text,
        c.partner_id::text, c.order_id::text, c.parent_id::text
    from cases_case c join accounts_marketplace m on m.id = c.marketplace_id where {where} order by c.id
"""
# What was erased before an erasure named its words: the sealed words of the child cases of a case that says so.
ERASED_OF_OLD = """
    select s.child_id from cases_escalation s join cases_entry e on e.case_id = s.parent_id
    where e.event = %s and not e.data ? 'words' and {where}
"""
COUNT = "select coalesce(sum(entries_count), 0) from cases_case c where {where}"
# An erasure speaks for its own case and for the child cases it asked, and for no other. What it names may be anything:
# whoever serves may write one, and what is no key would end the reading of all cases.
ERASED = """
    select told.id from cases_entry e
    cross join lateral jsonb_array_elements_text(
        case when jsonb_typeof(e.data -> 'words') = 'array' then e.data -> 'words' else '[]' end
    ) named
    join cases_entry told on told.id = case
        when named ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' then named::uuid
    end
    join cases_case c on c.id = told.case_id
    where e.event = %s and e.case_id in (c.id, c.parent_id) and {where}
"""
