"""What the sources name stands in some flow: every row of coverage.md names a flow and a node or cause that exist."""

import re
from pathlib import Path

import pytest

from tests.flowtest.made import LIBRARY

TABLE = Path(__file__).with_name("coverage.md")
ROWS = [
    tuple(cell.strip().strip("`") for cell in line.strip().strip("|").split("|"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not re.match(r"\|[ -]*\|", line)
][1:]


def test_rows_name_what_exists():
    wrong = []
    for source, flow, node in ROWS:
        if flow not in LIBRARY.files:
            wrong.append((source, flow))
            continue
        model = LIBRARY.flow(flow)
        there = {*model.nodes, *model.causes}
        wrong += [(source, flow, each) for each in re.split(r"[,\s`]+", node) if each and each not in there]
    assert wrong == []


def test_every_flow_has_rows():
    assert {flow for _, flow, _ in ROWS} == {each.id for each in LIBRARY.flows}


@pytest.mark.parametrize("section", ["DOMAIN 1", "DOMAIN 3.1", "DOMAIN 3.2", "DOMAIN 3.3", "DOMAIN 3.4", "DOMAIN 3.5",
                                     "DOMAIN 3.6", "DOMAIN 3.7", "DOMAIN 3.8", "DOMAIN 4", "DOMAIN 5"])  # fmt: skip
def test_every_section_of_facts_is_covered(section):
    assert any(source.startswith(section) for source, _, _ in ROWS)
