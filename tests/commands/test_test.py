"""`walletdoc test` and the pytest plug-in: the same tests, run without pytest and with it."""

import json
import os
import subprocess
import sys
import tomllib
from xml.etree import ElementTree as ET

import pytest

from tests.program import ROOT
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
        "card-stuck.test.yaml:10:19: error: end should be fixed, it is hand-off [bad]",
        "   10 |     expect: {end: fixed}",
        "                          ^^^^^",
        "    way taken                │ way expected",
        "    fact.money-taken=yes     │ money-taken=yes",
        "    hand-off (ask-merchant)  │ fixed",
        "",
        "Passed: 1. Failed: 1. Files that can't be read: 0.",
    ]
    chinese = program.call("test", "--lang", "zh")
    assert "end 应该是 fixed，实际是 hand-off" in chinese.out
    assert "通过 1 个，不通过 1 个" in chinese.out


@HERE
def test_a_word_picks_tests(program):
    for word in ("goo", "GOOD", "test.yaml::good"):
        done = program.call("test", "-k", word, "--lang", "en")
        assert (done.code, done.out) == (0, "Passed: 1. Failed: 0. Files that can't be read: 0.\n")
    done = program.call("test", "-k", "goad", "--lang", "en")
    assert (done.code, done.err) == (2, "walletdoc: no test has “goad” in its name\n")


def test_it_stops_at_the_first_that_fails(program, here):
    (here / "card-stuck.test.yaml").write_text(TESTS + "  worse:\n    given: {}\n", encoding="utf-8")
    (here / "later.test.yaml").write_text(TESTS, encoding="utf-8")
    assert "Passed: 2. Failed: 3." in program.call("test", "--lang", "en").out
    done = program.call("test", "-x", "--lang", "en")
    assert (done.code, done.out.splitlines()[-1]) == (1, "Passed: 1. Failed: 1. Files that can't be read: 0.")


@HERE
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--mutate", "--walk"], "--mutate can't stand beside --walk"),
        (["--mutate", "--junit", "x"], "--mutate can't stand beside --junit"),
        (["--walk", "-k", "x"], "--walk can't stand beside -k"),
        (["--walk", "--random", "3"], "--walk can't stand beside --random"),
        (["--random", "3", "--flow-cov"], "--random can't stand beside --flow-cov"),
        (["--seed", "3"], "--seed goes with one of --random, --mutate"),
        (["--fail-under", "3"], "--fail-under goes with one of --mutate"),
        (["card-stuck.yaml"], "“card-stuck.yaml” is no test file; their names end in .test.yaml"),
        (["gone.test.yaml"], "no such file: “gone.test.yaml”"),
    ],
)
def test_what_would_be_ignored_is_refused(program, arguments, said):
    done = program.call("test", *arguments, "--lang", "en")
    assert (done.code, done.out, done.err) == (2, "", f"walletdoc: {said}\n")


def test_files_without_a_test_are_said(program, here):
    (here / "card-stuck.test.yaml").write_text("test: card-stuck\nformat: 1\n", encoding="utf-8")
    done = program.call("test", "--lang", "en")
    assert (done.code, done.err) == (2, "walletdoc: there are no tests in these files\n")


def test_mutants_are_judged_by_tests_that_pass(program, here):
    done = program.call("test", "--mutate", "--lang", "en")
    assert done.code == 1
    assert "the tests must pass before mutants can be judged: card-stuck.test.yaml::bad fails" in done.err
    (here / "card-stuck.test.yaml").write_text(templates.test("card-stuck", "en"), encoding="utf-8")
    done = program.call("test", "--mutate", "--seed", "1", "--lang", "en")
    assert (done.code, done.err) == (1, "")
    assert "card-stuck.yaml:39: 'unsure' of money now leads to " in done.out
    told = [
        json.loads(program.call("test", "--mutate", "--seed", "1", "--json", "--fail-under", "50").out)
        for _ in range(2)
    ]
    assert told[0] == told[1]
    assert 50 < told[0]["score"] < 100


@HERE
def test_json_says_all(program):
    done = program.call("test", "--json", "--flow-cov", "--lang", "en")
    told = json.loads(done.out)
    assert [(each["name"], each["line"], each["passed"]) for each in told["tests"]] == [
        ("good", 4, True),
        ("bad", 10, False),
    ]
    assert told["tests"][1]["way"] == ["fact.money-taken=yes", "hand-off (ask-merchant)"]
    assert told["tests"][1]["expected"] == ["money-taken=yes", "fixed"]
    (flow,) = told["coverage"]
    assert flow["flow"] == "card-stuck"
    assert flow["nodes"] == [4, 7]
    assert (flow["file"], flow["missedLines"]) == ("card-stuck.yaml", [[69, 69], [79, 84], [86, 91]])
    assert "money=yes" in flow["missedEdges"]
    assert flow["missedCauses"] == ["went-through", "system-fault"]


def test_junit_and_lcov_are_written(program, here):
    program.call("test", "--junit", "j.xml", "--flow-cov-lcov", "cov.info", "--lang", "zh")
    cases = ET.parse(here / "j.xml").getroot().findall("testsuite/testcase")
    assert [(each.get("name"), each.find("failure") is None) for each in cases] == [("good", True), ("bad", False)]
    assert cases[1].find("failure").text.splitlines()[-1] == "    hand-off (ask-merchant)  │ fixed"
    lines = (here / "cov.info").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["TN:", "SF:card-stuck.yaml", "BRDA:39,0,0,1"]
    assert lines[-1] == "end_of_record"
    reached = {int(line): count for line, count in (each[3:].split(",") for each in lines if each.startswith("DA:"))}
    assert (reached[39], reached[79], reached[84], reached[73]) == ("1", "0", "0", "1")
    assert f"LF:{len(reached)}" in lines
    assert f"LH:{list(reached.values()).count('1')}" in lines
    assert "BRDA:69,0,9,-" in lines


