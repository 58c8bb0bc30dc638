"""What queues are shown: the rows beside a sharing entry are its words line by line, or, sealed, those of its digests.

One query for all: what does not fit comes out of the database. Sealed rows of entries from before those had digests
are believed.
"""

from collections.abc import Iterator

from django.db import connection

from tratativa.cases import events
from tratativa.evidence import faults
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits

_WRONG = """
    select m.slug || ' ' || c.protocol, e.number
    from cases_entry e join cases_text t on t.entry_id = e.id
    join cases_case c on c.id = e.case_id join accounts_marketplace m on m.id = c.marketplace_id
    left join lateral (
        select string_agg(s.label || ': ' || s.value, E'\\n' order by s.position, s.id) as lines,
            jsonb_agg(encode(sha256(convert_to(s.label || E'\\n' || s.value, 'UTF8')), 'hex')
                order by s.position, s.id) as digests
        from cases_sharedfield s where s.text_id = e.id
    ) rows on true
    where e.event = %s and {where} and case
        when e.data -> 'sealed' = 'true' then e.data ? 'shown' and rows.digests is distinct from e.data -> 'shown'
        else (e.data ? 'shown' or rows.lines is not null) and coalesce(rows.lines, '') <> t.body
    end
    union all
    select m.slug || ' ' || c.protocol, e.number
    from cases_sharedfield s join cases_entry e on e.id = s.text_id
    join cases_case c on c.id = e.case_id join accounts_marketplace m on m.id = c.marketplace_id
    where e.event <> %s and {where}
    order by 1, 2
"""


def wrong(limits: Limits) -> Iterator[Fault]:
    """The sharing entries whose rows are not those it says, and rows at any other entry."""
    where, values = limits.where("e.case_id")
    name = events.DataShared.name
    with connection.cursor() as cursor:
        cursor.execute(_WRONG.format(where=where), [name, *values, name, *values])
        for chain, number in cursor.fetchall():
            yield Fault(chain, number, faults.SHOWN_ALTERED)
