"""CPF and CNPJ: who mistypes one is told in their own language."""

import pytest
from django.utils import translation

from tratativa.accounts import documents
from tratativa.accounts.documents import BadDocument


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("pt-br", "123", "Confira o documento: um CPF tem 11 dígitos e um CNPJ tem 14."),
        ("en", "123", "Check the document: a CPF has 11 digits and a CNPJ has 14."),
        ("pt-br", "3100000099", "Faltou o zero à esquerda? O CPF seria 031.000.000-99."),
        ("en", "3100000099", "Did the zero on the left get lost? The CPF would be 031.000.000-99."),
    ],
)
def test_a_document_that_is_none_is_refused_in_the_readers_language(language: str, typed: str, told: str) -> None:
    with translation.override(language), pytest.raises(BadDocument) as refused:
        documents.parse(typed)

    assert told in str(refused.value)
