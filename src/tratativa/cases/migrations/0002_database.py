"""What the database itself promises: running numbers, a ledger that only grows, and search in Portuguese."""

from django.db import migrations

# Functions in an index expression run with an empty search path: everything here is named with its schema.
NUMBERS = ("create sequence public.case_protocol", "drop sequence public.case_protocol")

LEDGER = (
    """
    create function public.ledger_only_grows() returns trigger language plpgsql as $$
    begin
        raise exception 'the ledger only grows: % on cases_entry is refused', tg_op;
    end $$;
    create trigger ledger_only_grows before update or delete on public.cases_entry
        for each row execute function public.ledger_only_grows();
    """,
    """
    drop trigger ledger_only_grows on public.cases_entry;
    drop function public.ledger_only_grows();
    """,
)

# Accents are folded before stemming and plurals repaired after, on both sides: the stock stemmer gives
# devolução, devolucao, devoluções and devolucoes four different lexemes.
SEARCH = (
    """
    create function public.fold_pt(words text) returns text language sql immutable strict parallel safe as $$
        select regexp_replace(regexp_replace(
            translate(lower(words), 'áàâãäéèêëíìîïóòôõöúùûüçñ', 'aaaaaeeeeiiiiooooouuuucn'),
            '(o|a)es\\M', 'ao', 'g'), '(\\w\\w[aeou])is\\M', '\\1l', 'g') $$;
    create function public.text_words(body text, seller uuid, day text) returns tsvector
        language sql immutable parallel safe as $$
        select to_tsvector('portuguese'::regconfig, public.fold_pt(body)) || array_to_tsvector(
            array['zd' || day, 'zm' || left(day, 6),
                'zs' || replace(coalesce(seller::text, 'none'), '-', '')]) $$;
    create index text_words on public.cases_text using gin (public.text_words(body, seller_id, day));
    analyze public.cases_text;
    """,
    """
    drop index public.text_words;
    drop function public.text_words(text, uuid, text);
    drop function public.fold_pt(text);
    """,
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_first")]
    operations = [migrations.RunSQL(*step) for step in (NUMBERS, LEDGER, SEARCH)]
