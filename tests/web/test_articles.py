"""Ajuda: the rules as articles, found by words, asked whether they helped."""

from collections.abc import Callable

from django.test import Client

from tests.cast import Cast
from tratativa.accounts.models import Opinion
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.parties import Party
from tratativa.web import telling

Enter = Callable[..., Client]


def book(name: str) -> Rulebook:
    folder = shipped.folder(name)
    assert folder is not None
    return reading.load(folder).book


def test_every_reason_action_and_deadline_of_every_rulebook_becomes_an_article() -> None:
    for name in shipped.names():
        rules = book(name)
        found = {(one.kind, one.id) for one in telling.articles(rules, Party.MARKETPLACE)}

        assert found == {
            *(("reason", one.id) for one in rules.reasons),
            *(("action", one.id) for one in rules.actions),
            *(("deadline", one.id) for one in rules.deadlines),
        }


def test_articles_are_found_by_any_of_their_words_whatever_the_accents() -> None:
    rules = telling.articles(book("casas-bahia"), Party.SELLER)

    titles = [one.title for one in telling.search(rules, "codigo POSTAGEM")]

    assert "Informar o código de postagem" in titles
    assert telling.search(rules, "geladeira voadora") == []


def test_an_opinion_is_kept_once_and_can_change(cast: Cast, enter: Enter) -> None:
    client = enter(cast.ana)

    for answer in ("yes", "no"):
        client.post("/articles/action/anotar/opinion", {"useful": answer})

    assert [opinion.useful for opinion in Opinion.objects.all()] == [False]
