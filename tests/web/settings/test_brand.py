"""Marca: what the marketplace is called and looks like, its own words to customers, and that each change is told."""

import io
import math
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

import tratativa.web
from tests.cast import Cast
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Logo
from tratativa.founding import branding
from tratativa.mail.outgoing import writing

ROOM = "/settings/brand/"
WORN = {"name": "Americanas", "accent": "blue"}


def changes() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    lines = AuditLine.objects.filter(what="marketplace.brand_changed").order_by("at", "id")
    return list(lines.values_list("before", "after"))


def picture(colour: str) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (80, 80), colour).save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue())


def test_what_is_changed_is_worn_and_told_and_what_is_not_is_not(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    page = desk.post(ROOM, {**WORN, "name": "Loja Nova", "accent": "green"}, follow=True).text
    desk.post(ROOM, {**WORN, "name": "Loja Nova", "accent": "green"})

    assert "A marca foi guardada" in page and 'data-accent="green"' in page and "Loja Nova" in page
    assert changes() == [({"name": "Americanas", "accent": "Azul"}, {"name": "Loja Nova", "accent": "Verde"})]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": " "}, "Diga o nome da empresa"),
        ({"accent": "#fff"}, "Escolha uma cor."),
        ({"door_text": "a" * 601}, "passa de 600 letras"),
        ({"letter_footer": "a" * 601}, "passa de 600 letras"),
        ({"logo": SimpleUploadedFile("l.svg", b"<svg/>")}, "não é uma imagem"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_changed(
    given: dict[str, Any], says: str, cast: Cast, enter: Enter
) -> None:
    page = enter(admin(cast)).post(ROOM, WORN | given)

    cast.marketplace.refresh_from_db()
    assert (page.status_code, says in page.text, changes()) == (422, True, [])
    assert branding.of(cast.marketplace) == branding.Brand("Americanas", "blue")


def test_a_logo_is_put_on_replaced_and_taken_off_again(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    desk.post(ROOM, {**WORN, "logo": picture("navy")})
    desk.post(ROOM, {**WORN, "logo": picture("red")})
    shown = desk.get(ROOM).text
    desk.post(ROOM, {**WORN, "bare": "yes"})

    (first, second, third) = changes()
    assert first[0] == {"logo": ""} and first[1] == second[0] and second[1] == third[0] and third[1] == {"logo": ""}
    assert f'src="/logo/americanas/{second[1]["logo"]}.webp"' in shown
    assert Logo.objects.count() == 0 and "/logo/" not in desk.get(ROOM).text


def test_the_door_s_text_is_read_at_the_door_as_it_was_written_and_runs_nothing(cast: Cast, enter: Enter) -> None:
    enter(admin(cast)).post(ROOM, {**WORN, "door_text": "Atendemos de 8 a 18.\r\n<b>Obrigado</b>\u202e"})

    door = Client().get("/my/americanas/").text

    assert "Atendemos de 8 a 18.<br>&lt;b&gt;Obrigado&lt;/b&gt;</p>" in door


def test_the_footer_stands_at_the_end_of_letters_to_customers(cast: Cast, enter: Enter) -> None:
    enter(admin(cast)).post(ROOM, {**WORN, "letter_footer": "Americanas S.A., Rua Um, 1"})
    cast.buyer.refresh_from_db()
    cast.buyer.marketplace.refresh_from_db()

    assert writing.write_code(cast.buyer, "123456").footer.endswith("mensagem.\nAmericanas S.A., Rua Um, 1")


@pytest.mark.parametrize("accent", [code for code, _name in branding.ACCENTS])
def test_text_is_read_on_every_colour_light_and_dark(accent: str) -> None:
    sheet = (Path(tratativa.web.__file__).parent / "styles/ground/tokens.css").read_text(encoding="utf-8")
    hue, strength = _of(sheet, r":root \{"), 1.0
    if accent != "blue":
        (rule,) = re.findall(rf'\[data-accent="{accent}"\] \{{([^}}]*)\}}', sheet)
        hue = float(re.findall(r"--hue: (\d+)", rule)[0])
        strength = float((re.findall(r"--strength: ([\d.]+)", rule) or ["1"])[0])
    shades = re.findall(r"--accent(?:-hover)?: light-dark\((.*)\);", sheet)
    colours = [
        (float(light), float(chroma) * strength)
        for shade in shades
        for light, chroma in re.findall(r"oklch\(([\d.]+) calc\(([\d.]+) \* var", shade)
    ]

    assert len(colours) == 4
    assert [one for one in colours if 1.05 / (_luminance(*one, hue) + 0.05) < 4.5] == []  # WCAG 1.4.3, white on it


def _of(sheet: str, beginning: str) -> float:
    return float(re.findall(beginning + r"[^}]*?--hue: (\d+)", sheet)[0])


def _luminance(light: float, chroma: float, hue: float) -> float:
    """Relative luminance (WCAG) of an OKLCH colour, each channel cut to what a screen has."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    shown = [min(1.0, max(0.0, one)) for one in (red, green, blue)]
    return 0.2126 * shown[0] + 0.7152 * shown[1] + 0.0722 * shown[2]
