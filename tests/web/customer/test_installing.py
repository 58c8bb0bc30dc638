"""The customers' pages as an app: the marketplace's own name, colour and icon; nothing private is ever kept."""

import io
import json
import re

import pytest
from django.test import Client
from PIL import Image

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.accounts.models import Logo, Marketplace
from tratativa.cases.models import Case
from tratativa.web.frame import assets, branding

MANIFEST = "/my/americanas/manifest.webmanifest"


def kept(client: Client) -> list[str]:
    """The addresses the worker keeps."""
    found = re.search(r"const FILES = (\[.*?\]);", client.get("/my/worker.js").text)
    assert found
    files: list[str] = json.loads(found.group(1))
    return files


def picture(client: Client, address: str) -> Image.Image:
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_the_manifest_has_the_marketplaces_name_colour_and_icons(cast: Cast, client: Client) -> None:
    answer = client.get(MANIFEST)

    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["scope"], told["start_url"]) == ("Americanas", "/my/", "/my/")
    assert told["theme_color"] == branding.colour(cast.marketplace)
    assert {one["sizes"] for one in told["icons"]} == {"192x192", "512x512"}
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}


def test_two_marketplaces_are_two_apps(cast: Cast, client: Client) -> None:
    other = Marketplace.objects.create(name="Loja da Serra e do Mar", slug="serra", accent="green")

    one, two = (json.loads(client.get(f"/my/{slug}/manifest.webmanifest").content) for slug in ("americanas", "serra"))

    assert one["id"] != two["id"] and one["theme_color"] != two["theme_color"]
    assert two["short_name"] == "Loja"
    assert branding.icon_url(other, 192) not in [icon["src"] for icon in one["icons"]]


@pytest.mark.parametrize("size", [180, 192, 512])
def test_an_icon_is_drawn_in_the_brands_colour(size: int, cast: Cast, client: Client) -> None:
    drawn = picture(client, branding.icon_url(cast.marketplace, size))

    fill = branding.colour(cast.marketplace).removeprefix("#")
    assert drawn.size == (size, size)
    assert drawn.getpixel((2, 2)) == tuple(bytes.fromhex(fill))
    assert len(drawn.getcolors(100_000) or []) > 1  # its letters


def test_a_picture_of_the_marketplaces_own_goes_before_letters(cast: Cast, client: Client) -> None:
    before, out = branding.icon_url(cast.marketplace, 192), io.BytesIO()
    Image.new("RGB", (40, 20), "#00ff00").save(out, "WEBP", lossless=True)
    Logo.objects.create(marketplace=cast.marketplace, content=out.getvalue())
    Marketplace.objects.filter(pk=cast.marketplace.pk).update(logo="a" * 16)
    cast.marketplace.refresh_from_db()

    drawn = picture(client, branding.icon_url(cast.marketplace, 192))

    assert drawn.getpixel((96, 96)) == (0, 255, 0) and drawn.getpixel((2, 2)) == (255, 255, 255)
    assert client.get(before).status_code == 404


def test_a_size_nobody_asks_for_is_not_drawn(cast: Cast, client: Client) -> None:
    assert client.get(branding.icon_url(cast.marketplace, 192).replace("192.png", "9000.png")).status_code == 404


def test_every_customers_page_leads_to_its_manifest(cast: Cast, case: Case, enter: Enter, client: Client) -> None:
    pages = (enter(cast.cliente).get(f"/my/cases/{case.protocol}/").text, client.get("/my/americanas/").text)

    for page in pages:
        assert f'rel="manifest" href="{MANIFEST}"' in page
        assert f'href="{branding.icon_url(cast.marketplace, 180)}"' in page


def test_only_an_offline_page_and_the_built_files_are_kept(cast: Cast, case: Case, enter: Enter) -> None:
    files = kept(enter(cast.cliente))

    assert files == [
        "/my/offline/pt-br",
        *(assets.url(f"web/{name}") for name in ("customer.css", "customer.js", "icon.svg")),
    ]
    assert "no-store" in enter(cast.cliente).get(f"/my/cases/{case.protocol}/")["Cache-Control"]


def test_the_offline_page_is_nobodys(cast: Cast, case: Case, enter: Enter, client: Client) -> None:
    mine, anybodys = enter(cast.cliente).get("/my/offline/pt-br").text, client.get("/my/offline/pt-br").text

    assert mine == anybodys
    assert cast.buyer.name not in mine and "csrf" not in mine and "Americanas" not in mine


def test_the_offline_page_speaks_the_readers_language(cast: Cast, enter: Enter) -> None:
    client = enter(cast.cliente)

    assert 'data-worker="/my/worker.js?language=pt-br"' in client.get("/my/").text
    assert "/my/offline/en" in client.get("/my/worker.js?language=en").text
    assert "/my/offline/pt-br" in client.get("/my/worker.js?language=xx").text
    assert "Nothing was sent." in client.get("/my/offline/en").text
    assert client.get("/my/offline/xx").status_code == 404
