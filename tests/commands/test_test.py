"""`walletdoc test` and the pytest plug-in: the same tests, run without pytest and with it."""

import json
import os
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from walletdoc import templates

TESTS = """test: card-stuck
format: 1
tests:
  good:
    given: {money-taken: no, screen: blank, reopen: fixed}
    expect: {end: fixed, at: done}
  bad:
    marks: slow
    given: {money-taken: yes}
    expect: {end: fixed}
"""


@pytest.fixture
def here(program, monkeypatch):
    """Stand in a folder with a flow and its tests."""
    folder = program.home / "pack"
    folder.mkdir()
    (folder / "card-stuck.yaml").write_text(templates.flow("card-stuck", "en"), encoding="utf-8")
    (folder / "card-stuck.test.yaml").write_text(TESTS, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


HERE = pytest.mark.usefixtures("here")


@HERE
def test_what_failed_is_said_with_both_ways(program):
    done = program.call("test", "--lang", "en")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        "card-stuck.test.yaml:10: bad: end should be fixed, it is hand-off",
        "    taken: fact.money-taken=yes, hand-off (ask-merchant)",
        "    expected: money-taken=yes, fixed (…)",
        "",
        "Passed: 1. Failed: 1. Files that can't be read: 0.",
    ]
    chinese = program.call("test", "--lang", "zh")
    assert "end 应该是 fixed，实际是 hand-off" in chinese.out
    assert "通过 1 个，不通过 1 个" in chinese.out


@HERE
def test_a_word_picks_tests(program):
    done = program.call("test", "-k", "goo", "--lang", "en")
    assert (done.code, done.out) == (0, "Passed: 1. Failed: 0. Files that can't be read: 0.\n")


@HERE
def test_json_says_all(program):
    done = program.call("test", "--json", "--flow-cov", "--lang", "en")
    told = json.loads(done.out)
    assert [(each["name"], each["line"], each["passed"]) for each in told["tests"]] == [
        ("good", 4, True),
        ("bad", 10, False),
    ]
    (flow,) = told["coverage"]
    assert flow["flow"] == "card-stuck"
    assert flow["nodes"] == [4, 7]
    assert "money=yes" in flow["missedEdges"]
    assert flow["missedCauses"] == ["went-through", "system-fault"]


def test_junit_and_lcov_are_written(program, here):
    program.call("test", "--junit", "j.xml", "--flow-cov-lcov", "cov.info", "--lang", "zh")
    cases = ET.parse(here / "j.xml").getroot().findall("testsuite/testcase")
    assert [(each.get("name"), each.find("failure") is None) for each in cases] == [("good", True), ("bad", False)]
    lines = (here / "cov.info").read_text(encoding="utf-8").splitlines()
    assert lines[1].endswith("card-stuck.yaml")
    assert "LH:4" in lines
    assert "LF:7" in lines


@HERE
def test_too_little_coverage_fails(program):
    assert program.call("test", "-k", "good", "--flow-cov-fail-under", "90").code == 1
    assert program.call("test", "-k", "good", "--flow-cov-fail-under", "20").code == 0


@HERE
def test_walks_take_every_edge(program):
    done = program.call("test", "--walk", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("card-stuck: ")
    again = [program.call("test", "--random", "30", "--seed", "5", "--lang", "en") for _ in range(2)]
    assert again[0] == again[1]
    assert again[0].out == "card-stuck: 30 walks, all well\n"


def test_no_test_files_is_said(program, monkeypatch):
    monkeypatch.chdir(program.home)
    done = program.call("test", "--lang", "en")
    assert (done.code, done.err.strip()) == (2, "walletdoc: there are no test files here (*.test.yaml)")


def test_a_session_is_recorded_as_a_test(program, here):
    answers = ["--answer", "money-taken=no", "--answer", "screen=blank", "--answer", "reopen=fixed"]
    for _ in range(2):
        done = program.run("run", str(here / "card-stuck.yaml"), *answers, "--record", str(here / "new.test.yaml"))
        assert done.code == 0
    text = (here / "new.test.yaml").read_text(encoding="utf-8")
    given = "{fact.money-taken: no, screen: blank, reopen: fixed}"
    row = f":\n    given: {given}\n    expect: {{end: fixed, at: done}}\n"
    assert text == f"test: card-stuck\nformat: 1\ntests:\n  recorded-1{row}  recorded-2{row}"
    assert program.call("test", "new.test.yaml", "--lang", "en").out.startswith("Passed: 2. Failed: 0.")


# --- under pytest


def under_pytest(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    plugin = [] if _installed() else ["-p", "walletdoc.pytest_plugin"]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(each.value == "walletdoc.pytest_plugin" for each in entry_points(group="pytest11"))


def test_pytest_collects_each_test_at_its_line(here):
    done = under_pytest(here, "-q", "--junitxml=j.xml")
    assert done.returncode == 1
    assert "card-stuck.test.yaml:10: end should be fixed, it is hand-off" in done.stdout
    assert "expect: {end: fixed}" in done.stdout
    assert "hand-off (ask-merchant)  │ fixed (…)" in done.stdout
    assert "Traceback" not in done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert len(ET.parse(here / "j.xml").getroot().findall(".//testcase")) == 2


def test_pytest_picks_by_name_and_mark_and_measures_coverage(here):
    assert "1 passed, 1 deselected" in under_pytest(here, "-q", "-k", "good").stdout
    assert "1 failed, 1 deselected" in under_pytest(here, "-q", "-m", "slow").stdout
    done = under_pytest(here, "-q", "-k", "good", "--flow-cov-fail-under", "90", "-n", "2")
    assert done.returncode == 1
    assert "Reached in all: 40.0%" in done.stdout


def test_pytest_shows_a_broken_file_with_its_line(here):
    (here / "card-stuck.test.yaml").write_text(
        "test: card-stuck\nformat: 1\ntests:\n  it:\n    give: {}\n", encoding="utf-8"
    )
    done = under_pytest(here, "-q")
    assert "card-stuck.test.yaml:5:5: error: unknown key 'give'; did you mean 'given'? [schema]" in done.stdout
    assert "^^^^" in done.stdout
    assert "Traceback" not in done.stdout
