"""A version of the rules says what it said when it was published; an erasure speaks for its own case alone."""

from django.db import migrations

VERSIONS = (
    """
    create trigger said_once before update on public.cases_version
        for each row when ((new.id, new.marketplace_id, new.digest, new.source, new.adopted_at)
            is distinct from (old.id, old.marketplace_id, old.digest, old.source, old.adopted_at))
        execute function public.only_grows();
    create trigger only_grows before delete on public.cases_version
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.cases_version
        for each statement execute function public.only_grows();
    """,
    """
    drop trigger only_grows_whole on public.cases_version;
    drop trigger only_grows on public.cases_version;
    drop trigger said_once on public.cases_version;
    """,
)
_WORDS = """
    create or replace function public.words_are_kept() returns trigger language plpgsql as $$
    declare
        entry uuid;
    begin
        if tg_op = 'DELETE' then
            entry := (to_jsonb(old) ->> tg_argv[0])::uuid;
            if exists (
                select from public.cases_entry e
                where e.event = 'data.erased' and e.data -> 'words' ? entry::text {whose}
            ) then
                return old;
            end if;
        end if;
        raise exception 'words are kept: % on % is refused, no entry says they are erased', lower(tg_op), tg_table_name;
    end $$;
"""
_OWN = """and exists (
                    select from public.cases_entry told join public.cases_case one on one.id = told.case_id
                    where told.id = entry and e.case_id in (one.id, one.parent_id))"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_withdrawal_of_stored_versions")]
    operations = [
        migrations.RunSQL(*VERSIONS),
        migrations.RunSQL(_WORDS.format(whose=_OWN), _WORDS.format(whose="")),
    ]
