"""The rules: one of those that come with the desk, each told in about ten lines, or a folder as a ZIP."""

from typing import BinaryIO, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tratativa.accounts import clock
from tratativa.founding import rules, summaries, zips
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.folders import Ready
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import languages
from tratativa.studio import demanding
from tratativa.web.first_run.entrance import SetupRequest
from tratativa.web.first_run.step import GOES_ON, Answer

LOCALES = {"pt-br": "pt_BR", "en": "en_US"}
FIRST = "essencial"  # what a newcomer starts from, where it ships


def get(request: SetupRequest) -> Answer:
    """The rulebooks, each in sentences."""
    return _page(request, "")


def post(request: SetupRequest) -> Answer:
    """Publishes the chosen one, in the company's time zone and money; nobody does so alone where two are demanded."""
    if request.company and demanding.of(request.company):
        told = _("Aqui as regras são publicadas por duas pessoas: comece um rascunho em Ajustes → Regras.")
        return _page(request, told, status=422)
    sent, name = request.FILES.get("zip"), request.POST.get("rulebook", "")[:60]
    try:
        if sent is not None:
            if sent.size is None or sent.size > zips.LARGEST:
                return _page(request, _("O ZIP passa de 5 MB."), status=422)
            with zips.unpacked(cast(BinaryIO, sent.file)) as folder:
                _publish(request, rules.ready(folder))
        elif name in shipped.whole() and (folder_of := shipped.folder(name)):
            _publish(request, rules.ready(folder_of))
        else:
            return _page(request, _("Escolha as regras, ou mande as suas."), status=422)
    except zips.BadZip as no:
        return _page(request, str(no), status=422)
    except rules.BadRules as bad:
        return _page(request, _("As regras têm problemas:"), problems=[str(one) for one in bad.problems], status=422)
    return GOES_ON


def _publish(request: SetupRequest, read: Ready) -> None:
    place = request.company
    assert place is not None  # the step before this one made it
    said = place.beginning or {}
    zone, currency = said.get("zone", ""), said.get("currency", "")
    own = rules.localised(read, zone=zone, currency=currency, locale=LOCALES.get(place.language, "pt_BR"))
    rules.publish(place, own.loaded, from_at=None, at=clock.now(), by=request.doer, files=own.files)


def _told(request: SetupRequest, name: str) -> Rulebook:
    """The rulebook as it would be here: in the language of who reads, in the company's time zone."""
    folder, said = shipped.folder(name), (request.company.beginning or {}) if request.company else {}
    assert folder is not None
    with languages.reading_in(get_language() or ""):
        loaded = reading.load(folder)
        return Rulebook.model_validate({**loaded.data, "timezone": said.get("zone") or loaded.book.timezone})


def _page(request: SetupRequest, trouble: str, *, problems: list[str] | None = None, status: int = 200) -> Answer:
    now = clock.now()
    names = sorted(shipped.whole(), key=lambda name: (name != FIRST, name))
    offered = []
    for name in names:
        book = _told(request, name)
        offered.append({"name": name, "title": book.title, "lines": summaries.lines(book, at=now)})
    chosen = request.POST.get("rulebook") or (request.company.rulebook if request.company else "") or names[0]
    context = {"offered": offered, "chosen": chosen, "trouble": trouble, "problems": problems or []}
    return Answer(context, status)
