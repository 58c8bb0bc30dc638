"""Uploads: files chosen in a form are kept at once, so that no error and no second thought loses them."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from tratativa.accounts import signing_in
from tratativa.cases import attachments
from tratativa.cases.models import Attachment, Draft
from tratativa.cases.refusals import Invalid
from tratativa.rulebook.language import Rulebook
from tratativa.web.gates import ActingRequest

PER_HOUR = 200  # files a person may put up in an hour, sent or not
HOUR = timedelta(hours=1)


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
    """Takes in the request's uploads beside those kept earlier (hidden `kept` inputs, or the draft's files)."""
    kept = Kept(waiting(request, draft, kept_name))
    for upload in request.FILES.getlist(name):
        try:
            kept.files.append(_receive(request, upload, book, draft, len(kept.files)))
        except Invalid as bad:
            kept.errors.append(bad.errors["files"])
    return kept


def waiting(request: ActingRequest, draft: Draft | None, kept_name: str = "kept") -> list[Attachment]:
    """The actor's files that wait: the draft's, or those whose keys the form carries."""
    if draft:
        return list(draft.files.filter(entry=None).order_by("added_at", "id"))
    return attachments.waiting(keys(request.POST.getlist(kept_name)), request.actor)


def keys(raw: list[str]) -> list[str]:
    """The ones of these that can be keys, at most thirty."""
    return [one for one in raw[:30] if len(one) == 36 and set(one) <= set("0123456789abcdef-")]


def discard(request: ActingRequest, key: str) -> None:
    """Throws away one of the actor's waiting files."""
    for attachment in attachments.waiting(keys([key]), request.actor):
        attachments.discard(attachment)


def _receive(
    request: ActingRequest, upload: "UploadedFile[bytes]", book: Rulebook, draft: Draft | None, count: int
) -> Attachment:
    rules = book.attachments
    if count >= rules.max_files:
        raise Invalid({"files": _("São até %(limit)d arquivos por mensagem.") % {"limit": rules.max_files}})
    if not upload.size:
        name = attachments.clean_name(upload.name or "")
        raise Invalid({"files": _("«%(name)s» está vazio e não foi anexado.") % {"name": name}})
    try:
        signing_in.slow_down("upload", str(request.actor.person_id), limit=PER_HOUR, within=HOUR, at=request.at)
    except signing_in.TooManyTries:
        raise Invalid({"files": _("Foram muitos arquivos em pouco tempo. Espere um pouco e tente de novo.")}) from None
    return attachments.receive(upload, by=request.actor, at=request.at, limit=rules.max_size, draft=draft)
