"""Ajuda: the rules as articles, found by words, asked whether they helped."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from tests.cast import Cast
from tratativa.accounts.models import Opinion
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.help import help_articles

Enter = Callable[..., Client]


def book(name: str) -> Rulebook:
    folder = shipped.folder(name)
    assert folder is not None
    return reading.load(folder).book


def test_every_reason_action_and_deadline_of_every_rulebook_becomes_an_article() -> None:
    for name in shipped.names():
        rules = book(name)
        found = {(one.kind, one.id) for one in help_articles.articles(rules, Party.MARKETPLACE)}

        assert found == {
            *(("reason", one.id) for one in rules.reasons),
            *(("action", one.id) for one in rules.actions),
            *(("deadline", one.id) for one in rules.deadlines),
        }


def test_articles_are_found_by_any_of_their_words_whatever_the_accents() -> None:
    rules = help_articles.articles(book("casas-bahia"), Party.SELLER)

    titles = [one.title for one in help_articles.search(rules, "codigo POSTAGEM")]

    assert "Informar o código de postagem" in titles
    assert help_articles.search(rules, "geladeira voadora") == []


def test_a_reason_leads_to_its_actions_and_an_action_back_to_its_reasons(cast: Cast) -> None:  # M-18
    rules = help_articles.articles(book("casas-bahia"), Party.SELLER)
    by_title = {one.title: one for one in rules}

    related = {one.title for one in by_title["Devolução do produto"].related}
    assert {"Informar o código de postagem", "Informar data para retirar o produto"} <= related
    assert "Devolução do produto" in {one.title for one in by_title["Informar o código de postagem"].related}


def test_a_lesson_about_an_action_is_one_click_away_on_its_article() -> None:  # C-20
    rules = help_articles.articles(reading.load(Path("examples/mercado-aberto")).book, Party.SELLER)

    lessons = {link.label: link.url for one in rules for link in one.links}

    assert lessons == {"Aula: como preparar a devolução": "https://escola.mercadoaberto.example/devolucao"}


def test_a_search_shows_what_each_article_is_about_and_the_way_back(cast: Cast, enter: Enter) -> None:  # C-04
    page = enter(cast.ana).get("/articles/?q=anotar").content.decode()

    assert "Informe sua dúvida na busca" in page
    assert "Todos os artigos" in page


def test_an_opinion_is_kept_once_and_can_change(cast: Cast, enter: Enter) -> None:
    client = enter(cast.ana)

    for answer in ("yes", "no"):
        client.post("/articles/action/anotar/opinion", {"useful": answer})

    assert [opinion.useful for opinion in Opinion.objects.all()] == [False]
