"""Leaving out: the customer is told which files of their letter the case did not take, and what to send instead."""

from datetime import timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.accounts import actors
from tratativa.cases import audience, books, changing, events
from tratativa.cases.models import Case, Entry
from tratativa.mail.models import Arrival
from tratativa.rulebook.parties import Party

# Once for each letter, and no more often than this on one case: a program that sends files must not be talked to.
_MOST, _WITHIN = 3, timedelta(hours=1)
_NAMED = 10


def tell(arrival: Arrival, case: Case) -> None:
    """Records what stayed out, for the customer and the team; the customer's letter follows from it."""
    since = arrival.at - _WITHIN
    told = Entry.objects.filter(case=case, event=events.FilesLeftOut.name, at__gt=since).count()
    if told >= _MOST:
        return
    with changing.judging(case.pk, by=actors.clock(case.marketplace), at=arrival.at) as change:
        change.record(
            events.FilesLeftOut(arrival=str(arrival.pk), count=len(arrival.left_out)),
            to=audience.of(Party.CUSTOMER, Party.MARKETPLACE),
            words=_words(arrival, case),
        )


def _words(arrival: Arrival, case: Case) -> str:
    names = [name or _("arquivo") for name in arrival.left_out]
    rules = books.of(case).attachments
    listed = "\n".join(f"- {name}" for name in names[:_NAMED])
    said = ngettext(
        "Este arquivo do seu e-mail não pôde ser guardado:", "Estes arquivos do seu e-mail não puderam ser guardados:",
        len(names),
    )  # fmt: skip
    instead = _("Envie fotos em JPEG ou PNG, ou documentos em PDF: até %(count)d arquivos de %(size)s cada.") % {
        "count": rules.max_files,
        "size": filesizeformat(rules.max_size),
    }
    return f"{said}\n{listed}\n\n{instead}"
