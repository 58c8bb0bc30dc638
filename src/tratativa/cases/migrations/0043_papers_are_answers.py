"""A sent file becomes an identity paper, whose bytes go, only as the answer to a form says, and in a time to come.

Any entry could say it of any bytes of its case, and of a day long ago: a photograph was evidence until somebody who
serves wished otherwise. What is copied elsewhere is the paper its original is.
"""

from django.db import migrations

# Ninety days from the answer, and an answer may be told some days after it was given. The same numbers are in
# `evidence.papers`.
FILES = """
    create function public.moment_of(said text) returns timestamptz language plpgsql stable as $$
    begin
        return said::timestamptz;
    exception when data_exception then
        return null;  -- an entry that says nonsense keeps nobody else's file
    end $$;

    create function public.files_said(data jsonb) returns setof jsonb language sql immutable as $$
        select * from jsonb_array_elements(
            case when jsonb_typeof(data -> 'files') = 'array' then data -> 'files' else '[]' end
        )
    $$;

    create function public.is_paper(file public.cases_attachment) returns boolean language sql stable as $$
        select exists (
            select from public.cases_entry e cross join lateral public.files_said(e.data) said
            where e.case_id = file.case_id and e.data ? 'files' and e.event = 'request.answered' and e.audience & 4 <> 0
            and said ->> 'sha256' = file.sha256 and public.moment_of(said ->> 'until') = file.expires_at
            and file.expires_at >= interval '1440 hours' + (
                select max(o.at) from public.cases_entry o where o.case_id = e.case_id and o.number <= e.number
            )
        ) or exists (
            select from public.cases_entry e cross join lateral public.files_said(e.data) said
            join public.cases_attachment o on o.sha256 = file.sha256 and o.path = file.path and o.id <> file.id
            where e.id = file.entry_id and said ->> 'id' = file.id::text
            and public.moment_of(said ->> 'until') = file.expires_at
            and o.sensitive and o.expires_at = file.expires_at and o.entry_id is not null
        )
    $$;

    create or replace function public.files_are_kept() returns trigger language plpgsql as $$
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
            if new.entry_id is not null and (new.sensitive or new.expires_at is not null)
                and not (new.sensitive and new.expires_at is not null and public.is_paper(new)) then
                raise exception 'no answer says that this file is a paper: this % is refused', lower(tg_op);
            end if;
            return new;
        end if;
        if (new.id, new.case_id, new.entry_id, new.draft_id, new.added_by, new.added_at)
            is distinct from (old.id, old.case_id, old.entry_id, old.draft_id, old.added_by, old.added_at)
            or (new.name, new.size, new.sha256) is distinct from (old.name, old.size, old.sha256)
            or (new.path <> old.path and not (new.path = '' and new.sensitive))
            or (new.picture <> old.picture and old.picture <> '' and not (new.picture = '' and new.path = ''))
            or ((new.sensitive, new.expires_at) is distinct from (old.sensitive, old.expires_at)
                and not (new.sensitive and new.expires_at is not null and new.path = old.path and public.is_paper(new))
            ) then
            raise exception 'a file that was sent is kept: this update is refused';
        end if;
        return new;
    end $$;
"""
BEFORE = """
    create or replace function public.files_are_kept() returns trigger language plpgsql as $$
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
    drop function public.is_paper(public.cases_attachment);
    drop function public.files_said(jsonb);
    drop function public.moment_of(text);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0042_case_fields")]
    operations = [migrations.RunSQL(FILES, BEFORE)]
