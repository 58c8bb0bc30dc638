"""What pyproject.toml cannot say: the pages' styles and scripts are joined before the package's files are gathered."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).parent))  # a build's own process does not look here
from tools import assets


class BuildWithAssets(build_py):
    """Gathers the package with its assets in it."""

    def run(self) -> None:
        """Joins what changed, then gathers."""
        assets.build()
        super().run()


setup(cmdclass={"build_py": BuildWithAssets})
