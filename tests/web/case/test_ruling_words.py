"""The mediator reads words, not the marks a rulebook's text is written with (issue 12, point 31)."""

from django.urls import reverse

from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party
from tratativa.web.templatetags import words


def test_a_text_with_strong_words_is_shown_strong_on_the_ruling_page(cast: Cast, case: Case, enter: Enter) -> None:
    with door.judging(case.pk, by=cast.marta, at=NINE) as change:
        told = events.Told(to=Party.CUSTOMER, template="aviso")
        change.record(told, to=audience.EVERYONE, words="Seu código: **LX123** <b>")

    page = enter(cast.marta).get(reverse("action", args=[case.protocol, "decidir-mediacao"])).content.decode()

    assert "Seu código: <strong>LX123</strong> &lt;b&gt;" in page
    assert "**LX123" not in page and "LX123**" not in page


def test_where_nothing_can_be_strong_the_marks_are_gone() -> None:
    assert words.plain("O código **LX123** vale 30 dias; 2 ** 3 fica.") == "O código LX123 vale 30 dias; 2 ** 3 fica."
