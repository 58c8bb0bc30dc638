"""An order whose number has a slash in it: its page, its cases and what is found of it open as any other's."""

from tests.cast import Cast, make_order
from tests.web.conftest import Enter


def test_the_page_of_an_order_with_a_slash_opens_and_a_case_is_begun_from_it(cast: Cast, enter: Enter) -> None:
    make_order(cast.marketplace, cast.seller, cast.buyer, "MP-2026/0077")
    desk = enter(cast.marta)

    assert "MP-2026/0077" in desk.get("/orders/MP-2026/0077/").text
    assert desk.get("/orders/MP-2026/0077/open").status_code == 200
    assert "/orders/MP-2026/0077/" in desk.get("/find/?q=mp20260077").text
