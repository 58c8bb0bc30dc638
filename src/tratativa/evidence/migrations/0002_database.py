"""Heads and anchors only grow, and each entry leaves word that its case is not chained yet."""

from django.db import migrations

# In the entry's own transaction: what is not committed is not chained, and what is can be missed by no job.
UNCHAINED = (
    """
    create function public.leave_unchained() returns trigger language plpgsql as $$
    begin
        insert into public.evidence_unchained (case_id) select distinct case_id from added;
        return null;
    end $$;
    create trigger leave_unchained after insert on public.cases_entry
        referencing new table as added for each statement execute function public.leave_unchained();
    insert into public.evidence_unchained (case_id) select id from public.cases_case where entries_count > 0;
    """,
    "drop trigger leave_unchained on public.cases_entry; drop function public.leave_unchained();",
)
ONLY_GROWS = (
    """
    create trigger only_grows before update or delete on public.evidence_head
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.evidence_head
        for each statement execute function public.only_grows();
    create trigger only_grows before delete on public.evidence_anchor
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.evidence_anchor
        for each statement execute function public.only_grows();
    create trigger said_once before update on public.evidence_anchor
        for each row when ((new.marketplace_id, new.day, new.root, new.statement, new.signature, new.key_id)
            is distinct from (old.marketplace_id, old.day, old.root, old.statement, old.signature, old.key_id))
        execute function public.only_grows();
    """,
    """
    drop trigger said_once on public.evidence_anchor;
    drop trigger only_grows_whole on public.evidence_anchor;
    drop trigger only_grows on public.evidence_anchor;
    drop trigger only_grows_whole on public.evidence_head;
    drop trigger only_grows on public.evidence_head;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_first"), ("cases", "0024_append_only")]
    operations = [migrations.RunSQL(*step) for step in (UNCHAINED, ONLY_GROWS)]