@HERE
def test_too_little_coverage_fails(program):
    less = program.call("test", "-k", "good", "--flow-cov-fail-under", "90", "--json", "--lang", "en")
    assert (less.code, less.err) == (1, "Too little was reached: 40.0%, and 90% is asked for.\n")
    assert json.loads(less.out)["coverage"]
    assert program.call("test", "-k", "good", "--flow-cov-fail-under", "20").code == 0


@HERE
def test_walks_take_every_edge(program):
    done = program.call("test", "--walk", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("card-stuck: ")
    again = [program.call("test", "--random", "30", "--seed", "5", "--lang", "en") for _ in range(2)]
    assert again[0] == again[1]
    assert again[0].out == "card-stuck: 30 walks, all well\n"
    told = json.loads(program.call("test", "--random", "30", "--seed", "5", "--json").out)
    assert told == {"seed": 5, "flows": [{"flow": "card-stuck", "walks": 30, "passed": True}]}


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


def test_a_case_file_is_recorded_as_a_test(program):
    given = ("money-taken=no", "wallet=alipay", "message=merchant")
    program.run("run", "pay-failed", *(part for each in given for part in ("--answer", each)))
    assert program.run("case", "--format", "json", "--out", "case.json").code == 0
    done = program.run("open", "case.json", "--record", "new.test.yaml", "--lang", "en")
    assert "recorded as test 'recorded-1' in new.test.yaml" in done.err
    text = (program.home / "new.test.yaml").read_text(encoding="utf-8")
    assert "    given: {fact.money-taken: no, fact.wallet: alipay, message: merchant}\n" in text
    assert program.run("test", "new.test.yaml", "--lang", "en").out.startswith("Passed: 1. Failed: 0.")


# --- under pytest


def under_pytest(folder, *arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run pytest with our plug-in and no other that it does not need: all of them take two seconds to load."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    env |= {
        "WALLETDOC_LANG": lang,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
    }
    plugins = ["-p", "walletdoc.pytest_plugin", *(["-p", "xdist"] if "-n" in arguments else [])]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugins, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_pytest_finds_the_plug_in_by_itself():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"walletdoc": "walletdoc.pytest_plugin"}


def test_pytest_collects_each_test_at_its_line(here):
    done = under_pytest(here, "-q", "--junitxml=j.xml")
    assert done.returncode == 1
    said = done.stdout[done.stdout.index("end should be") :].splitlines()
    assert said[:7] == [
        "end should be fixed, it is hand-off",
        "   10 |     expect: {end: fixed}",
        "                          ^^^^^",
        "    way taken                │ way expected",
        "    fact.money-taken=yes     │ money-taken=yes",
        "    hand-off (ask-merchant)  │ fixed",
        "card-stuck.test.yaml:10:19: bad",
    ]
    assert "FAILED card-stuck.test.yaml::bad - end should be fixed, it is hand-off" in done.stdout
    assert "Traceback" not in done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert len(ET.parse(here / "j.xml").getroot().findall(".//testcase")) == 2


def test_pytest_picks_by_name_and_mark_and_measures_coverage(here):
    assert "1 passed, 1 deselected" in under_pytest(here, "-q", "-k", "good").stdout
    assert "1 failed, 1 deselected" in under_pytest(here, "-q", "-m", "slow").stdout
    done = under_pytest(here, "-q", "-k", "good", "--flow-cov-fail-under", "90", "-n", "2")
    assert done.returncode == 1
    assert "Reached in all: 40.0%" in done.stdout
    assert "Too little was reached: 40.0%, and 90% is asked for." in done.stdout
    files = ("--flow-cov-json", "c.json", "--flow-cov-lcov", "c.info")
    assert under_pytest(here, "-q", "-k", "good", *files, "-n", "2").returncode == 0
    (flow,) = json.loads((here / "c.json").read_text(encoding="utf-8"))
    assert (flow["file"], flow["nodes"]) == ("card-stuck.yaml", [4, 7])
    assert (here / "c.info").read_text(encoding="utf-8").startswith("TN:\nSF:card-stuck.yaml\n")


def test_pytest_takes_a_test_by_its_id_and_speaks_the_language(here):
    done = under_pytest(here, "-v", "card-stuck.test.yaml::bad", lang="zh")
    assert "end 应该是 fixed，实际是 hand-off" in done.stdout
    assert "1 failed" in done.stdout
    assert "passed" not in done.stdout
    assert "card-stuck.test.yaml::bad FAILED" in done.stdout


def test_pytest_refuses_a_mark_that_is_not_registered_at_its_line(here):
    done = under_pytest(here, "-q", "--strict-markers")
    assert "card-stuck.test.yaml:8:12: error: 'slow' not found in `markers` configuration option [test]" in done.stdout
    assert "Traceback" not in done.stdout


def test_pytest_shows_a_broken_file_with_its_line(here):
    (here / "card-stuck.test.yaml").write_text(
        "test: card-stuck\nformat: 1\ntests:\n  it:\n    give: {}\n", encoding="utf-8"
    )
    done = under_pytest(here, "-q")
    assert "card-stuck.test.yaml:5:5: error: unknown key 'give'; did you mean 'given'? [schema]" in done.stdout
    assert "^^^^" in done.stdout
    assert "Traceback" not in done.stdout
