"""Names: what people call deadlines, actions, metrics and what is waited for, whichever of two versions knows them."""

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.replay.apart import waits
from tratativa.rulebook.language.rulebook import Rulebook


class Names:
    """What people call deadlines, actions and metrics by, whichever of the two versions knows them."""

    def __init__(self, draft: Rulebook, applies: Rulebook) -> None:
        self.books = (draft, applies)

    def deadline(self, name: str) -> str:
        """A deadline's label; of a queue's clock or a step's timer, what it waits for."""
        kind, _colon, rest = name.partition(":")
        if kind == waits.QUEUE:
            return _("Resposta de %(queue)s") % {"queue": self._queue(rest)}
        if kind in {waits.STEP, waits.PAUSE}:
            return self._step(rest)
        return next((found.label for book in self.books if (found := book.deadline(name))), name)

    def _queue(self, name: str) -> str:
        return next((found.label for book in self.books if (found := book.queue(name))), name)

    def _step(self, name: str) -> str:
        playbook, _slash, step = name.partition("/")
        found = next((one for book in self.books if (one := book.playbook(playbook)) and step in one.steps), None)
        if found is None:
            return name
        return _("%(playbook)s, passo «%(step)s»") % {"playbook": found.playbook, "step": found.steps[step].label()}

    def conduct(self, name: str) -> str:
        """A rule of conduct by its first words: it has no other name for people."""
        rules = (rule for book in self.books for rule in book.conduct)
        return next((text.first_words(rule.text) for rule in rules if rule.id == name), name)

    def field(self, action: str, name: str) -> str:
        """The label of a field of an action's form."""
        forms = (found.fields for book in self.books if (found := book.action(action)))
        return next((one.label for fields in forms for one in fields if one.id == name), name)

    def action(self, name: str) -> str:
        if any(book.replies.id == name for book in self.books):
            return self.books[0].replies.label
        return next((found.label for book in self.books if (found := book.action(name))), name)

    def metric(self, name: str) -> str:
        scores = [book.score for book in self.books if book.score]
        return next((found.label for score in scores if (found := score.metric(name))), name)

    def party(self, name: str) -> str:
        return next((label for book in self.books for party, label in book.parties.items() if party == name), name)
