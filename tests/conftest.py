"""What tests share: the program with a state of its own, and one cache for all, so that only the first reads YAML."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.program import Program

os.environ.pop("COLUMNS", None)  # set by who runs the tests, and not what a test expects of a pipe


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def program(tmp_path, warm_cache) -> Program:
    return Program(tmp_path, warm_cache)


# How long an example takes says more about the machine than about the code; what must be quick has a test of its own.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
