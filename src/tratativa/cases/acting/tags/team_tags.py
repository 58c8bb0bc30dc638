"""A team's tags as a whole: one is called otherwise, or forgotten once no case has it."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, reach, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.people import telling
from tratativa.accounts.people.team import Doer, Team
from tratativa.accounts.rights import Right
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Tag
from tratativa.cases.models.tags import owner

_NAME = {"word": gettext_lazy("Etiqueta")}
RENAMED = audit.register("tag.renamed", gettext_lazy("Mudou o nome de uma etiqueta"), _NAME)
DELETED = audit.register("tag.deleted", gettext_lazy("Apagou uma etiqueta"), _NAME)


@transaction.atomic
def rename(team: Team, key: uuid.UUID, word: str, *, actor: Actor, by: Doer) -> Tag:
    """Calls a tag otherwise, on every case; what the ledger said of it stays as it was said.

    Raises NotAllowed for who does not lead the team, Invalid for no word or another tag's.
    """
    found = _locked(key, actor)
    words = tagging.read(word)
    if len(words) != 1:
        raise Invalid({"word": _("Escreva um nome, sem vírgulas.")})
    before, found.word, found.folded = found.word, words[0], text.folded(words[0])
    try:
        with transaction.atomic(), reach.within(*actor.owners, actor.marketplace_id):
            found.save(update_fields=["word", "folded"])
    except IntegrityError:
        raise Invalid({"word": _("Já há uma etiqueta «%(word)s».") % {"word": words[0]}}) from None
    if before != found.word:
        telling.tell(team, RENAMED, by=by, about=found.word, before={"word": before}, after={"word": found.word})
    return found


@transaction.atomic
def delete(team: Team, key: uuid.UUID, *, actor: Actor, by: Doer) -> str:
    """Forgets a tag no case has; its word. Raises NotAllowed, and Invalid while a case has it."""
    found = _locked(key, actor)
    if found.taggings.exists():
        raise Invalid({"": _("«%(word)s» ainda está em atendimentos: tire-a deles antes.") % {"word": found.word}})
    telling.tell(team, DELETED, by=by, about=found.word, before={"word": found.word})
    found.delete()
    return found.word


def _locked(key: uuid.UUID, actor: Actor) -> Tag:
    if not actor.may(Right.TAGS):
        raise NotAllowed(_("Quem lidera a equipe muda as etiquetas."))
    mine = owner(actor.marketplace_id, actor.seller_id)
    found = Tag.objects.select_for_update().filter(pk=key, owner_id=mine).first()
    if found is None:
        raise NotAllowed(_("Esta etiqueta já não existe."))
    return found
