"""Following a parcel: the carrier's own page where one is known to take the code, and nowhere else."""

import pytest

from tratativa.rulebook.conduct import carriers


@pytest.mark.parametrize(
    ("carrier", "code", "page"),
    [
        ("Correios", "BR900000003BR", "https://rastreamento.correios.com.br/app/index.php?objetos=BR900000003BR"),
        ("CORREIOS - SEDEX", " br1 ", "https://rastreamento.correios.com.br/app/index.php?objetos=br1"),
        ("", "BR900000003BR", "https://rastreamento.correios.com.br/app/index.php?objetos=BR900000003BR"),
        ("Loggi", "A/1 &x=2#", "https://www.loggi.com/rastreador/A%2F1%20%26x%3D2%23"),
        ("Entregas do Zé", "BR900000003BR", ""),
        ("Braspress", "123", ""),
        ("Correios", "", ""),
        ("", "javascript:alert(1)", ""),
    ],
)
def test_a_parcel_is_followed_on_the_page_of_who_carries_it(carrier: str, code: str, page: str) -> None:
    assert carriers.follow(carrier, code) == page


def test_every_page_of_a_carrier_is_on_a_host_its_messages_may_name() -> None:
    for one in carriers._told()["carriers"]:
        if page := one.get("follow"):
            host = page.removeprefix("https://").partition("/")[0]
            assert page.startswith("https://") and "CODE" in page
            assert any(host == known or host.endswith("." + known) for known in carriers.hosts()), host
