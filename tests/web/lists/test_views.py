"""Views a team shares: who may, what everybody sees, what stands above the list and how many cases it holds."""

import re
import uuid

from tests.cast import Cast, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.audit.models import AuditLine
from tratativa.cases.models import SharedView

CRITICAL = {"name": "Do pedido", "query": "tab=all&order=1001", "team": "1", "pin": "1"}


def test_a_shared_view_is_the_whole_teams_with_its_count(cast: Cast, enter: Enter) -> None:
    opener(cast)(at=NINE)
    enter(cast.chefe).post("/cases/views", CRITICAL)
    ana = enter(cast.ana)

    page = flat(ana.get("/cases/").text)
    counts = re.search(r'hx-get="([^"]+)"', page)
    assert counts and "Do pedido" in page
    bar = flat(ana.get(counts.group(1).replace("&amp;", "&")).text)

    assert re.search(
        r'href="/cases/\?tab=all&amp;sort=activity&amp;order=1001".*?Do pedido <span class="tab__count"> ?1', bar
    )


def test_neither_another_seller_nor_the_marketplace_sees_it(cast: Cast, enter: Enter) -> None:
    enter(cast.chefe).post("/cases/views", CRITICAL)

    for other in (cast.rival, cast.marta):
        assert "Do pedido" not in enter(other).get("/cases/").text
        assert "Do pedido" not in enter(other).get("/cases/views/counts").text
    view = SharedView.objects.get()
    assert enter(cast.rival).post(f"/cases/views/{view.pk}/shared", {"do": "forget"}).status_code == 403
    assert SharedView.objects.exists()


def test_who_may_not_share_keeps_views_for_oneself(cast: Cast, enter: Enter) -> None:
    ana = enter(cast.ana)

    assert "Para a equipe" not in ana.get("/cases/?tab=all&order=1001").text
    assert ana.post("/cases/views", CRITICAL).status_code == 403
    ana.post("/cases/views", {**CRITICAL, "team": ""})

    assert "Do pedido" in ana.get("/cases/").text and not SharedView.objects.exists()


def test_it_is_unpinned_pinned_and_forgotten_and_each_is_told(cast: Cast, enter: Enter) -> None:
    chefe = enter(cast.chefe)
    chefe.post("/cases/views", CRITICAL)
    view = SharedView.objects.get()
    address = f"/cases/views/{view.pk}/shared"

    chefe.post(address, {"do": "unpin"})
    assert 'class="pinned"' not in chefe.get("/cases/").text and "Do pedido" in chefe.get("/cases/").text
    chefe.post(address, {"do": "pin"})
    assert 'class="pinned"' in chefe.get("/cases/").text
    chefe.post(address, {"do": "forget"})

    assert not SharedView.objects.exists()
    told = AuditLine.objects.filter(what__startswith="view.").order_by("at", "id").values_list("what", flat=True)
    assert sorted(told) == ["view.forgotten", "view.pinned", "view.shared", "view.unpinned"]


def test_as_many_are_pinned_as_fit(cast: Cast, enter: Enter) -> None:
    chefe = enter(cast.chefe)
    for number in range(9):
        chefe.post("/cases/views", {**CRITICAL, "name": f"Vista {number}"})

    assert SharedView.objects.filter(pinned=True).count() == 8
    assert chefe.post(f"/cases/views/{uuid.uuid4()}/shared", {"do": "pin"}).status_code == 404


def test_a_view_of_operators_counts_what_they_find(cast: Cast, enter: Enter) -> None:
    opener(cast)(at=NINE)
    enter(cast.chefe).post("/cases/views", {**CRITICAL, "query": "tab=all&q=valor:>100 canal:telefone"})

    bar = flat(enter(cast.ana).get("/cases/views/counts").text)

    assert re.search(r'Do pedido <span class="tab__count"> ?0', bar)
