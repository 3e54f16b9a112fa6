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
FLOWS, OTHERS = 150, 10  # in a sample; a damaged step or registry is judged with all that use it, and takes longer


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


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copytree(OURS, folder / "flows")
    return folder


Told = dict[str, set[tuple[str, int]]]


def told(pack: Path, *files: str) -> Told:
    """Return what is told of these files, or of all, by their names: rules and lines."""
    folder = pack / "flows"
    found = check([folder / each for each in files] or [folder], AS_OF, cache_folder=pack / "cache").found
    of: Told = {}
    for each in found:
        of.setdefault(str(Path(each.path).relative_to(folder)), set()).add((each.rule, each.span.line))
    return of


@pytest.fixture(scope="module")
def before(pack) -> Told:
    """What is told of the files as they are."""
    with pytest.MonkeyPatch.context() as patch:
        stand_for_ours(patch, pack)
        return told(pack)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take all of them in a campaign, else a sample."""
    if "damage" in metafunc.fixturenames:
        taken = EVERY if "campaign" in metafunc.config.getoption("markexpr") else sample()
        metafunc.parametrize("damage", taken, ids=[f"{Path(each.file).stem} {each.rule}" for each in taken])


def sample() -> list[Damage]:
    flows = [each for each in EVERY if is_flow(each.file)]
    others = [each for each in EVERY if not is_flow(each.file)]
    return [*flows[:: len(flows) // FLOWS], *others[:: len(others) // OTHERS]]


def is_flow(file: str) -> bool:
    return "/" in file and not file.startswith(STEPS)


@pytest.mark.campaign
def test_a_damaged_flow_is_caught(damage, pack, before, monkeypatch):
    stand_for_ours(monkeypatch, pack)
    path = pack / "flows" / damage.file
    good = path.read_bytes()
    was = before.get(damage.file, set())
    assert not {(damage.rule, line) for line in damage.lines} & was
    try:
        path.write_bytes(damage.text.encode(errors="surrogateescape"))
        new = told(pack, damage.file).get(damage.file, set()) - was
    finally:
        path.write_bytes(good)
    assert {line for rule, line in new if rule == damage.rule} & damage.lines, sorted(new)


def test_there_are_enough_of_many_kinds():
    assert len(EVERY) >= 300
    assert len({each.rule for each in EVERY}) >= 65
    assert min(Counter(each.file for each in EVERY if is_flow(each.file)).values()) >= 45
    assert len({each.rule for each in sample()}) >= 50
