"""A small flow beside its tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from walletdoc import templates

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path) -> Write:
    """Write a test file for the template's flow, which stands beside it, and return its path."""

    def write(text: str, name: str = "card-stuck") -> Path:
        (tmp_path / f"{name}.yaml").write_text(templates.flow(name, "en"), encoding="utf-8")
        path = tmp_path / f"{name}.test.yaml"
        path.write_text(f"test: {name}\nformat: 1\n{text}", encoding="utf-8")
        return path

    return write
