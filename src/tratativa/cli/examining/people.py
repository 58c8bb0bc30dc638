"""People: sellers that nobody administers, queues that nobody answers."""

from typing import TYPE_CHECKING

from tratativa.cli.finding import Finding, page
from tratativa.config.saying import gettext as _

if TYPE_CHECKING:
    from tratativa.accounts.models import Marketplace

SHOWN = 3


def sellers() -> Finding:
    """Whether each has somebody who may let people in."""
    from django.utils.formats import date_format
    from django.utils.timezone import localtime

    from tratativa.accounts import clock
    from tratativa.founding import unstaffed

    now, address = clock.now(), page("seller_settings", query={"who": "nobody"})
    for place in _places():
        found = unstaffed.uninvited(place, now)
        if count := found.count():
            names = ", ".join(found.values_list("name", flat=True)[:SHOWN])
            said = _(
                "Lojistas sem quem os administre: %(count)d (%(names)s). Ninguém responde por eles. Convide em Ajustes "
                "→ Lojistas, ou com tratativa seller add … --admin."
            )
            return Finding(False, said % {"count": count, "names": names}, address)
    for place in _places():
        found = unstaffed.invited(place, now)
        if count := found.count():
            waiting = found.annotate(since=unstaffed.invited_at(now)).values_list("name", "since")[:SHOWN]
            names = ", ".join(
                f"{name}, {date_format(localtime(since), 'SHORT_DATE_FORMAT')}" for name, since in waiting
            )
            said = _(
                "Lojistas cujo administrador foi convidado e ainda não entrou: %(count)d (%(names)s). Convide de novo "
                "em Ajustes → Lojistas, ou com tratativa seller add … --admin … --again."
            )
            return Finding(True, said % {"count": count, "names": names}, address)
    return Finding(True, _("Todo lojista tem quem o administre."))


def queues() -> Finding:
    """Whether each queue of a partner has somebody to answer it."""
    from tratativa.founding import unstaffed

    for place in _places():
        if found := unstaffed.queues(place):
            said = _(
                "Filas a que ninguém responde: %(names)s. Convide alguém, ou diga para onde vão as cartas, em Ajustes "
                "→ Filas e parceiros."
            )
            names = ", ".join(one.label for one in found)
            return Finding(False, said % {"names": names}, page("queue_setting", found[0].id))
    return Finding(True, _("Toda fila de parceiro tem quem responda."))


def absences() -> Finding:
    """Whether each queue that gives its cases has somebody present, today and in the month that comes."""
    from tratativa.accounts import clock, moments
    from tratativa.founding import unstaffed

    for place in _places():
        if found := unstaffed.alone(place, clock.now()):
            said = _(
                "Filas sem ninguém presente: %(queues)s. O que chegar nesses dias espera sem responsável. Inclua "
                "alguém na fila, ou mude as ausências, em Ajustes → Ausências."
            )
            queues = "; ".join(f"{label}, {moments.spans(spans)}" for _id, label, spans in found[:SHOWN])
            return Finding(False, said % {"queues": queues}, page("absences"))
    return Finding(True, _("Toda fila que distribui tem alguém presente nos próximos 30 dias."))


def _places() -> "list[Marketplace]":
    """The marketplaces in reach: a page's own, a command's all."""
    from tratativa.accounts import reach
    from tratativa.accounts.models import Marketplace

    every, owners = Marketplace.objects.order_by("name"), reach.owners()
    return list(every if owners is None else every.filter(pk__in=owners))
