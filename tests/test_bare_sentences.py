"""What people are refused with is said in their language: no exception of these rooms carries a bare sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import tratativa

SOURCE = Path(tratativa.__file__).parent
ROOMS = ("accounts", "cases", "mail", "playbooks", "reputation", "web")
# Those that reach whoever programs or installs, and no page.
UNSEEN = {
    "LookupError",
    "ImproperlyConfigured",
    "ValueError",  # read by the reader beside it, which says it its own way
    "NoRulebook",  # a page of its own tells it: `web/frame/middleware.py`
    "NotSelectable",  # a condition of a rulebook that no list can ask the database; a list asks Python then
    "imaplib.IMAP4.error",
    "Twice",  # two registered the same word
    "Unwritable",  # a line of the audit log as no verb may write it
    "NoWord",  # a provider that signs people in said what cannot be believed: the log has it, a page its own words
    "requests.RequestException",  # as a library says it: whoever asked the provider catches it
    "Misunderstood",  # a provider's notice that is none: the log has it
}
# Told to the queue of jobs, which tries again.
TO_JOBS = {"another process is sending it"}


def raised() -> Iterator[tuple[str, str, str]]:
    """Every exception raised with a sentence written out: where, which, and the sentence."""
    for room in ROOMS:
        for file in sorted((SOURCE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    given = [*node.exc.args, *(one.value for one in node.exc.keywords)]
                    for sentence in (said for one in given for said in bare(one)):
                        yield f"{file.relative_to(SOURCE)}:{node.lineno}", ast.unparse(node.exc.func), sentence


def bare(given: ast.expr) -> Iterator[str]:
    """The sentences in an argument that no call translates: several words, or a word that ends as a sentence does."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield from [given.value] if any(map(str.isalpha, given.value)) and " " in given.value else []
    elif isinstance(given, ast.JoinedStr):
        said = "".join(part.value for part in given.values if isinstance(part, ast.Constant))
        yield from [said] if any(map(str.isalpha, said)) else []
    elif not isinstance(given, ast.Call):
        for part in ast.iter_child_nodes(given):
            if isinstance(part, ast.expr):
                yield from bare(part)


def test_no_exception_that_people_read_carries_a_bare_sentence() -> None:
    found = [one for one in raised() if one[1].split("(")[0] not in UNSEEN and one[2] not in TO_JOBS]

    assert found == []
