"""Damaged flows are caught: each by the rule that is for it, at its line."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.damage import FLOW_FAULTS, REGISTRY_FAULTS, STEP_FAULTS, Damage, damages
from tests.rules.laid import OURS, stand_for_ours
from walletdoc.check import check
from walletdoc.library import Library
from walletdoc.packfiles import STEPS

AS_OF = date(2026, 11, 29)
EACH = 1  # of a kind, in one flow
IN_REGISTRIES = 3
SAMPLE = 60


def every() -> list[Damage]:
    made: list[Damage] = []
    for file in Library().files.values():
        name = str(file.path.relative_to(OURS))
        kinds = STEP_FAULTS if file.group == STEPS else FLOW_FAULTS
        made += damages(name, file.path.read_text(encoding="utf-8"), kinds, EACH)
    for name, kinds in REGISTRY_FAULTS.items():
        made += damages(name, (OURS / name).read_text(encoding="utf-8"), kinds, IN_REGISTRIES)
    return made


EVERY = every()
IDS = [f"{Path(each.file).stem} {each.rule}" for each in EVERY]


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copytree(OURS, folder / "flows")
    return folder


def told(pack: Path, file: str) -> set[tuple[str, int]]:
    found = check([pack / "flows" / file], AS_OF, cache_folder=pack / "cache").found
    return {(each.rule, each.span.line) for each in found}


@pytest.fixture(scope="module")
def before(pack) -> dict[str, set[tuple[str, int]]]:
    """What is told of the files as they are."""
    with pytest.MonkeyPatch.context() as patch:
        stand_for_ours(patch, pack)
        return {file: told(pack, file) for file in {each.file for each in EVERY}}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take all of them in a campaign, else a sample."""
    if "damage" in metafunc.fixturenames:
        step = 1 if "campaign" in metafunc.config.getoption("markexpr") else max(len(EVERY) // SAMPLE, 1)
        metafunc.parametrize("damage", EVERY[::step], ids=IDS[::step])


@pytest.mark.campaign
def test_a_damaged_flow_is_caught(damage, pack, before, monkeypatch):
    stand_for_ours(monkeypatch, pack)
    path = pack / "flows" / damage.file
    good = path.read_bytes()
    assert not {(damage.rule, line) for line in damage.lines} & before[damage.file]
    try:
        path.write_bytes(damage.text.encode(errors="surrogateescape"))
        found = told(pack, damage.file)
    finally:
        path.write_bytes(good)
    assert {line for rule, line in found - before[damage.file] if rule == damage.rule} & damage.lines, sorted(
        found - before[damage.file]
    )


def test_there_are_enough_of_many_kinds():
    assert len(EVERY) >= 300
    assert len({each.rule for each in EVERY}) >= 65
    assert min(Counter(each.file for each in EVERY if each.file.count("/") and "steps" not in each.file).values()) >= 45
