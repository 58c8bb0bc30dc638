"""A telephone's extension is no part of its number: `3222-1045 ramal 23` is found by the number that rings.

The index of people is made anew, for what it knows of those telephones.
"""

from django.db import migrations

# As `accounts.telephones.digits`: what follows a letter or one of these signs, once digits have begun, is an extension.
_WITHOUT = r"""
    create function public.phone_digits(phone text) returns text language sql immutable parallel safe as $$
        select regexp_replace(
            regexp_replace(coalesce(phone, ''), '([0-9][^a-zA-Z#,;/]*)[a-zA-Z#,;/].*$', '\1'), '[^0-9]', '', 'g') $$;
    create or replace function public.key_of_phone(phone text) returns text[]
        language sql immutable parallel safe as $$
        select array_remove(array['~' || reverse(public.phone_digits(phone))], '~') $$;
    reindex index public.customer_keys;
"""
_WITH = r"""
    create or replace function public.key_of_phone(phone text) returns text[]
        language sql immutable parallel safe as $$
        select array_remove(array['~' || reverse(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'))], '~') $$;
    drop function public.phone_digits(text);
    reindex index public.customer_keys;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0012_found_by_any_key")]
    operations = [migrations.RunSQL(_WITHOUT, _WITH)]
