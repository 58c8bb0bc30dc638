"""Each audience's pages load one style sheet, and it knows every class their templates use."""

import re
from pathlib import Path

import pytest

import tratativa.web
from tratativa.web.frame import assets

WEB = Path(tratativa.web.__file__).parent
TEMPLATES = WEB / "templates"
PAGES = {
    "customer": ["customer/*.html"],
    "partner": ["partner/*.html"],
    "entrance": ["account/**/*.html", "allauth/**/*.html", "error.html", "signed_out.html"],
}
KNOWN = re.compile(r"\.([a-z][\w-]*)")
# Words of a rule about something else: `.rail .menu__list` says nothing of a customer's menu.
PLACES = r"\.(desk|rail|case__\w+|conversation|message|strip|run|mark__\w+|fold|retailer\w*|menu__list--\w+)\b"


@pytest.mark.parametrize("audience", PAGES)
def test_a_sheet_knows_the_classes_of_its_pages(audience: str) -> None:
    used = _used([path for pattern in PAGES[audience] for path in TEMPLATES.glob(pattern)])

    mine = _classes((WEB / "static" / assets.url(f"web/{audience}.css").removeprefix("/static/")).read_text())
    all_there_are = {name for path in (WEB / "styles").rglob("*.css") for name in _classes(path.read_text())}

    assert used & all_there_are <= mine


def _used(pages: list[Path]) -> set[str]:
    """The classes of these templates and of what they include."""
    found: set[str] = set()
    seen: set[Path] = set()
    while pages:
        page = pages.pop()
        if page in seen or not page.exists():
            continue
        seen.add(page)
        text = page.read_text()
        pages += [TEMPLATES / name for name in re.findall(r'{% (?:include|extends) "([^"]+)"', text)]
        for words in re.findall(r'class="((?:{%.*?%}|{{.*?}}|[^"])*)"', text, re.DOTALL):
            found |= set(re.sub(r"{%.*?%}|{{.*?}}", " ", words).split())
    return found


def _classes(sheet: str) -> set[str]:
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = [one for rule in re.findall(r"([^{}]+)\{", plain) for one in rule.split(",")]
    return {name for one in selectors if not re.search(PLACES, one) for name in KNOWN.findall(one)}
