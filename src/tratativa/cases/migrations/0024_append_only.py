"""Append-only, kept by the database: the ledger, its words, marks, adoptions, and what became of a clock.

A role that owns no table cannot switch a trigger off; docs/security.md says which role serves.
"""

from django.db import migrations

ONLY_GROWS = (
    """
    create function public.only_grows() returns trigger language plpgsql as $$
    begin
        raise exception '% only grows: % is refused', tg_table_name, lower(tg_op);
    end $$;
    create trigger only_grows before truncate on public.cases_entry
        for each statement execute function public.only_grows();
    create trigger only_grows before update or delete on public.cases_adoption
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.cases_adoption
        for each statement execute function public.only_grows();
    create trigger only_grows before delete on public.cases_mark
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.cases_mark
        for each statement execute function public.only_grows();
    create trigger only_grows before delete on public.cases_deadline
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.cases_deadline
        for each statement execute function public.only_grows();
    """,
    """
    drop trigger only_grows_whole on public.cases_deadline;
    drop trigger only_grows on public.cases_deadline;
    drop trigger only_grows_whole on public.cases_mark;
    drop trigger only_grows on public.cases_mark;
    drop trigger only_grows_whole on public.cases_adoption;
    drop trigger only_grows on public.cases_adoption;
    drop trigger only_grows on public.cases_entry;
    drop function public.only_grows();
    """,
)

# What a mark counts and what became of a clock is said once; a mark's contest and a clock's answer come after. A miss
# is none any more where an answer turns out to have come in time.
SAID_ONCE = (
    """
    create function public.mark_said_once() returns trigger language plpgsql as $$
    begin
        if (new.id, new.case_id, new.seller_id, new.metric, new.source, new.at)
            is distinct from (old.id, old.case_id, old.seller_id, old.metric, old.source, old.at)
            or (old.contest_id is not null and new.contest_id is distinct from old.contest_id)
            or (old.decision_id is not null
                and (new.decision_id, new.voided) is distinct from (old.decision_id, old.voided)) then
            raise exception 'a mark says what it said: this update is refused';
        end if;
        return new;
    end $$;
    create trigger said_once before update on public.cases_mark
        for each row execute function public.mark_said_once();
    create function public.deadline_said_once() returns trigger language plpgsql as $$
    begin
        if (new.id, new.case_id, new.rule, new.started_at, new.due_at)
            is distinct from (old.id, old.case_id, old.rule, old.started_at, old.due_at)
            or (new.state is distinct from old.state
                and (old.state, new.state, new.answered_at <= old.due_at) is distinct from ('missed', 'met', true))
            or (new.state = old.state and old.answered_at is not null
                and new.answered_at is distinct from old.answered_at) then
            raise exception 'what became of a clock stands: this update is refused';
        end if;
        return new;
    end $$;
    create trigger said_once before update on public.cases_deadline
        for each row when (old.state in ('met', 'missed', 'released'))
        execute function public.deadline_said_once();
    """,
    """
    drop trigger said_once on public.cases_deadline;
    drop function public.deadline_said_once();
    drop trigger said_once on public.cases_mark;
    drop function public.mark_said_once();
    """,
)

# Words never change. They go only where an entry says that they went, and that entry stays.
WORDS = (
    """
    create index entry_erased on public.cases_entry using gin ((data -> 'words')) where event = 'data.erased';
    create function public.words_are_kept() returns trigger language plpgsql as $$
    declare
        entry uuid;
    begin
        if tg_op = 'DELETE' then
            entry := (to_jsonb(old) ->> tg_argv[0])::uuid;
            if exists (
                select from public.cases_entry where event = 'data.erased' and data -> 'words' ? entry::text
            ) then
                return old;
            end if;
        end if;
        raise exception 'words are kept: % on % is refused, no entry says they are erased', lower(tg_op), tg_table_name;
    end $$;
    create trigger words_are_kept before update or delete on public.cases_text
        for each row execute function public.words_are_kept('entry_id');
    create trigger words_are_kept_whole before truncate on public.cases_text
        for each statement execute function public.only_grows();
    create trigger words_are_kept before update or delete on public.cases_sharedfield
        for each row execute function public.words_are_kept('text_id');
    create trigger words_are_kept_whole before truncate on public.cases_sharedfield
        for each statement execute function public.only_grows();
    """,
    """
    drop trigger words_are_kept_whole on public.cases_sharedfield;
    drop trigger words_are_kept on public.cases_sharedfield;
    drop trigger words_are_kept_whole on public.cases_text;
    drop trigger words_are_kept on public.cases_text;
    drop function public.words_are_kept();
    drop index public.entry_erased;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_shared_fields")]
    operations = [migrations.RunSQL(*step) for step in (ONLY_GROWS, SAID_ONCE, WORDS)]
