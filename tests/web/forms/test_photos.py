"""Photos on pages: a customer's are drawn anew wherever they are sent, and each goes up before its form does."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cases.files.test_photographs import HERE, photo
from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tratativa.accounts.actors import Actor
from tratativa.cases import door
from tratativa.cases.core import effects
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Case, Request
from tratativa.rulebook.language.effects import parse

Opened = Callable[..., Case]


def chosen(name: str = "caixa.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo())


def asked(case: Case, of: str, by: Actor) -> Request:
    ask = {"ask": {"of": of, "label": "Fotos", "fields": [{"label": "Fotos do item", "type": "files"}]}}
    with door.judging(case.pk, by=by, at=NINE) as change:
        effects.run(change, parse(ask))
    return Request.objects.get(case=case)


def stored() -> bytes:
    with attachments.open_file(Attachment.objects.get()) as file:
        return file.read()


def test_a_customers_photo_in_a_message_does_not_tell_where_they_live(cast: Cast, case: Case, enter: Enter) -> None:
    answer = enter(cast.cliente).post(reverse("my_reply", args=[case.protocol]), {"text": "Veja", "files": chosen()})

    assert answer.status_code == 302
    assert HERE not in stored()


@pytest.mark.parametrize(("of", "name"), [("customer", "my_request"), ("seller", "request")])
def test_a_photo_that_was_asked_for_is_drawn_anew_whoever_sends_it(
    of: str, name: str, cast: Cast, case: Case, enter: Enter
) -> None:
    request = asked(case, of, cast.marta)
    by = cast.cliente if of == "customer" else cast.ana

    answer = enter(by).post(reverse(name, args=[case.protocol, request.pk]), {"fotos-do-item": chosen()})

    assert answer.status_code == 302
    assert HERE not in stored()


def test_what_staff_attach_to_a_message_stays_byte_for_byte(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.ana).post(reverse("add_file", args=[case.protocol]), {"files": chosen()})

    assert stored() == photo()


def test_a_file_put_up_before_its_form_goes_with_it(cast: Cast, case: Case, enter: Enter) -> None:
    request, phone = asked(case, "customer", cast.ana), enter(cast.cliente)

    line = phone.post(reverse("my_put_up"), {"files": chosen(), "asked": "yes"}).content.decode()
    waiting = Attachment.objects.get()
    phone.post(reverse("my_request", args=[case.protocol, request.pk]), {"fotos-do-item.kept": str(waiting.pk)})

    assert f'value="{waiting.pk}"' in line
    waiting.refresh_from_db()
    assert waiting.case_id == case.pk


def test_a_waiting_file_is_taken_back_by_its_owner_alone(cast: Cast, enter: Enter) -> None:
    enter(cast.cliente).post(reverse("my_put_up"), {"files": chosen()})
    key = Attachment.objects.get().pk

    enter(cast.vizinho).post(reverse("my_take_down", args=[key]))
    enter(cast.ana).post(reverse("take_down", args=[key]))
    assert Attachment.objects.filter(pk=key).exists()
    enter(cast.cliente).post(reverse("my_take_down", args=[key]))

    assert not Attachment.objects.exists()


def test_what_cannot_be_drawn_is_said_in_words_and_nothing_is_kept(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.cliente).post(reverse("my_put_up"), {"files": chosen("foto.jpg", photo()[:300])})

    assert answer.status_code == 422
    assert "Não deu para ler a foto «foto.jpg»" in answer.json()["error"]
    assert not Attachment.objects.exists()


def test_more_files_than_a_form_may_carry_are_refused_wherever_they_came_up(
    cast: Cast, case: Case, enter: Enter
) -> None:
    phone = enter(cast.cliente)
    for number in range(11):
        phone.post(reverse("my_put_up"), {"files": chosen(f"{number}.txt", b"x")})
    keys = [str(one) for one in Attachment.objects.values_list("pk", flat=True)]

    answer = phone.post(
        reverse("my_reply", args=[case.protocol]), {"text": "Todas", "kept": [*keys, str(uuid.uuid4())]}
    )

    assert answer.status_code == 422
    assert "São até 10 arquivos por mensagem." in answer.content.decode()
