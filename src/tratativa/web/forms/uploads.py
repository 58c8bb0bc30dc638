"""Uploads: files chosen in a form are kept at once, so that no error and no second thought loses them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from tratativa.accounts import signing_in
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.files import attachments, photographs
from tratativa.cases.models import Attachment, Draft
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import ActingRequest

PER_HOUR = 200  # files a person may put up in an hour, sent or not
HOUR = timedelta(hours=1)
Upload: TypeAlias = "UploadedFile[bytes]"
Prepare: TypeAlias = Callable[["Upload", str, int], "Upload"]


@dataclass
class Kept:
    """The files that wait for a form to be sent, and what was wrong with those that were not taken."""

    files: list[Attachment] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def error(self) -> dict[str, str]:
        """The errors as a form shows them."""
        return {"files": " ".join(self.errors)} if self.errors else {}


def keep(
    request: ActingRequest, book: Rulebook, *, draft: Draft | None = None, name: str = "files", kept_name: str = "kept"
) -> Kept:
    """Takes in the request's uploads beside those kept earlier (hidden `kept` inputs, or the draft's files).

    Staff's are kept byte for byte. A customer's pictures are drawn anew: nobody means to tell where they live.
    """
    prepare = _drawn_anew if request.actor.party is Party.CUSTOMER else _as_sent
    return _keep(request, book, prepare, waiting(request, draft, kept_name), draft, name)


def keep_photographs(request: ActingRequest, book: Rulebook, *, name: str = "files", kept_name: str = "kept") -> Kept:
    """As `keep`, for the files of an asked-for form: pictures are drawn anew, whoever sends them (C-18)."""
    return _keep(request, book, _drawn_anew, waiting(request, None, kept_name), None, name)


def waiting(request: ActingRequest, draft: Draft | None, kept_name: str = "kept") -> list[Attachment]:
    """The actor's files that wait: those whose keys the form carries, or all of a draft its page does not show.

    A page that shows the draft sends what it shows: a file put up on another page of theirs does not go with it.
    """
    if draft and "draft" not in request.POST:
        return list(draft.files.filter(entry=None).order_by("added_at", "id"))
    return attachments.waiting(keys(request.POST.getlist(kept_name)), request.actor)


def keys(raw: list[str]) -> list[str]:
    """The ones of these that can be keys, at most thirty."""
    return [one for one in raw[:30] if len(one) == 36 and set(one) <= set("0123456789abcdef-")]


def discard(request: ActingRequest, key: str) -> None:
    """Throws away one of the actor's waiting files."""
    for attachment in attachments.waiting(keys([key]), request.actor):
        attachments.discard(attachment)


def _keep(
    request: ActingRequest, book: Rulebook, prepare: Prepare, found: list[Attachment], draft: Draft | None, name: str
) -> Kept:
    kept = Kept(found)
    if len(found) > book.attachments.max_files:
        kept.errors.append(_too_many(book))
        return kept
    uploads = request.FILES.getlist(name)
    room = max(0, book.attachments.max_files - len(found))
    if out := uploads[room:]:
        names = ", ".join(attachments.clean_name(one.name or "") for one in out)
        kept.errors.append(_("%(limit)s Ficaram de fora: %(names)s.") % {"limit": _too_many(book), "names": names})
    for upload in uploads[:room]:
        try:
            kept.files.append(_receive(request, upload, book, prepare, draft))
        except Invalid as bad:
            kept.errors.append(bad.errors["files"])
    return kept


def _receive(
    request: ActingRequest, upload: Upload, book: Rulebook, prepare: Prepare, draft: Draft | None
) -> Attachment:
    rules = book.attachments
    name = attachments.clean_name(upload.name or "")
    if not upload.size:
        raise Invalid({"files": _("«%(name)s» está vazio e não foi anexado.") % {"name": name}})
    try:
        signing_in.slow_down("upload", str(request.actor.person_id), limit=PER_HOUR, within=HOUR, at=request.at)
    except signing_in.TooManyTries:
        raise Invalid({"files": _("Foram muitos arquivos em pouco tempo. Espere um pouco e tente de novo.")}) from None
    ready = prepare(upload, name, rules.max_size)
    return attachments.receive(ready, by=request.actor, at=request.at, limit=rules.max_size, draft=draft)


def _as_sent(upload: Upload, _name: str, _limit: int) -> Upload:
    return upload


def _drawn_anew(upload: Upload, name: str, limit: int) -> Upload:
    return photographs.redraw(upload, name, limit=limit)


def _too_many(book: Rulebook) -> str:
    return _("São até %(limit)d arquivos por mensagem.") % {"limit": book.attachments.max_files}
