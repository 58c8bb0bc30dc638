"""Asking for a batch, and working it off: case by case, each in a transaction of its own, by whoever asked."""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from tratativa.accounts import actors, clock
from tratativa.accounts.absence import AWAY
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.accounts.rights import Right
from tratativa.batches import doing, wanted
from tratativa.batches.models import Batch, Item
from tratativa.batches.wanted import Wanted
from tratativa.cases.core import visibility, work
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party

log = logging.getLogger(__name__)

MOST = 1000  # cases of one batch
AT_ONCE = 10  # cases a page waits for; more are left to the job
GOING = 5  # batches of one person that are not done yet; more would keep everybody else's waiting
ROUND = 50  # cases of one batch before another one has its turn
SHOWN = 20  # batches of a person that are listed
FORETOLD = 100  # cases whose refusal is looked for before; of more the batch tells
_WITH = ("order__seller", "seller", "marketplace", "customer")


@transaction.atomic
def ask(actor: Actor, what: Wanted, chosen: Sequence[tuple[uuid.UUID, int]], *, at: datetime) -> Batch:
    """Keeps what is to be done on these cases, by key and the version that was seen; a job does it.

    Raises NotAllowed for nobody's cases, for too many, for who does not answer cases, and for a batch too many.
    """
    if not actor.may(Right.ANSWER):
        raise NotAllowed(_("O seu papel lê e exporta; quem atende age."))
    seen = dict(chosen)
    mine = set(visibility.visible_cases(actor).filter(pk__in=seen).values_list("pk", flat=True))
    ordered = [key for key in seen if key in mine]
    if not ordered or len(ordered) > MOST:
        raise NotAllowed(_("Escolha de 1 a %(most)d atendimentos.") % {"most": MOST})
    Person.objects.select_for_update().only("pk").get(pk=actor.person)  # of many asked at once, one is counted first
    if Batch.objects.filter(person=actor.person_id, ended_at=None).count() >= GOING:
        raise NotAllowed(
            _("%(most)d lotes seus ainda não acabaram. Espere um deles e peça de novo; nada foi feito.")
            % {"most": GOING}
        )
    batch = Batch.objects.create(
        marketplace_id=actor.marketplace_id, seller_id=actor.seller_id, person_id=actor.person, what=what.what,
        given=what.kept(), total=len(ordered), language=translation.get_language() or "", asked_at=at,
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(batch=batch, case_id=key, position=number, seen=seen[key]) for number, key in enumerate(ordered)
    )
    work.ask("batches.work", batch_id=batch.pk)
    return batch


def of(actor: Actor) -> QuerySet[Batch]:
    """The batches this person asked for where they stand now: nobody else sees them."""
    return Batch.objects.filter(
        person=actor.person_id, marketplace=actor.marketplace_id, seller=actor.seller_id
    ).order_by("-asked_at", "-id")


def perform(key: uuid.UUID, *, most: int = ROUND) -> bool:
    """Works off a batch, at most so many cases of it; whether any may be left. After a worker's death from where it
    was, and no case twice."""
    batch = Batch.objects.get(pk=key)
    with translation.override(batch.language or settings.LANGUAGE_CODE):
        return all(_next(batch) for _one in range(most))


def _next(batch: Batch) -> bool:
    """Does it on the next case; whether there was one. Of two workers at once one waits, and takes the one after."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        item = locked.items.filter(state="waits").order_by("position").first()
        if item is None:
            Batch.objects.filter(pk=batch.pk, ended_at=None).update(state="ended", ended_at=clock.now())
            return False
        try:
            with transaction.atomic():
                why = _done(locked, item)
        except AWAY:
            raise
        except Exception:  # whatever is wrong with one case, the others are done
            log.exception("batch %s failed on case %s; the others go on", batch.pk, item.case_id)
            why = _("Erro interno; avise quem administra a mesa.")
        item.state, item.why = ("refused", why[:300]) if why else ("done", "")
        item.save(update_fields=["state", "why"])
        came = "refused" if why else "done"
        Batch.objects.filter(pk=batch.pk).update(**{came: F(came) + 1}, state="runs")
    return True


def _done(batch: Batch, item: Item) -> str:
    """Why it was not done; empty where it was."""
    party = Party.SELLER if batch.seller_id else Party.MARKETPLACE
    by = actors.still(batch.person_id, party, batch.marketplace_id, batch.seller_id)
    if by is None or not by.may(Right.ANSWER):  # a right taken away is gone in running jobs too (P-12)
        return _("Quem pediu já não atende nesta equipe.")
    case = visibility.visible_cases(by).filter(pk=item.case_id).select_related(*_WITH).first()
    if case is None:
        return _("Este atendimento já não é da sua equipe.")
    try:
        doing.do(case, wanted.of(batch.what, batch.given), by=by, at=clock.now(), seen=item.seen)
    except (Invalid, NotAllowed) as no:
        return " ".join(str(no).split())
    except Outdated:
        return _("O atendimento mudou desde que você o escolheu. Abra-o e leia antes.")
    return ""


def foretold(
    actor: Actor, what: Wanted, chosen: Sequence[tuple[uuid.UUID, int]], *, at: datetime
) -> list[tuple[Case, str]]:
    """The first of these cases, as many as a page may ask about, each with why it would be refused, if it would."""
    keys = [key for key, _seen in chosen[:FORETOLD]]
    found = {one.pk: one for one in visibility.visible_cases(actor).filter(pk__in=keys).select_related(*_WITH)}
    return [(found[key], doing.refusal(found[key], what, by=actor, at=at)) for key in keys if key in found]
