"""Marks of mail clients: the names and styles by which they set off quotes, signatures and what nobody should see."""

import itertools
import re

from lxml.html import HtmlElement

from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.quotes import borders

_LINELESS = re.compile(r"border-left:(?:none|0)")
# Gmail and Outlook rename the ids of what they quote: x_…, m_-123…, yiv123….
_RENAMED = re.compile(r"^(?:x_|m_-?\d{0,30}|yiv\d{0,20}|mcntm?_?)+")
BORDERS = {
    "divrplyfwdmsg", "olk_src_body_section", "zwchr", "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message-container", "isforwardcontent", "isreplycontent", "mailcontenttoreply",
    "mail-editor-reply-container", "origbody", "orimsghtmlseperator", "outlookmessageheader", "__headers__",
}  # fmt: skip
QUOTES = {
    "yahoo_quoted", "zmail_extra", "gmail_attr", "moz-cite-prefix", "reply-intro", "messagereplysection",
    "yahooquoted", "gmx_quote", "tutanota_quote", "wordsection_quote", "quotedtextcollapsed", "__quoted_text__",
    "replyheader", "airmail_on", "mb_quote", "front-blockquote", "hs_reply", "missive_quote", "nylas_quote",
}  # fmt: skip
AROUND = {"gmail_quote", "gmail_quote_container", "protonmail_quote", "gmail_extra_quote", "mail-quote"}
SIGNATURES = {
    "gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature",
    "ymail_android_signature", "applemailsignature", "applelinesignature", "zmail_signature", "messagesignaturesection",
    "ydp_signature", "mac_outlook_signature", "tutanota_signature", "x_signature",
}  # fmt: skip


def signature(element: HtmlElement) -> bool:
    """Whether a client marked this as its user's signature."""
    return bool(names_of(element) & SIGNATURES)


def names_of(element: HtmlElement) -> set[str]:
    """Its id, classes, name and marker, in lower case and as the first client wrote them."""
    given = f"{element.get('id', '')} {element.get('class', '')} {element.get('data-marker', '')}"
    named = element.get("name", "") if element.tag in ("div", "section", "a") else ""
    given = f"{given} {named}"[:500].strip().lower()
    names = {_RENAMED.sub("", name) for name in given.split()} if given else set()
    # GMX, Web.de and 1&1 name it plainly; as a class the word may mean anything.
    return names | {"gmx_quote"} if named == "quote" else names


def indented(element: HtmlElement) -> bool:
    """Whether a box has the line at its left that clients draw beside a quote. It may be the writer's own."""
    style = _style(element) if element.tag == "div" else ""
    return "border-left:" in style and "padding-left:" in style and not _LINELESS.search(style)


def drawn(element: HtmlElement) -> bool:
    """Whether Word drew its line here, with the headers of the letter answered below it."""
    style = _style(element) if element.tag in ("div", "p") else ""
    if "border-top:solid" not in style or "padding:3" not in style:
        return False
    first = next((text for text in itertools.islice(element.itertext(), 20) if text.strip()), "")
    return borders.label(Line(first if ":" in first else f"{first}:")) == "from"


def cites(names: set[str]) -> bool:
    """Whether one of these names says that what stands here is quoted."""
    return any("quote" in name or "cite" in name for name in names)


def hidden(element: HtmlElement) -> bool:
    """Whether its client hides it from readers."""
    style = _style(element)
    return "display:none" in style or "mso-hide:all" in style


def _style(element: HtmlElement) -> str:
    given: str = element.get("style", "")
    return given[:500].lower().replace(" ", "")
