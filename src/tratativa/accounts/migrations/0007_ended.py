"""Whoever is shut out is named to every process that streams news, in the transaction that shuts them out.

By the database, so that no way of doing it is forgotten: a page, a command, or somebody with SQL.
"""

from django.db import migrations

# `sessions.digest` in SQL: a session's key is never told.
ENDED = (
    """
    create function public.tell_ended() returns trigger language plpgsql as $$
    declare
        whom text;
    begin
        whom := case tg_argv[0]
            when 'session' then 'session:' || left(encode(
                sha256(convert_to('tratativa.session:' || (to_jsonb(old) ->> 'session_key'), 'UTF8')), 'hex'), 16)
            else tg_argv[0] || ':' || (to_jsonb(old) ->> tg_argv[1])
        end;
        perform pg_notify('tratativa_live', json_build_object('ended', whom)::text);
        return null;
    end $$;
    create trigger tell_ended after delete on public.django_session
        for each row execute function public.tell_ended('session');
    create trigger tell_ended after delete on public.accounts_membership
        for each row execute function public.tell_ended('person', 'person_id');
    create trigger tell_ended_changed after update on public.accounts_membership
        for each row when (
            (old.person_id, old.marketplace_id, old.seller_id, old.partner_id, old.role)
            is distinct from (new.person_id, new.marketplace_id, new.seller_id, new.partner_id, new.role))
        execute function public.tell_ended('person', 'person_id');
    create trigger tell_ended after update on public.accounts_person
        for each row when ((old.is_active, old.password) is distinct from (new.is_active, new.password))
        execute function public.tell_ended('person', 'id');
    create trigger tell_ended after update on public.accounts_customer
        for each row when (old.entered_after is distinct from new.entered_after)
        execute function public.tell_ended('customer', 'id');
    create trigger tell_ended after update on public.accounts_key
        for each row when ((old.revoked_at, old.expires_at) is distinct from (new.revoked_at, new.expires_at))
        execute function public.tell_ended('customer', 'customer_id');
    create trigger tell_ended after update on public.accounts_partnerkey
        for each row when (old.revoked_at is distinct from new.revoked_at)
        execute function public.tell_ended('partner', 'case_id');
    """,
    """
    drop trigger tell_ended on public.accounts_partnerkey;
    drop trigger tell_ended on public.accounts_key;
    drop trigger tell_ended on public.accounts_customer;
    drop trigger tell_ended on public.accounts_person;
    drop trigger tell_ended_changed on public.accounts_membership;
    drop trigger tell_ended on public.accounts_membership;
    drop trigger tell_ended on public.django_session;
    drop function public.tell_ended();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_revoking"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(*ENDED)]
