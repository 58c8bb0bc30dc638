"""`python -m tools.handbook` writes the generated pages under `docs/`; with `--check` it only says which are stale."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """The exit status: 1 where `--check` found a page that is not what the code says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tratativa.config.settings")
    django.setup()
    from tools.handbook import handbook_pages

    pages = handbook_pages.all_pages(ROOT)
    stale = [path for path, text in pages.items() if not handbook_pages.holds(ROOT / path, text)]
    if "--check" in arguments:
        for path in stale:
            print(f"{path} is not what the code says: run `python -m tools.handbook`")
        return bool(stale)
    for path in stale:
        (ROOT / path).write_text(pages[path], encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
