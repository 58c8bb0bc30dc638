"""Roles: one owns the tables and migrates, another serves, and cannot undo what the database promises.

Who serves owns nothing, is no superuser, makes no roles and passes by no policy: it adds to the ledger and reads it,
and whatever else it may do to a row, it empties no table and switches no trigger off.
"""

import secrets
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from tratativa.config.saying import gettext as _
from tratativa.config.trouble import Trouble

SERVING = "tratativa_desk"  # of the embedded server; a server of the site's own has the role its address names

# Added and read: nothing else.
ADDED = (
    "cases_entry", "cases_adoption", "cases_version", "cases_folder", "evidence_head", "reputation_step",
    "accounts_auditline",
)  # fmt: skip
KEPT = (
    "cases_mark", "cases_deadline", "evidence_anchor", "evidence_signingkey", "mail_letter", "mail_arrival",
    "reputation_sanction", "cases_case",
)  # fmt: skip
WORDS = ("cases_text", "cases_sharedfield")  # added, read, and erased where an entry says so
SEEN = ("evidence_walk",)  # added, read, and let go when it is old
READ = ("django_migrations",)
_LARGE = ("lo_create(oid)", "lo_creat(integer)", "lo_from_bytea(oid, bytea)", "lo_import(text)", "lo_import(text, oid)")


@dataclass(frozen=True)
class Standing:
    """What the role we are connected as could do that it should not; empty where all is well."""

    name: str
    rights: tuple[str, ...]


def settle(serving_url: str) -> str:
    """Gives the role that serves its rights, as the owner we are connected as; a sentence where there is something to
    tell.

    Raises Trouble where the role is missing and we may not make it.
    """
    serving, owner = unquote(urlsplit(serving_url).username or ""), _current()
    if serving in {"", owner}:
        return _advice(serving_url, owner)
    _make(serving, unquote(urlsplit(serving_url).password or ""), serving_url)
    grant(serving)
    return ""


@transaction.atomic
def grant(role: str) -> None:
    """Gives the role what serving takes, and takes what else it may have had; in one step, for it serves meanwhile.

    The tables are all there.
    """
    name = sql.Identifier(role)
    # Types and functions of its own are how a role that may do little has others' functions do more.
    _run(sql.SQL("revoke temporary on database {} from public, {}").format(sql.Identifier(_database()), name))
    _run(sql.SQL("revoke create on schema public from public, {}").format(name))
    _take_large_objects(name)
    _run(sql.SQL("revoke all on all tables in schema public from {}").format(name))
    _run(sql.SQL("grant usage on schema public to {}").format(name))
    _run(sql.SQL("grant select, insert, update, delete on all tables in schema public to {}").format(name))
    _run(sql.SQL("grant usage, select, update on all sequences in schema public to {}").format(name))
    taken = {"update, delete": ADDED, "delete": KEPT, "update": (*WORDS, *SEEN), "insert, update, delete": READ}
    for rights, tables in taken.items():
        for table in tables:
            revoke = sql.SQL("revoke {} on {} from {}")
            _run(revoke.format(sql.SQL(rights), sql.Identifier("public", table), name))


def _take_large_objects(name: sql.Identifier) -> None:
    """Large objects would be storage of its own that nobody looks at; only a superuser takes them away."""
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        if not cursor.fetchone()[0]:
            return
    for function in _LARGE:
        _run(sql.SQL("revoke execute on function pg_catalog.{} from public, {}").format(sql.SQL(function), name))


def standing() -> Standing:
    """What the role of this connection could do to the ledger behind our back."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        name, *found = cursor.fetchone()
    words = (
        _("é superusuário"), _("cria papéis"), _("ignora políticas"), _("é dono de tabelas"), _("muda o registro"),
        _("faz objetos seus no esquema"),
    )  # fmt: skip
    return Standing(name, tuple(word for word, has in zip(words, found, strict=True) if has))


_STANDING = """
    select current_user, rolsuper, rolcreaterole, rolbypassrls,
        exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
            and pg_has_role(current_user, relowner, 'MEMBER')),
        coalesce(has_table_privilege(current_user, to_regclass('public.cases_entry')::oid,
            'update, delete, truncate, trigger'), false),
        has_schema_privilege('public', 'create')
    from pg_roles where rolname = current_user
"""


def statements(serving_url: str, role: str) -> str:
    """The three statements that make a role that serves, and the two addresses that go with them."""
    parts = urlsplit(serving_url)
    password = secrets.token_urlsafe(18)
    database = parts.path.lstrip("/") or "tratativa"
    host = parts.netloc.rpartition("@")[2]
    address = urlunsplit(parts._replace(netloc=f"{quote(role)}:{password}@{host}"))
    return (
        f"  create role \"{role}\" login password '{password}';\n"
        f'  grant connect on database "{database}" to "{role}";\n'
        f'  grant usage on schema public to "{role}";\n'
        f"Depois defina DATABASE_URL={address} e TRATATIVA_OWNER_URL com o endereço do dono das tabelas, e rode "
        "tratativa migrate de novo."
    )


def _make(role: str, password: str, url: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select from pg_roles where rolname = %s", [role])
        if cursor.rowcount:
            return
    made = sql.SQL("create role {} login password {}").format(sql.Identifier(role), sql.Literal(password or None))
    try:
        _run(made)
    except ProgrammingError as no:
        raise Trouble(
            f"O papel «{role}», que deve servir, não existe, e o dono das tabelas não pode criá-lo. Rode, como "
            f"administrador do PostgreSQL:\n{statements(url, role)}"
        ) from no


def _advice(url: str, owner: str) -> str:
    return (
        f"A mesa serve com o papel «{owner}», que é dono das tabelas: quem invadir uma página pode desligar o que o "
        f"banco garante. Rode no PostgreSQL:\n{statements(url, f'{owner}_serve')}"
    )


def _current() -> str:
    return _asked("select current_user")


def _database() -> str:
    return _asked("select current_database()")


def _asked(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])


def _run(statement: sql.Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
