"""Sentences the rules say by themselves, where no rulebook has a word of its own for it."""

from dataclasses import dataclass

from tratativa.rulebook.terms import languages


@dataclass(frozen=True)
class Sentence:
    """What is said in Portuguese and in English; every other language is told the English."""

    pt: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in this language."""
        return languages.built_in({"pt": self.pt, "en": self.en}, language)


# Why an action that waits for its undo window or for a second person cannot be asked again.
HELD = Sentence(
    "Já foi pedida e ainda espera para acontecer.",
    "It was asked for already and is still waiting to happen.",
)
# Why nobody writes to the customer of an internal case.
INTERNAL = Sentence(
    "O cliente não pode saber deste atendimento ainda; mostre-o ao cliente antes de escrever a ele.",
    "The customer may not know of this case yet; show it to them before you write to them.",
)
# What a seller whose sales are suspended may still do: what it owes, and what it does for itself.
SUSPENDED = Sentence(
    "As vendas da loja estão suspensas: até lá ela responde ao que deve, e nada mais.",
    "The store’s sales are suspended: until then it answers what it owes, and nothing else.",
)
CLOSED = Sentence(
    "O atendimento está encerrado; reabra-o para escrever.",
    "The case is closed; open it again to write.",
)
# A seller's way to end a case a customer waits in for a word: said on the page and at the door alike.
WAITS = Sentence(
    "Responda ao cliente antes de encerrar.",
    "Answer the customer before you close.",
)
HELPING = Sentence(
    "A ajuda que você pediu ainda não teve resposta: espere por ela antes de encerrar.",
    "The help you asked for has not been answered yet: wait for it before you close.",
)
OWES = Sentence(
    "Antes de encerrar falta atender o prazo «%(duty)s».",
    "Before you close, the deadline “%(duty)s” has to be met.",
)
