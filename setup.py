"""What pyproject.toml cannot say: what is made before the package's files are gathered."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))  # a build's own process does not look here
from tools import assets  # noqa: E402


class BuildWhole(build_py):
    """Gathers the package with its pages' styles and scripts joined, and its catalogues compiled."""

    def run(self) -> None:
        """Makes what changed, then gathers."""
        assets.build()
        for text in ROOT.glob("src/tratativa/locale/*/LC_MESSAGES/*.po"):
            with text.open("rb") as source, text.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source))
        super().run()


setup(cmdclass={"build_py": BuildWhole})
