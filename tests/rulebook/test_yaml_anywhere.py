"""The shipped YAML is plain enough for any loader: PyYAML's own reads every file, and reads what our reader does."""

from pathlib import Path

import pytest
import yaml

import tratativa

PACKAGE = Path(tratativa.__file__).parent
FILES = sorted(PACKAGE.rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_shipped_file_is_read_by_a_loader_that_is_not_ours(file: Path) -> None:
    read = list(yaml.safe_load_all(file.read_text(encoding="utf-8")))

    assert read and read[0] is not None
