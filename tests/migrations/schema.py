"""What a database is made of, as PostgreSQL's catalogue tells it: two of one schema give the same sentences."""

import re

from django.db import connection

Schema = dict[str, set[tuple[object, ...]]]

# The order of columns is not compared: rows are written and read by name. Nor are the names of NOT NULLs.
CATALOGUE = {
    "columns": """
        select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            pg_get_expr(d.adbin, d.adrelid)
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
            and a.attnum > 0 and not a.attisdropped
    """,
    "constraints": """
        select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n'
    """,
    "indexes": "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'",
    "triggers": """
        select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    """,
    "functions": """
        select proname, pg_get_function_identity_arguments(oid), provolatile, proparallel, proisstrict,
            regexp_replace(prosrc, '\\s+', ' ', 'g')
        from pg_proc where pronamespace = 'public'::regnamespace
    """,
    "sequences": "select sequencename, data_type::text, start_value from pg_sequences where schemaname = 'public'",
    "extensions": "select extname from pg_extension",
}


def described() -> Schema:
    """The schema `public` of the database Django is connected to, by kind of thing."""
    said = {}
    with connection.cursor() as cursor:
        for kind, question in CATALOGUE.items():
            cursor.execute(question)
            said[kind] = {tuple(_plain(part) for part in row) for row in cursor.fetchall()}
    return said


def _plain(part: object) -> object:
    """An expression as it was meant: once dumped and loaded, PostgreSQL writes its casts elsewhere."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", part) if isinstance(part, str) else part


def differences(one: Schema, other: Schema) -> list[str]:
    """What either has and the other lacks, a line each."""
    return [
        f"{'−' if thing in one[kind] else '+'} {kind}: {thing}"
        for kind in CATALOGUE
        for thing in sorted(one[kind] ^ other[kind], key=str)
    ]
