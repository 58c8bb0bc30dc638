"""The proxy in front: whether the operator named it, where nothing would work without its word."""

import ipaddress
from collections.abc import Mapping

from tratativa.config.trouble import Trouble


def examine(env: Mapping[str, str]) -> None:
    """Raises Trouble for a proxy that is no address, and for https without a proxy that could say so."""
    named = [one.strip() for one in env.get("TRATATIVA_PROXIES", "").split(",") if one.strip()]
    for one in named:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError:
            raise Trouble(
                f"TRATATIVA_PROXIES nomeia «{one}», que não é endereço nem rede. Escreva, por exemplo, "
                "TRATATIVA_PROXIES=127.0.0.1,10.0.0.0/24."
            ) from None
    if env.get("TRATATIVA_HTTPS", "").lower() in {"1", "true", "yes", "on"} and not named:
        raise Trouble(
            "TRATATIVA_HTTPS=1 pede um proxy na frente que fale TLS, e nenhum está em TRATATIVA_PROXIES: toda página "
            "mandaria o navegador de volta a si mesma. Diga o endereço dele (o desta máquina é 127.0.0.1)."
        )
