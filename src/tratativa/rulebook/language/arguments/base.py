"""What every argument of an effect is, and the table of them all by the verb a rulebook writes."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

ARGUMENTS: dict[str, type["Argument"]] = {}


class Argument(BaseModel):
    """An effect's argument; a bare value is taken for its first field.

    `class Close(Argument, verb="close")` is what a rulebook says as `close`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    # The keys that name a field of the form filled in before, whatever the field is called.
    NAMES: ClassVar[tuple[str, ...]] = ("field", "if_field", "text_field", "channel_field")
    # Of those, the keys no rulebook may leave out.
    NEEDS: ClassVar[tuple[str, ...]] = ()

    def reads(self) -> list[str]:
        """The fields this reads of the form filled in before it."""
        return [name for key in self.NAMES if (name := getattr(self, key, ""))]

    def lacks(self) -> list[str]:
        """The keys that must name a field and do not."""
        return [key for key in self.NEEDS if not getattr(self, key)]

    def __init_subclass__(cls, *, verb: str) -> None:
        """Enters the argument in the language, under its verb."""
        super().__init_subclass__()
        ARGUMENTS[verb] = cls
