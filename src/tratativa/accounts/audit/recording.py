"""Recording a line of the audit log, in the transaction of whatever it tells."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tratativa.accounts import reach, text
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Marketplace, Partner, Person, Seller

Plain = str | int | bool | date | None
Values = Mapping[str, Plain | list[str]]
VALUE_LIMIT = 300  # characters of one value; what is longer ends in «…»
NAMES_LIMIT = 40  # of one side; more is no small change, and is told in words

# Words of a name whose value is never written down; that it changed may be said with true or false.
_SECRETS = frozenset(
    ("password", "passphrase", "senha", "secret", "segredo", "token", "totp", "otp", "pin", "digest", "hash", "key",
     "chave", "credential", "credentials", "recovery", "cookie", "session", "signature", "sealed")
)  # fmt: skip
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")


class Unwritable(ValueError):
    """A line that may not be written as it was given: an unknown code, nobody or two who did it, or a secret."""


def record(
    marketplace: Marketplace,
    *,
    what: str,
    who: Person | None = None,
    by_command: str = "",
    whence: str = "",
    about: str = "",
    before: Values | None = None,
    after: Values | None = None,
    organisation: Seller | Partner | None = None,
) -> AuditLine:
    """Writes one line, as part of the transaction that does what it tells.

    `what` is a registered code. Either `who` did it, or a command did (`by_command`, its name) and nobody in person;
    with neither it was whoever holds a link of the partner that is named as the organisation.
    `whence` is the client's address (`access.whence.address`), `about` what the thing is called, `before` and `after`
    the values that differ, by plain names. `organisation` is the seller or partner whose matter it is.

    Raises Unwritable for an unknown code, for nobody or two who did it, for a value that is not plain, and for a name
    that is a secret's: of those say `True`.
    """
    if what not in registry.REGISTRY:
        raise Unwritable(f"`{what}` is no registered code of the audit log")
    by_link = isinstance(organisation, Partner) and not (who or by_command)
    if (who is None) is not bool(by_command) and not by_link:
        raise Unwritable(f"`{what}`: either a person did it or a command")
    with reach.within(marketplace.pk):  # somebody may be told of before anybody is in, by whatever invitation
        return AuditLine.objects.create(
            marketplace=marketplace,
            seller=organisation if isinstance(organisation, Seller) else None,
            partner=organisation if isinstance(organisation, Partner) else None,
            who=who,
            by_command=text.line(by_command)[:60],
            whence=text.line(whence)[:45],
            what=what,
            about=_cut(text.line(about), 200),
            before=_plain(before or {}),
            after=_plain(after or {}),
        )


def _plain(values: Values) -> dict[str, Any]:
    if len(values) > NAMES_LIMIT:
        raise Unwritable(f"{len(values)} values are no small change")
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if {word.lower() for word in _WORDS.findall(name)} & _SECRETS:
        raise Unwritable(f"`{name}` is a secret's name: say only that it changed")
    if isinstance(value, int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        return _cut(text.piece(value), VALUE_LIMIT)
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return [_cut(text.piece(one), VALUE_LIMIT) for one in value[:NAMES_LIMIT]]
    raise Unwritable(f"`{name}` is no plain value: {type(value).__name__}")


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else f"{value[: limit - 1]}…"
