"""Streets: names and addresses told by two systems, brought to one spelling before they are compared."""

import re

from tratativa.rulebook.terms.folding import fold

_CEP = re.compile(r"\b([0-9]{5})-([0-9]{3})\b")
# The usual ones of the Correios' address standard.
_WRITTEN_OUT = {
    "r": "rua", "av": "avenida", "aven": "avenida", "al": "alameda", "pc": "praca", "pca": "praca", "tv": "travessa",
    "trav": "travessa", "rod": "rodovia", "estr": "estrada", "est": "estrada", "lgo": "largo", "vl": "vila",
    "jd": "jardim", "jrd": "jardim", "pq": "parque", "dr": "doutor", "dra": "doutora", "prof": "professor",
    "profa": "professora", "eng": "engenheiro", "cel": "coronel", "cap": "capitao", "mal": "marechal",
    "pres": "presidente", "sta": "santa", "sto": "santo", "gov": "governador", "sen": "senador", "qd": "quadra",
    "lt": "lote", "bl": "bloco", "ap": "apartamento", "apto": "apartamento", "sl": "sala", "lj": "loja",
}  # fmt: skip
_UNSAID = {"n", "no", "nº", "num", "numero", "cep"}


def letters(words: str) -> str:
    """Letters and digits alone: an accent, a comma or a capital is no difference."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(words)).split())


def plain(address: str) -> str:
    """The address with what people abbreviate written out: «R. das Flores, nº 12» is «Rua das Flores, 12»."""
    words = (_WRITTEN_OUT.get(word, word) for word in letters(_CEP.sub(r"\1\2", address)).split())
    return " ".join(word for word in words if word not in _UNSAID)
