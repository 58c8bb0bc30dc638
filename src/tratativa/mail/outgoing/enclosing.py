"""Enclosing: the files of a message travel with the customer's letter, and stay on their page as well (T-10)."""

from pathlib import PurePosixPath

from django.core.mail import EmailMultiAlternatives

from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment
from tratativa.mail.models import Letter
from tratativa.rulebook.terms.parties import Party

# Bytes in one letter: many mailboxes take ten megabytes, and base64 makes four of every three.
LIMIT = 7 * 1024**2
# What mail servers refuse, with the whole letter, and no customer needs: it is fetched from the page instead.
REFUSED = frozenset(
    {
        "ade", "adp", "apk", "appx", "bat", "cab", "chm", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "htm",
        "html", "img", "ins", "iso", "isp", "jar", "js", "jse", "lib", "lnk", "mde", "mjs", "msc", "msi", "msix",
        "msp", "mst", "nsh", "pif", "ps1", "scr", "sct", "shb", "svg", "sys", "vb", "vbe", "vbs", "vhd", "vxd",
        "wsc", "wsf", "wsh", "xhtml", "xll",
    }
)  # fmt: skip
_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def enclose(message: EmailMultiAlternatives, letter: Letter) -> None:
    """Attaches the files of the entry the letter is about, as far as one letter takes them."""
    if letter.party != Party.CUSTOMER:
        return
    left = LIMIT
    for file in Attachment.objects.filter(entry=letter.entry_id).order_by("added_at", "id"):
        suffix = PurePosixPath(file.name).suffix.lower().removeprefix(".")
        if suffix in REFUSED or file.size > left:
            continue
        try:
            with attachments.open_file(file) as stored:
                content = stored.read()
        except (FileNotFoundError, attachments.Altered):
            continue  # the page says that it is lost, or another; the letter goes without it
        message.attach(file.name, content, _TYPES.get(suffix, "application/octet-stream"))
        left -= file.size
