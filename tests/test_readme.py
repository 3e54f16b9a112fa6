"""The README is run: its sessions print what it shows, its flow walks, its mistake is told as it says."""

import re
import shlex
from pathlib import Path

import pytest

from tests.process import ROOT, Walletdoc

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
SESSIONS = [text for kind, text in BLOCKS if kind == "console"]


@pytest.fixture
def walletdoc(tmp_path) -> Walletdoc:
    return Walletdoc(tmp_path / "state")


@pytest.mark.parametrize("session", SESSIONS, ids=[text.splitlines()[0] for text in SESSIONS])
def test_a_session_prints_what_the_readme_shows(walletdoc, session):
    command, _, shown = session.partition("\n")
    program, *args = shlex.split(command.removeprefix("$ "))
    assert program == "walletdoc"
    assert walletdoc(*args).stdout.strip() == shown.strip()


def flow_file(folder: Path) -> Path:
    file = folder / "card-stuck.yaml"
    file.write_text(next(text for kind, text in BLOCKS if kind == "yaml"), encoding="utf-8")
    return file


def test_the_flow_of_the_readme_walks(walletdoc, tmp_path):
    file = flow_file(tmp_path)
    out = walletdoc("run", str(file), "--answer", "helper=yes", "--answer", "block=done").stdout
    assert "Contact" in out


def test_the_tests_of_the_readme_pass_and_notice_every_change(walletdoc, tmp_path):
    flow_file(tmp_path)
    tests = [text for kind, text in BLOCKS if kind == "yaml"][1]
    path = tmp_path / "card-stuck.test.yaml"
    path.write_text(tests, encoding="utf-8")
    assert walletdoc("test", str(path)).stdout.startswith("Passed: 6. Failed: 0.")
    assert "100.0%" in walletdoc("test", str(path), "--mutate").stdout.splitlines()[-1]


def test_a_failing_test_is_shown_as_the_readme_says(walletdoc, tmp_path):
    flow_file(tmp_path)
    tests = [text for kind, text in BLOCKS if kind == "yaml"][1]
    path = tmp_path / "card-stuck.test.yaml"
    path.write_text(
        tests.replace("{end: hand-off, at: bank, causes", "{end: fixed, at: bank, causes"), encoding="utf-8"
    )
    said = walletdoc("test", str(path), code=1).stdout.replace(str(path), path.name)
    assert said.partition("\n\n")[0] == next(text for kind, text in BLOCKS if "[nobody-near]" in text).strip()


def test_the_mistake_of_the_readme_is_told_as_it_says(walletdoc, tmp_path):
    file = flow_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("done: bank", "done: bnak"), encoding="utf-8")
    said = walletdoc("run", str(file), code=65).stderr.replace(str(file), "./card-stuck.yaml")
    shown = next(text for kind, text in BLOCKS if kind == "text")
    assert said.strip() == shown.strip()


def test_every_command_is_in_the_readme():
    from walletdoc.cli import COMMANDS

    assert [name for name in COMMANDS if f"`walletdoc {name}" not in README and f"`{name}`" not in README] == []


def test_what_the_readme_points_at_is_there():
    for path in re.findall(r"`((?:walletdoc|tests|flows)/[\w./-]+)`", README):
        assert (ROOT / path).exists(), path
