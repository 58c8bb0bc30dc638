"""What is wrong with a case's own fields: those nobody of a team fills in, or that cannot hold what they say."""

from collections.abc import Iterator

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.parties import Party

Finding = tuple[Loc, str]
_TEAMS = {Party.MARKETPLACE, Party.SELLER}


def findings(book: Rulebook) -> Iterator[Finding]:
    """Every field of the case that reads well and does not work."""
    known = {reason.id for reason in book.reasons}
    for index, field in enumerate(book.case_fields):
        path: Loc = ("case_fields", index)
        if not field.filled_by or not _TEAMS.issuperset(field.readers):
            yield path, f"«{field.label}»: só as equipes preenchem e leem (`seller`, `marketplace`)"
        if field.type == "choice" and not field.choices:
            yield path, f"o campo «{field.label}» é uma escolha sem `choices`"
        if field.type != "choice" and field.choices:
            yield path, f"«{field.label}» diz `choices`, que são de `type: choice`"
        if field.type != "number" and (field.least is not None or field.most is not None):
            yield path, f"«{field.label}» diz `least` ou `most`, que são de `type: number`"
        for reason in field.reasons:
            if reason not in known:
                yield path, f"«{field.label}» fala do motivo `{reason}`, que não existe em reasons.yaml"
