"""Searching: what looks in an index as the tables' owner, and therefore asks first who is in reach.

A policy lets no index be asked before it for what is not leakproof, and a match of words is not. `pg_temp` stands last
in each path: where no path names it, it is searched first, and a type of the caller's own would run as the owner.
"""

_WORDS_FOUND = """
create or replace function public.words_found(
    market uuid, seller uuid, customer uuid, partner uuid, party smallint, wanted tsquery, token tsquery, most integer
) returns setof uuid language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    owner constant uuid := coalesce(customer, partner, seller, market);
    everything constant tsquery := case when token is null then wanted else wanted && token end;
begin
    if owner = any(public.reach()) or market = any(public.reach()) then
        return query select said.case_id from public.cases_text said
            where said.marketplace_id = market and (seller is null or said.seller_id = seller)
            and (customer is null or said.customer_id = customer)
            and (partner is null
                or exists (select from public.cases_case one where one.id = said.case_id and one.partner_id = partner))
            and said.audience & party > 0
            and public.text_words(said.body, said.seller_id, said.day) @@ everything
            order by said.entry_id desc limit most;
    end if;
end $$;
"""
# Every piece is a lexeme of letters and digits, or is quoted: nothing typed is read as a query's own signs.
_KEYS = r"""
create or replace function public.all_words(typed text) returns tsquery language sql immutable parallel safe as $$
    select string_agg('''' || word || ''':*', ' & ')::tsquery from unnest(public.key_words(typed)) word $$;
create or replace function public.any_key(variadic keys text[]) returns tsquery
    language sql immutable parallel safe as $$
    select string_agg('''' || replace(replace(key, '\', '\\'), '''', '''''') || ''':*', ' | ')::tsquery
    from unnest(keys) key $$;
create or replace function public.in_one(words text) returns text language sql immutable parallel safe as $$
    select regexp_replace(coalesce(words, ''), '(?<=\w)[''’‘ʼ`´-](?=\w)', '', 'g') $$;
create or replace function public.in_two(joined text) returns tsquery language sql immutable parallel safe as $$
    select string_agg('(''' || word || ''':*' || coalesce((
        select string_agg(' | ''' || left(word, at) || ''' & ''' || substr(word, at + 1) || ''':*', '')
        from generate_series(1, least(length(word), 24) - 2) at), '') || ')', ' & ')::tsquery
    from unnest(public.key_words(joined)) word $$;
create or replace function public.either(one tsquery, other tsquery) returns tsquery
    language sql immutable parallel safe as $$ select coalesce(one || other, one, other) $$;
"""
# What is masked of a customer nobody finds out by its beginnings: a document is found whole. A seller is shown less and
# finds by less: names, and a whole document.
# A telephone is asked of the index by its last digits, and is the one meant where its digits match `spelt`.
_BEFORE_SPELT = "drop function if exists public.customers_found(uuid, uuid, text, text, text, text, integer)"
_CUSTOMERS_FOUND = """
create or replace function public.customers_found(
    market uuid, store uuid, typed text, code text, address text, number text, most integer, spelt text default '',
    joined text default ''
) returns setof uuid language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    named constant tsquery := public.all_words(typed);
    mailed constant tsquery := public.any_key(variadic array_remove(array['@' || lower(address)], '@'));
    wide constant tsquery := public.in_two(joined);
    narrow constant tsquery := public.all_words(joined);
    rings constant tsquery := public.any_key(variadic public.key_of_phone(number));
    whole constant tsquery := (select ('''' || key || '''')::tsquery from unnest(public.key_of(code)) key);
begin
    if store is null and market = any(public.reach()) then
        return query select one.id from public.accounts_customer one
            where one.marketplace_id = market
            and (public.person_keys(one.name, one.document, one.email, one.phone)
                    @@ public.either(public.either(named, whole), mailed)
                or (public.person_keys(one.name, one.document, one.email, one.phone) @@ wide
                    and array_to_tsvector(public.key_words(public.in_one(one.name))) @@ narrow)
                or (public.person_keys(one.name, one.document, one.email, one.phone) @@ rings
                    and public.phone_digits(one.phone) ~ spelt))
            limit most;
    elsif store is not null and (store = any(public.reach()) or market = any(public.reach())) then
        return query select one.id from public.accounts_customer one
            where one.marketplace_id = market
            and (public.person_keys(one.name, one.document, one.email, one.phone) @@ public.either(named, whole)
                or (public.person_keys(one.name, one.document, one.email, one.phone) @@ wide
                    and array_to_tsvector(public.key_words(public.in_one(one.name))) @@ narrow))
            and (exists (select from public.orders_order o where o.customer_id = one.id and o.seller_id = store)
                or exists (select from public.cases_case c where c.customer_id = one.id and c.seller_id = store))
            limit most;
    end if;
end $$;
"""
_ORDERS_FOUND = """
create or replace function public.orders_found(market uuid, store uuid, typed text, code text, most integer)
returns setof uuid language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    known constant tsquery := public.any_key(variadic public.key_of(code));
    goods constant tsquery := public.either(public.all_words(typed), known);
begin
    if market = any(public.reach()) or store = any(public.reach()) then
        return query
        (select o.id from public.orders_order o
            where public.order_keys(o.number, o.external_id, o.tracking, o.invoice) @@ known
            and o.marketplace_id = market and (store is null or o.seller_id = store) limit most)
        union
        (select o.id from public.orders_invoice i join public.orders_order o on o.id = i.order_id
            where public.order_keys(i.number, i.key, '', '') @@ known
            and o.marketplace_id = market and (store is null or o.seller_id = store) limit most)
        union
        (select o.id from public.orders_return r join public.orders_order o on o.id = r.order_id
            where public.order_keys(r.posting_code, '', '', '') @@ known
            and o.marketplace_id = market and (store is null or o.seller_id = store) limit most)
        union
        (select o.id from public.orders_line l join public.orders_order o on o.id = l.order_id
            where public.goods_keys(l.title, l.sku) @@ goods
            and o.marketplace_id = market and (store is null or o.seller_id = store) limit most);
    end if;
end $$;
"""
FUNCTIONS = (_WORDS_FOUND, _KEYS, _BEFORE_SPELT, _CUSTOMERS_FOUND, _ORDERS_FOUND)
