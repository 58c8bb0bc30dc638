"""YAML as plain data that remembers its lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.terms.yaml_source import BadYaml


def read(text: str):
    return yaml_source.read(text.encode(), "regras.yaml")


def test_words_mean_what_they_say() -> None:
    data = read(
        "country: NO\nflag: off\nanswer: y\nyes: no\ntime: 12:30\nday: 2026-11-23\noctal: 010\nhex: 0x1f\n"
        "infinite: .inf\nnumber: -42\nmoney: 199.90\nbig: 1_000\nnothing: ~\nempty:\ntrue: false\nquoted: '12'\n"
    ).data

    assert data == {
        "country": "NO", "flag": "off", "answer": "y", "yes": "no", "time": "12:30", "day": "2026-11-23",
        "octal": "010", "hex": "0x1f", "infinite": ".inf", "number": -42, "money": 199.9, "big": "1_000",
        "nothing": None, "empty": None, "true": False, "quoted": "12",
    }  # fmt: skip


def test_every_piece_knows_its_line() -> None:
    source = read("a: 1\nb:\n  - c\n  - d:\n      e: 2\n  - {f: 3, g: [4]}\n")

    assert source.line_of(("a",)) == 1
    assert source.line_of(("b", 0)) == 3
    assert source.line_of(("b", 1, "d", "e")) == 5
    assert source.line_of(("b", 2, "g", 0)) == 6


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    source = read("a:\n  b:\n    c: 1\n")

    assert source.line_of(("a", "b", "nowhere", 3)) == 2
    assert source.line_of(("nowhere",)) == 1


def test_texts_of_several_lines_stay_whole() -> None:
    assert read("a: |\n  um\n  dois\nb: >\n  um\n  dois\n").data == {"a": "um\ndois\n", "b": "um dois\n"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "`a` aparece duas vezes"),
        ("a: 1\nb: {c: 1, c: 2}\n", 2, "`c` aparece duas vezes"),
        ("a: &x 1\nb: 2\n", 1, "âncoras"),
        ("a: 1\nb: *x\n", 2, "âncoras e apelidos"),
        ("a: 1\n<<: {b: 2}\n", 2, "`<<`"),
        ("a: !!python/object/apply:os.system [id]\n", 1, "etiquetas"),
        ("a: 1\nb: !!binary aGk=\n", 2, "etiquetas"),
        ("a: 1\n---\nb: 2\n", 3, "um só documento"),
        ("a: 1\nb: [1, 2\n", 3, "isto não é YAML"),
        ("a: 1\n\tb: 2\n", 2, "isto não é YAML"),
        ("a: 'x\n", 2, "isto não é YAML"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "uma chave é uma palavra"),
        ('a: "x\\0y"\n', 1, "caractere nulo"),
    ],
)
def test_what_is_refused_names_its_line(text, line, words) -> None:
    with pytest.raises(BadYaml) as bad:
        read(text)

    (problem,) = bad.value.problems
    assert (problem.file, problem.line) == ("regras.yaml", line)
    assert words in problem.text


def test_an_empty_file_is_nothing() -> None:
    assert read("").data is None
    assert read("# só um comentário\n").data is None


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    assert yaml_source.read(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a.yaml").data == {"a": 1, "b": 2}


def test_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(BadYaml) as bad:
        yaml_source.read("a: 1\nb: não\n".encode("latin-1"), "a.yaml")

    assert str(bad.value) == "a.yaml:2: o arquivo não está em UTF-8; salve-o nessa codificação"


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("abc é:-#'\"\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé", min_size=1, max_size=4), inner),
    max_leaves=12,
)


@given(plain)
def test_what_a_yaml_writer_writes_is_read_back(data) -> None:
    import yaml

    written = yaml.safe_dump(data, allow_unicode=True, default_style=None)

    assert read(written).data == data
