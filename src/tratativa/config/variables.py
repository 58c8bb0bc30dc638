"""The environment variables a site may set: what each is for, and what holds where it is not set.

A test says that these are the ones the code reads, and no others; `docs/reference.md` prints them.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """What a variable is for, and what holds without it."""

    meaning: str
    otherwise: str = "nothing"


VARIABLES: Mapping[str, Variable] = {
    "DATABASE_URL": Variable("The PostgreSQL of the site: `postgres://…`", "the desk brings its own"),
    "TRATATIVA_OWNER_URL": Variable(
        "How the owner of the tables reaches that PostgreSQL, for `migrate` alone; `DATABASE_URL` serves",
        "`DATABASE_URL` owns them, and `migrate` says what to do about it",
    ),
    "TRATATIVA_USER": Variable(
        "Whom `serve` becomes when root starts it; `root` stays root",
        "the owner of the data, else `tratativa`, else `postgres`, else `nobody`",
    ),
    "TRATATIVA_DATA": Variable("The folder of files and of the desk's own database", "a folder of the user's"),
    "TRATATIVA_LEAST_FREE": Variable("MiB of the disk below which nothing that is sent is accepted", "`64`"),
    "TRATATIVA_RESERVE": Variable("MiB kept aside on the disk, given up when it is full", "`128`"),
    "TRATATIVA_SECRET_KEY": Variable("Signs sessions, links and reply addresses", "a key kept beside the data"),
    "TRATATIVA_KEYS": Variable(
        "The folder of the keys that sign anchors and seal bank data, second factors, mailboxes' passwords; the same "
        "on every machine, and apart from data and copies",
        "`keys` in the data's folder",
    ),
    "TRATATIVA_ANCHORS_TO": Variable("Who gets each day's anchors by letter, with commas", "nobody"),
    "TRATATIVA_URL": Variable("The address people use; links in letters begin with it", "where it serves"),
    "TRATATIVA_HOSTS": Variable("The host names it answers to, with commas", "this machine alone"),
    "TRATATIVA_HTTPS": Variable("`1` where people come by https: cookies are sent by nothing else", "http"),
    "TRATATIVA_PROXIES": Variable(
        "The addresses and networks of proxies in front, with commas: who comes by them, and by https, is as they say",
        "nobody's word counts",
    ),
    "TRATATIVA_DEBUG": Variable("`1` shows errors in the browser; never where others can reach it", "off"),
    "TRATATIVA_LOG": Variable("How much is logged: `DEBUG`, `INFO`, `WARNING`, `ERROR`", "`WARNING`"),
    "TRATATIVA_FROM": Variable("The sender of letters", "`atendimento` at the site's host"),
    "TRATATIVA_CONNECT_TO": Variable(
        "Mail servers inside the house, which are connected to all the same: hosts, addresses, networks, with commas",
        "the public network alone",
    ),
    "TRATATIVA_SMTP_HOST": Variable(
        "The mail server letters leave by", "letters are written and wait; the demo shows them on a page"
    ),
    "TRATATIVA_SMTP_PORT": Variable("Its port", "`25`"),
    "TRATATIVA_SMTP_USER": Variable("Its user"),
    "TRATATIVA_SMTP_PASSWORD": Variable("Its password"),
    "TRATATIVA_SMTP_STARTTLS": Variable("`1` for a connection that turns to TLS", "off"),
    "TRATATIVA_SMTP_TLS": Variable("`1` for TLS from the first byte", "off"),
    "TRATATIVA_MAILGUN_KEY": Variable("Mailgun's signing key for letters it posts here"),
    "TRATATIVA_DNS": Variable(
        "The name server asked for the keys letters are signed with: an address, or `address:port`", "the machine's own"
    ),
    "TRATATIVA_MAILBOX_CRON": Variable("When mailboxes are fetched, as cron says it", "every minute"),
    "TRATATIVA_CONNECTOR": Variable(
        "The order system, an entry point of `tratativa.connectors` or `module:Class`", "our own register"
    ),
    "TRATATIVA_REGISTRY": Variable(
        "Who asks the Receita, an entry point of `tratativa.registries` or `module:Class`", "nobody"
    ),
    "TRATATIVA_OIDC_ISSUER": Variable(
        "The issuer of a provider people sign in by (OpenID Connect), to the letter; `docs/signing_in.md`", "none"
    ),
    "TRATATIVA_OIDC_CLIENT": Variable("What this desk is called at that provider"),
    "TRATATIVA_OIDC_SECRET": Variable("Its secret there"),
    "TRATATIVA_OIDC_NAME": Variable("How the provider is called on the sign-in page", "its host"),
    "TRATATIVA_OIDC_DOMAINS": Variable(
        "Whose verified e-mails get an account at their first sign-in, with commas", "only who was invited"
    ),
    "TRATATIVA_OIDC_MARKETPLACE": Variable("The marketplace those join, by its name in addresses", "the only one"),
    "TRATATIVA_OIDC_ROLE": Variable("The role those get", "`agent`"),
    "TRATATIVA_OIDC_LINKS": Variable(
        "`1` where a verified e-mail of the provider's opens the account that has it", "such an account stays shut"
    ),
    "TRATATIVA_OIDC_TWO_FACTOR": Variable(
        "`1` where the provider asks for the second factor by itself", "roles that demand one ask for ours"
    ),
    "TRATATIVA_DEMO": Variable(
        "`1` brings the demonstration's app, its tables and its page of entry; `serve` and `web` do not heed it", "off"
    ),
    "TRATATIVA_POSTGRES": Variable("Settings of the desk's own PostgreSQL, `name=value` with blanks"),
    "TRATATIVA_HEARTBEAT": Variable("Seconds between a worker's signs of life", "`10`"),
    "TRATATIVA_REQUEUE_CRON": Variable("When what a dead worker left is queued again", "every minute"),
}
