"""`walletdoc list`."""

import json

import pytest

from tests.packs import flow, write
from walletdoc.commandline import LANGUAGES
from walletdoc.library import Library
from walletdoc.terminal import width

END = "first: {end: info, say: {zh: '好', en: 'Fine'}}"


@pytest.fixture(scope="module")
def entries():
    return Library().entries()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_flow_is_listed_and_emergencies_are_marked_in_words(program, entries, lang):
    done = program.run("list", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    mark = {"zh": "【紧急】", "en": "[URGENT]"}[lang]
    for entry in entries:
        line = next(line for line in lines if line.split()[:1] == [entry.flow])
        assert entry.title.of(lang) in line
        assert (mark in line) == (entry.urgency == "emergency")


def test_flows_stand_by_group(program, entries):
    lines = program.call("list", "--lang", "en").out.splitlines()
    headings = [line for line in lines[:-1] if line and not line.startswith(" ")]
    assert headings[0] == "Security"
    assert len(headings) == len({entry.group for entry in entries})


def test_json_is_as_the_design_says_and_nothing_else(program, entries):
    done = program.run("list", "--json", "--lang", "zh")
    assert (done.code, done.err) == (0, "")
    listed = json.loads(done.out)
    assert {row["flow"] for row in listed} == {entry.flow for entry in entries}
    assert all(list(row) == ["flow", "title", "group", "urgency", "desk"] for row in listed)
    assert any(row["title"] == "支付失败" for row in listed)


def test_another_pack_is_marked_unverified(program):
    pack = write(
        program.home / "pack", {"their/other.yaml": flow("other", END), "payment/more.yaml": flow("more", END)}
    )
    for lang, mark in (("zh", "（未经核实的流程包）"), ("en", "(unverified pack)")):
        out = program.call("list", "--flows", str(pack), "--lang", lang).out
        headings = [line for line in out.splitlines() if mark in line]
        assert len(headings) == 2
        assert out.index(headings[0]) > out.index("pay-failed")
    listed = json.loads(program.call("list", "--flows", str(pack), "--json").out)
    assert [row["flow"] for row in listed if row.get("unverified")] == ["more", "other"]


def test_a_folder_s_hostile_name_is_made_visible(program):
    pack = write(program.home / "pack", {"\x1b[31m\u202e/other.yaml": flow("other", END)})
    for more in ((), ("--json",)):
        done = program.call("list", "--flows", str(pack), *more)
        assert done.code == 0
        assert "<U+001B>[31m<U+202E>" in done.out


@pytest.mark.parametrize("columns", [20, 40])
def test_a_narrow_terminal_cuts_nothing(program, entries, columns):
    out = program.call("list", "--lang", "zh", env={"COLUMNS": str(columns)}).out
    assert max(map(width, out.splitlines())) <= columns
    for entry in entries:
        assert entry.title.zh in "".join(out.split())


def test_a_pack_with_a_mistake_is_told_of(program):
    pack = write(program.home / "pack", {"their/other.yaml": flow("another", END)})
    done = program.call("list", "--flows", str(pack))
    assert (done.code, done.out) == (65, "")
    assert "[id-is-file-name]" in done.err
