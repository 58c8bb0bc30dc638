"""A rulebook's ZIP is a stranger's: nothing of it lands outside its folder, and none of it is larger than allowed."""

import io
import stat
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tratativa.founding import zips
from tratativa.rulebook import reading, shipped


def packed(files: dict[str, bytes], links: dict[str, str] | None = None) -> io.BytesIO:
    """An archive of these files; `links` point somewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name, target in (links or {}).items():
            link = zipfile.ZipInfo(name)
            link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, target)
    out.seek(0)
    return out


def folder(name: str, inside: str = "") -> dict[str, bytes]:
    home = shipped.folder(name)
    assert home is not None
    return {inside + str(file.relative_to(home)): file.read_bytes() for file in home.rglob("*") if file.is_file()}


@contextmanager
def opened(archive: io.BytesIO) -> Iterator[Path]:
    with zips.unpacked(archive) as place:
        yield place


@pytest.mark.parametrize("inside", ["", "minha-loja/"])
def test_a_folder_is_read_from_its_zip_and_gone_afterwards(inside: str) -> None:
    with opened(packed(folder("sac-regulado", inside))) as place:
        title = reading.load(place).book.title

    assert title == "SAC regulado"
    assert not place.exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../fora.yaml", "sai da pasta"),
        ("a/../../fora.yaml", "sai da pasta"),
        ("/etc/fora.yaml", "sai da pasta"),
        ("a\\..\\fora.yaml", "sai da pasta"),
        ("C:fora.yaml", "sai da pasta"),
        ("a/b/c/d/e/f/g/h.yaml", "sai da pasta"),
        ("programa.exe", "não é de regras"),
    ],
)
def test_a_path_that_leads_out_is_refused(name: str, why: str) -> None:
    with pytest.raises(zips.BadZip, match=why), opened(packed({"rulebook.yaml": b"x", name: b"x"})):
        pass


def test_a_link_is_refused() -> None:
    with (
        pytest.raises(zips.BadZip, match="não é um arquivo"),
        opened(packed({"rulebook.yaml": b"x"}, {"reasons.yaml": "/etc/passwd"})),
    ):
        pass


def test_what_unfolds_beyond_the_bound_is_refused_whatever_it_says_of_its_size() -> None:
    bomb = packed({"rulebook.yaml": b"\0" * (zips.UNPACKED + 1)})
    assert len(bomb.getvalue()) < 100_000

    with pytest.raises(zips.BadZip, match="grande demais"), opened(bomb):
        pass


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_only_unfolds_in_one_piece_is_not_unfolded(way: int) -> None:
    """Nine hundred megabytes lie in less than a kilobyte; they are in memory before anybody could count them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr("rulebook.yaml", b"\0" * (2 * zips.UNPACKED))

    tracemalloc.start()
    try:
        with pytest.raises(zips.BadZip, match="de um modo que a mesa não abre"), opened(out):
            pass
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 5_000_000


def test_an_archive_spoilt_inside_is_no_fault_of_ours() -> None:
    whole = packed({"rulebook.yaml": b"title: " + bytes(range(32, 127)) * 40}).getvalue()
    begins = whole.index(b"rulebook.yaml") + len("rulebook.yaml")

    for spoilt in (whole[:begins] + bytes([7]) * 40 + whole[begins + 40 :], whole[:begins] + whole[begins + 9 :]):
        with pytest.raises(zips.BadZip, match="não é um ZIP"), opened(io.BytesIO(spoilt)):
            pass


def test_too_many_files_and_two_of_one_name_are_refused() -> None:
    many = packed({f"a{index}.yaml": b"" for index in range(zips.ENTRIES + 1)})
    twins = packed({"rulebook.yaml": b"x", "RULEBOOK.yaml": b"y"})

    for archive, why in ((many, "mais de"), (twins, "mesmo nome")):
        with pytest.raises(zips.BadZip, match=why), opened(archive):
            pass


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nada", packed({"x.yaml": b"1"}).getvalue()])
def test_what_is_no_rulebook_s_archive_is_refused(content: bytes) -> None:
    with pytest.raises(zips.BadZip), opened(io.BytesIO(content)):
        pass


def test_an_inclusion_by_a_path_reads_nothing_elsewhere(tmp_path: Path) -> None:
    secret, mine = tmp_path / "alheio", tmp_path / "meu"
    for place in (secret, mine):
        place.mkdir()
        (place / "rulebook.yaml").write_bytes(folder("sac-regulado")["rulebook.yaml"])
    text = (mine / "rulebook.yaml").read_text().replace("title:", "includes: [../alheio]\ntitle:")
    (mine / "rulebook.yaml").write_text(text)

    with pytest.raises(reading.BadRulebook, match="não existe o rulebook incluído"):
        reading.load(mine)


@pytest.mark.parametrize("inside", ["", "minha-loja/"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("reasons.yaml", b"- ["),
        ("reasons.yaml/dentro.yaml", b"x: 1"),
        ("templates/a.md", b"\xff"),
        ("pictures/a.png", b"nada"),
        ("playbooks/a.yaml", b"- 1"),
    ],
)
def test_a_problem_names_the_file_as_the_zip_has_it_and_no_folder_of_ours(
    inside: str, name: str, content: bytes
) -> None:
    files = {file: data for file, data in folder("sac-regulado", inside).items() if "/reasons" not in f"/{file}"}
    files[inside + name] = content

    with opened(packed(files)) as place, pytest.raises(reading.BadRulebook) as bad:
        reading.load(place)

    said = str(bad.value)
    wanted = name.partition("/dentro")[0]
    assert (f"{inside}{wanted}:" if inside else f"ZIP/{wanted}:") in said
    assert "/tmp" not in said and "tratativa-rules" not in said


def test_a_missing_file_names_no_folder_of_ours() -> None:
    archive = packed({"x/rulebook.yaml": b"includes: [y]", "y.txt": b""})
    with opened(archive) as place, pytest.raises(reading.BadRulebook) as bad:
        reading.load(place)

    assert "tratativa-rules" not in str(bad.value)
