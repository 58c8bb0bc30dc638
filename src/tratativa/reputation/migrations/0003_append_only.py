"""A sanction's steps only grow, and no sanction is taken away: the database refuses it."""

from django.db import migrations

ONLY_GROWS = (
    """
    create trigger only_grows before update or delete on public.reputation_step
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.reputation_step
        for each statement execute function public.only_grows();
    create trigger only_grows before delete on public.reputation_sanction
        for each row execute function public.only_grows();
    create trigger only_grows_whole before truncate on public.reputation_sanction
        for each statement execute function public.only_grows();
    create trigger said_once before update on public.reputation_sanction
        for each row when (
            (new.marketplace_id, new.seller_id, new.kind, new.rule, new.condition, new.noticed_at, new.defence_until)
            is distinct from
            (old.marketplace_id, old.seller_id, old.kind, old.rule, old.condition, old.noticed_at, old.defence_until))
        execute function public.only_grows();
    """,
    """
    drop trigger said_once on public.reputation_sanction;
    drop trigger only_grows_whole on public.reputation_sanction;
    drop trigger only_grows on public.reputation_sanction;
    drop trigger only_grows_whole on public.reputation_step;
    drop trigger only_grows on public.reputation_step;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("reputation", "0001_squashed_0002_one_index_each"), ("cases", "0024_append_only")]
    operations = [migrations.RunSQL(*ONLY_GROWS)]
