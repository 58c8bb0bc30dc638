"""What people, orders, goods and sellers are found by: the beginnings of names and numbers, a telephone's last digits.

Each index knows its row's keys as lexemes: a word of a name as it is, `#` before a number or code, `@` before an
e-mail address, `~` before a telephone number written backwards.
"""

from django.db import migrations

# Functions in an index expression run with an empty search path: everything here is named with its schema.
FUNCTIONS = (
    r"""
    create function public.folded(words text) returns text language sql immutable parallel safe as $$
        select regexp_replace(normalize(lower(coalesce(words, '')), NFKD), '[\u0300-\u036f]', '', 'g') $$;
    create function public.key_words(words text) returns text[] language sql immutable parallel safe as $$
        select array_remove(regexp_split_to_array(public.folded(words), '[^[:alnum:]]+'), '') $$;
    create function public.key_of(code text) returns text[] language sql immutable parallel safe as $$
        select array_remove(array['#' || regexp_replace(public.folded(code), '[^[:alnum:]]', '', 'g')], '#') $$;
    create function public.key_of_phone(phone text) returns text[] language sql immutable parallel safe as $$
        select array_remove(array['~' || reverse(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'))], '~') $$;
    create function public.person_keys(name text, document text, email text, phone text) returns tsvector
        language sql immutable parallel safe as $$
        select array_to_tsvector(public.key_words(name) || public.key_of(document)
            || array_remove(array['@' || lower(email)], '@') || public.key_of_phone(phone)) $$;
    create function public.order_keys(number text, external_id text, tracking text, invoice text) returns tsvector
        language sql immutable parallel safe as $$
        select array_to_tsvector(public.key_of(number) || public.key_of(external_id)
            || public.key_of(tracking) || public.key_of(invoice)) $$;
    create function public.goods_keys(title text, sku text) returns tsvector
        language sql immutable parallel safe as $$
        select array_to_tsvector(public.key_words(title) || public.key_of(sku)) $$;
    """,
    """
    drop function public.goods_keys(text, text);
    drop function public.order_keys(text, text, text, text);
    drop function public.person_keys(text, text, text, text);
    drop function public.key_of_phone(text);
    drop function public.key_of(text);
    drop function public.key_words(text);
    drop function public.folded(text);
    """,
)
INDEXES = (
    """
    create index customer_keys on public.accounts_customer
        using gin (public.person_keys(name, document, email, phone));
    create index order_keys on public.orders_order
        using gin (public.order_keys(number, external_id, tracking, invoice));
    create index goods_keys on public.orders_line using gin (public.goods_keys(title, sku));
    create index invoice_keys on public.orders_invoice using gin (public.order_keys(number, key, '', ''));
    analyze public.accounts_customer, public.orders_order, public.orders_line, public.orders_invoice;
    """,
    """
    drop index public.invoice_keys;
    drop index public.goods_keys;
    drop index public.order_keys;
    drop index public.customer_keys;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("orders", "0011_by_day")]
    operations = [migrations.RunSQL(*step) for step in (FUNCTIONS, INDEXES)]
