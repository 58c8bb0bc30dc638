"""Whose a case is changes only as an entry says: seller, customer, partner, order, rules; its marketplace never."""

from django.db import migrations

OWNERS = (
    """
    create function public.owners_are_said() returns trigger language plpgsql as $$
    declare
        said jsonb;
    begin
        select data -> 'owners' into said from public.cases_entry where case_id = new.id and data ? 'owners'
            order by number desc limit 1;
        if new.marketplace_id <> old.marketplace_id or said is null
            or said <> jsonb_strip_nulls(jsonb_build_object(
            'marketplace', new.marketplace_id, 'version', new.version_id, 'seller', new.seller_id,
            'customer', new.customer_id, 'partner', new.partner_id, 'order', new.order_id, 'parent', new.parent_id
        )) then
            raise exception 'no entry says that the case is another''s: this update is refused';
        end if;
        return new;
    end $$;
    create trigger owners_are_said before update on public.cases_case for each row when (
        (new.marketplace_id, new.version_id, new.order_id, new.parent_id)
            is distinct from (old.marketplace_id, old.version_id, old.order_id, old.parent_id)
        or (new.seller_id, new.customer_id, new.partner_id)
            is distinct from (old.seller_id, old.customer_id, old.partner_id)
    ) execute function public.owners_are_said();
    """,
    """
    drop trigger owners_are_said on public.cases_case;
    drop function public.owners_are_said();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0038_files_are_kept")]
    operations = [migrations.RunSQL(*OWNERS)]
