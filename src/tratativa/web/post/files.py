"""Files that were sent: the bytes as a download, or the re-encoded picture; never a page a browser would run.

Which gate these stand behind is said where their addresses are: staff's, the customer's, the partner's.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts.rights import Right
from tratativa.cases.core import protocols
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.models import Attachment
from tratativa.web.frame import revealing, scoped_get
from tratativa.web.frame.gates import ActingRequest
from tratativa.web.frame.harmless import harmless


@require_GET
def download(request: ActingRequest, key: uuid.UUID) -> FileResponse:
    """The file, to be saved."""
    attachment = _found(request, key)
    try:
        stored = attachments.open_file(attachment)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        stored, as_attachment=True, filename=attachment.name, content_type="application/octet-stream"
    )
    return harmless(response)


@require_GET
def picture(request: ActingRequest, key: uuid.UUID) -> FileResponse:
    """The preview of a picture, while the file it was drawn from is what was sent."""
    attachment = _found(request, key)
    if not attachment.picture:
        raise Http404
    try:
        attachments.open_file(attachment).close()
        stored = default_storage.open(attachment.picture)
    except FileNotFoundError:
        raise Http404 from None
    return harmless(FileResponse(stored, content_type="image/webp"))


def _found(request: ActingRequest, key: uuid.UUID) -> Attachment:
    """The file; opening an identity paper is logged, and one that expired is gone.

    Raises Http404, PermissionDenied for an identity paper where the role only reads, and disclosures.TooMuch for one
    too many.
    """
    attachment = scoped_get.file(request.actor, key)
    if not attachment.path:
        raise Http404
    if identity_documents.is_looked_into(attachment, by=request.actor):
        if not request.actor.may(Right.ANSWER):
            raise PermissionDenied(_("Um documento de identidade é aberto por quem atende."))
        revealing.told(request, revealing.PAPER, about=attachment.name, case=_protocol(attachment))
        identity_documents.opened(attachment, by=request.actor, at=request.at)
    return attachment


def _protocol(attachment: Attachment) -> str:
    return protocols.show(attachment.case.protocol) if attachment.case else ""
