"""Rich text: a few marks survive, the plain words are what everything else reads, and nothing hostile comes through."""

import re
import time

import pytest
from django.urls import reverse

from tests import tampering
from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tratativa.accounts import formatting, text
from tratativa.accounts.formatting import Written
from tratativa.cases.acting import replying
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Draft, Text
from tratativa.evidence import faults, walking

SENT = "<p>Chega <strong>amanhã</strong>:</p><ul><li><p>caixa <em>grande</em></p></li><li><p>nota</p></li></ul>"
WORDS = "Chega amanhã:\n- caixa grande\n- nota"
FORM = {"to": "customer", "switch": "shown", "customer_reads": "yes", "confirmed": "yes"}


@pytest.mark.parametrize(
    ("raw", "words", "html"),
    [
        (SENT, WORDS, SENT),
        ("<p>uma linha</p><p></p><p>outra</p>", "uma linha\n\noutra", ""),
        ("<p>a<br>b</p><p><s>c</s></p>", "a\nb\nc", "<p>a<br>b</p><p><s>c</s></p>"),
        (
            "<ol><li><p>um</p><ol><li><p>meio</p></li></ol></li><li><p>dois</p></li></ol>",
            "1. um\n  1. meio\n2. dois",
            "<ol><li><p>um</p><ol><li><p>meio</p></li></ol></li><li><p>dois</p></li></ol>",
        ),
        ("<p>1 &lt; 2 &amp; <em>3</em></p>", "1 < 2 & 3", "<p>1 &lt; 2 &amp; <em>3</em></p>"),
        ("<p><strong>  </strong></p>", "", ""),
    ],
)
def test_a_message_keeps_its_marks_beside_its_words(raw: str, words: str, html: str) -> None:
    assert formatting.read(raw) == Written(words, html)


@pytest.mark.parametrize(
    "raw",
    [
        "<p><strong>x</strong></p><script>alert(1)</script>",
        "<p onclick='alert(1)' style='position:fixed' data-hx-post='/x' hx-get='/x'><em>x</em></p>",
        "<p><a href='javascript:alert(1)'><em>x</em></a></p>",
        "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg><em>x</em>",
        "<math><mi//xlink:href='data:x,<script>'><em>x</em>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript><em>x</em>",
        "<template><img src=x onerror=alert(1)></template><iframe srcdoc='<em>'></iframe><em>x</em>",
        "<p>&#x338;<em>x&#x202e;&#1;</em></p>",
        "<em>" + "<ul><li>" * 400 + "x",
        "<form action='/x'><input name=rich><textarea><em>x",
    ],
)
def test_nothing_but_the_allowed_tags_comes_through(raw: str) -> None:
    written = formatting.read(raw)

    tags = set(re.findall(r"<[^>]*>", written.html))
    assert all(re.fullmatch(r"</?(p|br|strong|em|s|ul|ol|li)>", tag) for tag in tags)
    assert not {"\u202e", "\x01"} & set(written.html + written.words)
    assert formatting.read(written.html) == written or not written.html


@pytest.mark.parametrize("raw", ["<b>" * 100_000, "<ul><li>" * 2_500 + "x", "&" * 50_000 + "<em>x</em>", "a" * 60_001])
def test_more_marks_than_a_message_needs_are_refused_before_they_are_parsed(raw: str) -> None:
    begun = time.process_time()

    with pytest.raises(formatting.TooMuch):
        formatting.read(raw)

    assert time.process_time() - begun < 2


def test_the_marks_are_drawn_for_seller_and_customer_and_the_words_are_kept_plain(
    cast: Cast, case: Case, enter: Enter
) -> None:
    answer = enter(cast.ana).post(reverse("reply", args=[case.protocol]), {**FORM, "text": "outra coisa", "rich": SENT})

    assert answer.status_code == 302
    said = Text.objects.filter(case=case).latest("entry__number")
    assert (said.body, said.rich) == (WORDS, SENT)
    for actor, name in ((cast.ana, "case"), (cast.cliente, "my_case"), (cast.marta, "case")):
        assert SENT in enter(actor).get(reverse(name, args=[case.protocol])).content.decode()
    assert walking.walk().faults == ()


def test_altered_marks_are_found_like_altered_words(cast: Cast, case: Case) -> None:
    replying.reply(case, Message("", rich=SENT, to="customer", customer_reads=True), by=cast.ana, at=NINE)
    case.refresh_from_db()

    with tampering.switched_off():
        Text.objects.filter(case=case, rich=SENT).update(rich=SENT.replace("amanhã", "hoje"))

    assert [fault.why for fault in walking.walk().faults] == [faults.WORDS_ALTERED]


def test_what_is_checked_is_what_is_read(cast: Cast, case: Case, enter: Enter) -> None:
    hidden = "<p>Ligue (11) 9<strong>8765</strong>-4321</p>"

    answer = enter(cast.ana).post(reverse("conduct", args=[case.protocol]), {**FORM, "text": "Olá", "rich": hidden})

    assert answer.json()["texts"]


def test_a_draft_keeps_its_marks_and_plain_typing_takes_them_away(cast: Cast, case: Case, enter: Enter) -> None:
    browser, place = enter(cast.ana), reverse("draft", args=[case.protocol])

    browser.post(place, {"text": WORDS, "rich": SENT, "to": "customer"})
    page = browser.get(reverse("case", args=[case.protocol])).content.decode()
    browser.post(place, {"text": "sem marcas", "to": "customer"})

    assert 'data-rich="&lt;p&gt;Chega &lt;strong&gt;' in page
    assert drafts.of(case, cast.ana) == Draft.objects.get(body="sem marcas", rich="")


def test_too_many_marks_lose_no_word(cast: Cast, case: Case, enter: Enter) -> None:
    flood = "<b>" * 5_000
    form = {**FORM, "text": "o que eu escrevi", "rich": flood}

    answer = enter(cast.ana).post(reverse("reply", args=[case.protocol]), form)

    assert answer.status_code == 422
    assert "A formatação desta mensagem é grande demais" in answer.content.decode()
    assert "o que eu escrevi</textarea>" in answer.content.decode()
    with pytest.raises(Invalid):
        replying.reply(case, Message("x", rich=flood, to="marketplace"), by=cast.ana, at=NINE)


def test_a_message_of_nothing_but_marks_is_empty(cast: Cast, case: Case, enter: Enter) -> None:
    form = {**FORM, "text": "", "rich": "<ul><li><p></p></li></ul>"}

    answer = enter(cast.ana).post(reverse("reply", args=[case.protocol]), form)

    assert answer.status_code == 422
    assert "Escreva a mensagem." in answer.content.decode()


def test_the_limit_counts_words_not_marks(cast: Cast, case: Case) -> None:
    replying.reply(
        case, Message("", rich=f"<p><em>{'a' * text.MESSAGE_LIMIT}</em></p>", to="marketplace"), by=cast.ana, at=NINE
    )
    with pytest.raises(Invalid):
        replying.reply(case, Message("", rich=f"<p>{'b' * 20_001}</p>", to="marketplace"), by=cast.ana, at=NINE)

    assert Text.objects.filter(case=case).count() == 2
