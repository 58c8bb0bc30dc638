"""Languages: words a rulebook writes for people, once for all of them or once in each language it speaks.

`label: Atraso` is for everybody; `label: {pt: Atraso, en: Late}` is read in the reader's language, and in the
rulebook's own where the reader's is not among them. What is kept (ids, words in the ledger) is of the own one.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator, Field, WithJsonSchema

OWN = "pt"  # of a rulebook that does not say
# What a reply is called where a rulebook does not say.
REPLY = {"pt": "Responder", "en": "Reply"}


@dataclass
class Speech:
    """In which language words are read just now, and what came up: the languages met, the own words beside the read."""

    own: str = OWN
    wanted: str = ""
    met: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)


_SPEECH: ContextVar[Speech] = ContextVar("speech")
_WANTED: ContextVar[str] = ContextVar("wanted", default="")


@contextmanager
def reading_in(language: str) -> Iterator[None]:
    """Rulebooks read inside are read in this language; an empty one is each rulebook's own."""
    token = _WANTED.set(language)
    try:
        yield
    finally:
        _WANTED.reset(token)


@contextmanager
def speaking(own: str) -> Iterator[Speech]:
    """The words read inside belong to a rulebook whose own language this is."""
    speech = Speech(own, _WANTED.get() or own)
    token = _SPEECH.set(speech)
    try:
        yield speech
    finally:
        _SPEECH.reset(token)


def wrong(code: object) -> str:
    """What is wrong with a language's name; empty where nothing is."""
    try:
        Locale.parse(str(code), sep="-")
    except (UnknownLocaleError, ValueError):
        return f"`{code}` não é um idioma (BCP 47), como `pt`, `en` ou `fr-CA`"
    return ""


def are(value: Mapping[Any, Any], but: Collection[str] = ()) -> bool:
    """Whether these are texts by language, none of which could be one of the keys in `but`."""
    return bool(value) and all(key not in but and not wrong(key) and isinstance(value[key], str) for key in value)


def pick(texts: Mapping[str, str], wanted: str, own: str = OWN) -> str:
    """The text in the language wanted, else in its base (`pt` for `pt-BR`), else in the own one."""
    by_code = {code.casefold(): text for code, text in texts.items()}
    for code in (wanted.casefold(), wanted.casefold().partition("-")[0], own.casefold()):
        if code in by_code:
            return by_code[code]
    return next(iter(texts.values()))


def built_in(texts: Mapping[str, str], language: str) -> str:
    """A sentence of the desk's own in this language, else in English: what rulebooks do not say themselves."""
    return pick(texts, language, "en")


def own_text(value: Any) -> Any:
    """A text as written, or of one in several languages that of the rulebook being read: what ids are made of."""
    if not isinstance(value, Mapping):
        return value
    own = speech().own
    return pick({str(code): text for code, text in value.items()}, own, own) if value else ""


def speech() -> Speech:
    """In which language words are read just now."""
    return _SPEECH.get(None) or Speech(wanted=_WANTED.get() or OWN)


def texts_of(value: Any) -> list[str]:
    """Every way a text is written, in whatever language."""
    texts = value.values() if isinstance(value, Mapping) else [value]
    return [text for text in texts if isinstance(text, str)]


def read(value: Any) -> Any:
    """The text in the language that is read just now. Raises ValueError for what is no text in languages."""
    if not isinstance(value, Mapping):
        return value
    now = speech()
    for code, text in value.items():
        if unknown := wrong(code):
            raise ValueError(unknown)
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"o texto em `{code}` está vazio, ou não é um texto")
    if now.own.casefold() not in {str(code).casefold() for code in value}:
        raise ValueError(f"falta o texto em `{now.own}`, o idioma do rulebook (`language:`)")
    now.met.update(str(code) for code in value)
    said = pick(value, now.wanted, now.own)
    now.said[pick(value, now.own, now.own)] = said
    return said


SCHEMA = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
Text = Annotated[str, BeforeValidator(read), WithJsonSchema(SCHEMA)]
Label = Annotated[str, Field(min_length=1, max_length=120), BeforeValidator(read), WithJsonSchema(SCHEMA)]
