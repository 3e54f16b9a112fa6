"""A small flow beside its tests, and our own flows: a few of them, all in a campaign."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flowtest.made import LIBRARY, in_campaign
from walletdoc import templates

Write = Callable[..., Path]
EACH = 5  # of our flows the first, the sixth, and so on


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that looks at our flows their ids."""
    if "ours" in metafunc.fixturenames:
        metafunc.parametrize(
            "ours", [each.id for each in LIBRARY.flows][:: 1 if in_campaign(metafunc.config) else EACH]
        )


@pytest.fixture
def write(tmp_path) -> Write:
    """Write a test file for the template's flow, which stands beside it, and return its path."""

    def write(text: str, name: str = "card-stuck") -> Path:
        (tmp_path / f"{name}.yaml").write_text(templates.flow(name, "en"), encoding="utf-8")
        path = tmp_path / f"{name}.test.yaml"
        path.write_text(f"test: {name}\nformat: 1\n{text}", encoding="utf-8")
        return path

    return write
