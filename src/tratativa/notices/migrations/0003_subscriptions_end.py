"""A browser is told no more once the session it was switched on in is over, or its person's account shut.

By the database, so that no way of doing it is forgotten: a page, a command, or somebody with SQL. As its owner: whoever
ends a session reaches no row of the person's.
"""

from django.db import migrations

ENDS = (
    """
    create function public.end_subscriptions() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
    declare
        ended uuid[];
    begin
        if tg_argv[0] = 'session' then
            ended := array(select id from public.notices_subscription where session = to_jsonb(old) ->> 'session_key');
        else
            ended := array(
                select id from public.notices_subscription where person_id = (to_jsonb(old) ->> 'id')::uuid);
        end if;
        delete from public.notices_pushed where subscription_id = any(ended);
        delete from public.notices_subscription where id = any(ended);
        return null;
    end $$;
    create trigger end_subscriptions after delete on public.django_session
        for each row execute function public.end_subscriptions('session');
    create trigger end_subscriptions after update on public.accounts_person
        for each row when (old.is_active and not new.is_active) execute function public.end_subscriptions('person');
    """,
    """
    drop trigger end_subscriptions on public.accounts_person;
    drop trigger end_subscriptions on public.django_session;
    drop function public.end_subscriptions();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_push"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(*ENDS)]
