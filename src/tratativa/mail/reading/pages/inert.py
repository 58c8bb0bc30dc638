"""Inert: a stranger's page made harmless enough to be shown: no script, no form, nothing fetched from elsewhere."""

import re

import nh3
from lxml import html

from tratativa.mail.reading.pages import markup

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "center", "code", "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "s", "small", "span", "strike", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
# Neither id, class nor name: the page's own styles and scripts must find nothing in a letter.
_ATTRIBUTES = {
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, "font": {"color"}, "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"}, "ol": {"start"}, "*": {"style", "dir", "lang"},
}  # fmt: skip
_STYLES = {"color", "background-color", "font-weight", "font-style", "text-decoration", "text-align"}
_UNSEEN = {"script", "style", "title", "head", "template", "noscript", "svg", "math", "object", "iframe", "select"}
_LINK = re.compile(r"(?i)^(?:https?|mailto|tel):")


def page(source: str) -> str:
    """The page with what draws text only. Pictures are those sent along (`cid:`); links leave without a referrer."""
    tree = markup.tree(source)
    if tree is None:
        return ""
    text = html.tostring(tree, encoding="unicode", method="html")
    return nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags=_UNSEEN,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if value.lower().startswith("cid:") else None
    if tag == "a" and name == "href":
        return value if _LINK.match(value.strip()) else None
    return value
