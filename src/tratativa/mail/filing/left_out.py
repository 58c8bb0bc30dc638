"""Left out: whoever reads a letter is told which of its files the case did not take, and its writer what to do."""

from datetime import timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.accounts import actors
from tratativa.cases import door, events
from tratativa.cases.core import audience, rulebook_versions
from tratativa.cases.models import Case, Entry
from tratativa.mail.models import Arrival
from tratativa.rulebook.terms.parties import Party

# To the customer no more often than this on one case: a program that sends files must not be talked to.
_MOST, _WITHIN = 3, timedelta(hours=1)
_NAMED = 10


def tell(arrival: Arrival, case: Case, entry: Entry, *, answerable: bool) -> None:
    """Records what stayed out, once for each letter, for all who read its entry; the customer's letter follows.

    The customer is left out of it where no machine may answer them (`answerable`), and after many letters.
    """
    readers = entry.audience
    if not answerable or _told(arrival, case) >= _MOST:
        readers &= ~audience.of(Party.CUSTOMER)
    with door.judging(case.pk, by=actors.clock(case.marketplace), at=entry.at) as change:
        change.record(
            events.FilesLeftOut(arrival=str(arrival.pk), count=len(arrival.left_out)),
            to=readers | audience.TEAM,
            words=_words(arrival, case),
        )


def _told(arrival: Arrival, case: Case) -> int:
    recent = Entry.objects.filter(case=case, event=events.FilesLeftOut.name, at__gt=arrival.at - _WITHIN)
    return sum(audience.holds(told, Party.CUSTOMER) for told in recent.values_list("audience", flat=True))


def _words(arrival: Arrival, case: Case) -> str:
    names = [name or _("arquivo") for name in arrival.left_out]
    rules = rulebook_versions.of(case).attachments
    listed = "\n".join(f"- {name}" for name in names[:_NAMED])
    said = ngettext(
        "Este arquivo do e-mail não pôde ser guardado:", "Estes arquivos do e-mail não puderam ser guardados:",
        len(names),
    )  # fmt: skip
    instead = _("Cabem fotos em JPEG ou PNG e documentos em PDF: até %(count)d arquivos de %(size)s cada.") % {
        "count": rules.max_files,
        "size": filesizeformat(rules.max_size),
    }
    return f"{said}\n{listed}\n\n{instead}"
