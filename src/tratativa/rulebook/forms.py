"""Forms: the typed inputs of an action, and of a request the other party answers."""

from typing import Literal

from tratativa.rulebook.pieces import Named

FieldType = Literal[
    "text", "long_text", "choice", "tick", "files", "person",
    "date", "datetime", "money", "url", "tracking", "address", "nfe_key",
]  # fmt: skip


class FormField(Named):
    """One input. `not_before: today` refuses days gone by; `money` is in cents once read."""

    type: FieldType = "text"
    required: bool = True
    choices: dict[str, str] = {}
    help: str = ""
    not_before: Literal["", "today"] = ""
