"""What whoever serves may add to the proofs: the next head, an anchor of a day that has come, a key once.

A head that continues nothing and an anchor of the year 9999 could never be taken away again.
"""

from django.db import migrations

# Looked up by the index of number and marketplace, one by one: what is known of the table's size is of before.
HEADS = (
    """
    create function public.head_continues() returns trigger language plpgsql
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
    begin
        if exists (
            select from added left join public.evidence_head before
                on before.marketplace_id = added.marketplace_id and before.number = added.number - 1
            where added.previous <> coalesce(before.hash, '') or (before.number is null) <> (added.number = 1)
        ) then
            raise exception 'a head continues the newest one: this insert is refused';
        end if;
        return null;
    end $$;
    create trigger head_continues after insert on public.evidence_head
        referencing new table as added for each statement execute function public.head_continues();
    """,
    """
    drop trigger head_continues on public.evidence_head;
    drop function public.head_continues();
    """,
)
# Tomorrow: the worker's clock may be a little ahead of the database's, and never a day.
DAYS = (
    """
    create function public.day_has_come() returns trigger language plpgsql as $$
    begin
        if new.day > (clock_timestamp() at time zone 'utc')::date + 1 then
            raise exception 'an anchor speaks of a day that has come: % is refused', new.day;
        end if;
        return new;
    end $$;
    create trigger day_has_come before insert on public.evidence_anchor
        for each row execute function public.day_has_come();
    """,
    """
    drop trigger day_has_come on public.evidence_anchor;
    drop function public.day_has_come();
    """,
)
KEPT = (
    """
    create trigger said_once before update on public.evidence_signingkey for each row
        when ((new.id, new.public, new.made_at) is distinct from (old.id, old.public, old.made_at)
            or (old.retired_at is not null and new.retired_at is distinct from old.retired_at))
        execute function public.only_grows();
    create trigger only_grows before delete on public.evidence_signingkey
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.evidence_signingkey
        for each statement execute function public.only_grows();
    create trigger only_grows before update on public.evidence_unchained
        for each row execute function public.only_grows();
    create trigger only_grows before update on public.evidence_walk
        for each row execute function public.only_grows();
    create trigger seen_for_a_year before delete on public.evidence_walk
        for each row when (old.at > clock_timestamp() - interval '365 days') execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.evidence_walk
        for each statement execute function public.only_grows();
    """,
    """
    drop trigger only_grows_whole on public.evidence_walk;
    drop trigger seen_for_a_year on public.evidence_walk;
    drop trigger only_grows on public.evidence_walk;
    drop trigger only_grows on public.evidence_unchained;
    drop trigger only_grows_whole on public.evidence_signingkey;
    drop trigger only_grows on public.evidence_signingkey;
    drop trigger said_once on public.evidence_signingkey;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_database")]
    operations = [migrations.RunSQL(*step) for step in (HEADS, DAYS, KEPT)]
