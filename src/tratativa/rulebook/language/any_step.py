"""What every step of a procedure is: its words, pictures and links, and the way on."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, PrivateAttr, model_validator

from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.types import Label, Model, Text

# Outcomes the desk itself gives; all others are an agent's, or a form's first choice.
NEXT, SILENCE, ANSWERED, GIVEN_UP = "next", "silence", "answered", "given_up"


class Picture(Model):
    """A picture of `pictures/` and what it shows to those who cannot see it."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(?:png|svg|jpg|webp)$")]
    alt: Label


class Link(Model):
    """Where something is done or looked up; `https` only."""

    label: Label
    url: Annotated[str, Field(pattern=r"^https://[^\s<>\"]+$", max_length=300)]


def worded(value: Any) -> Any:
    """A bare text as the words it stands for."""
    return {"text": value} if isinstance(value, str) else value


class Words(Model):
    """What to say, written here or in `templates/`, with links and pictures."""

    text: Text = ""
    template: str = ""
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Words":
        if bool(self.text) == bool(self.template):
            raise ValueError("diga `text` ou `template`, um dos dois")
        return self


class Step(Model):
    """What every step may say: a `title`, words to `say` meanwhile with links and pictures, and names of data to `show`
    beside it."""

    kind: ClassVar[str]
    stops: ClassVar[bool] = False
    title: Text = ""
    say: Text = ""
    show: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()

    _speaks: str = PrivateAttr(default=languages.OWN)

    def model_post_init(self, _context: Any) -> None:
        """Remembers in which language its words were read: what it is called where it has no title follows."""
        self._speaks = languages.speech().wanted

    def _said(self, pt: str, en: str) -> str:
        return self.title or languages.built_in({"pt": pt, "en": en}, self._speaks)

    def all_pictures(self) -> tuple[Picture, ...]:
        """Every picture shown at the step, in order."""
        return self.pictures

    def ways(self) -> Mapping[str, str]:
        """From an outcome to the id of the step that follows."""
        return {}

    def label(self) -> str:
        """The step in a few words, as diagrams and panels name it."""
        return self.title or self.kind


class Passing(Step):
    """A step with one way on."""

    next: str

    def ways(self) -> Mapping[str, str]:
        return {NEXT: self.next}
