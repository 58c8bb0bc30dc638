"""The proxy in front is named, or the desk says why nothing would work."""

import pytest

from tratativa.config.trouble import Trouble
from tratativa.serve import proxy


def test_https_without_a_named_proxy_is_refused_with_the_way_out() -> None:
    with pytest.raises(Trouble, match=r"TRATATIVA_HTTPS=1 pede um proxy .* TRATATIVA_PROXIES"):
        proxy.examine({"TRATATIVA_HTTPS": "1"})


def test_a_proxy_that_is_no_address_is_refused_by_name() -> None:
    with pytest.raises(Trouble, match=r"«proxy\.example», que não é endereço nem rede"):
        proxy.examine({"TRATATIVA_PROXIES": "127.0.0.1, proxy.example"})


@pytest.mark.parametrize("env", [{}, {"TRATATIVA_HTTPS": "1", "TRATATIVA_PROXIES": "127.0.0.1,10.0.0.0/24"}])
def test_what_works_is_let_be(env: dict[str, str]) -> None:
    proxy.examine(env)
