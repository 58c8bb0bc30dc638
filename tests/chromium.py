"""The browser of the tests: found, or installed, or missed in a sentence; never skipped in silence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Playwright's own download stays inside the checkout.
os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path(sys.prefix) / "browsers"))

# Where pictures taken on the way are left to be looked at.
RESULTS = Path(__file__).resolve().parents[1] / "test-results"
RESULTS.mkdir(exist_ok=True)


class Missing(Exception):
    """No browser, and what to install."""


def find() -> Path:
    """The executable of an installed Chromium or Chrome, else Playwright's own. Raises Missing."""
    for name in NAMES:
        path = shutil.which(name)
        if path and _starts(Path(path)):
            return Path(path)
    own = _playwrights()
    if own.exists() and _starts(own):
        return own
    raise Missing(
        "Os testes de navegador precisam do Chromium ou do Chrome. Instale um (no Debian: apt install chromium) "
        "e rode make test de novo."
    )


def ensure() -> Path:
    """`find`, after trying the system's package where root may install it, then Playwright's download."""
    for install in (lambda: None, _install_package, _download):
        install()
        try:
            return find()
        except Missing as problem:
            missing = problem
    raise missing


def _starts(path: Path) -> bool:
    # Some systems ship a stub that only says where the real browser would be.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _install_package() -> None:
    packages.install("chromium", "os testes de navegador")


def _download() -> None:
    print("Baixando o Chromium do Playwright para os testes de navegador…", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        ensure()
    except Missing as problem:
        sys.exit(str(problem))
