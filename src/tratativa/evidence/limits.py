"""Which cases a walk reads: those of one marketplace, one share of all, or all."""

import uuid
from dataclasses import dataclass

_OF = "{case} in (select id from cases_case where marketplace_id = %s)"


@dataclass(frozen=True)
class Share:
    """One of `of` parts of all cases; every case is in one of them, always the same."""

    number: int
    of: int


@dataclass(frozen=True)
class Limits:
    """What a walk is limited to; nothing where both are missing."""

    marketplace_id: uuid.UUID | None = None
    share: Share | None = None

    def where(self, case: str) -> tuple[str, list[uuid.UUID]]:
        """The condition on the column that names the case, and its values; of all cases, `true`."""
        conditions, values = [], list[uuid.UUID]()
        if self.marketplace_id:
            conditions.append(_OF.format(case=case))
            values.append(self.marketplace_id)
        if self.share:
            conditions.append(in_share(case, self.share))
        return " and ".join(conditions) or "true", values


def in_share(column: str, share: Share) -> str:
    """The SQL that says whether the case this column names is in the share."""
    return f"(uuid_hash({column}) & 2147483647) %% {share.of} = {share.number}"
