"""A file that was sent stays what it was: its row never changes, never moves, and goes from no entry.

It stands only at an entry that says so by key and digest. Of an identity paper the bytes go, as the entry that brought
it said they would; a preview is drawn once.
"""

from django.db import migrations

FILES = (
    """
    create function public.files_are_kept() returns trigger language plpgsql as $$
    begin
        if tg_op = 'DELETE' then
            if old.entry_id is null then
                return old;
            end if;
            raise exception 'a file that was sent is kept: this delete is refused';
        end if;
        if tg_op = 'INSERT' or old.entry_id is null then
            if new.entry_id is not null and not exists (
                select from public.cases_entry e where e.id = new.entry_id and e.case_id = new.case_id
                and e.data -> 'files' @> jsonb_build_array(jsonb_build_object('id', new.id, 'sha256', new.sha256))
            ) then
                raise exception 'the entry brings no such file: this % is refused', lower(tg_op);
            end if;
            return new;
        end if;
        if (new.id, new.case_id, new.entry_id, new.draft_id, new.added_by, new.added_at)
            is distinct from (old.id, old.case_id, old.entry_id, old.draft_id, old.added_by, old.added_at)
            or (new.name, new.size, new.sha256) is distinct from (old.name, old.size, old.sha256)
            or (new.path <> old.path and not (new.path = '' and new.sensitive))
            or (new.picture <> old.picture and old.picture <> '' and not (new.picture = '' and new.path = ''))
            or ((new.sensitive, new.expires_at) is distinct from (old.sensitive, old.expires_at) and not exists (
                select from public.cases_entry e cross join lateral jsonb_array_elements(e.data -> 'files') said
                where e.case_id = old.case_id and e.data ? 'files' and new.sensitive
                and said ->> 'sha256' = old.sha256 and (said ->> 'until')::timestamptz = new.expires_at
            )) then
            raise exception 'a file that was sent is kept: this update is refused';
        end if;
        return new;
    end $$;
    create trigger files_are_kept before insert or update or delete on public.cases_attachment
        for each row execute function public.files_are_kept();
    create trigger files_are_kept_whole before truncate on public.cases_attachment
        for each statement execute function public.only_grows();
    """,
    """
    drop trigger files_are_kept_whole on public.cases_attachment;
    drop trigger files_are_kept on public.cases_attachment;
    drop function public.files_are_kept();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0036_pressed")]
    operations = [migrations.RunSQL(*FILES)]
