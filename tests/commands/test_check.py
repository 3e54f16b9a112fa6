"""`walletdoc check`."""

import json

import pytest

from tests.packs import flow, write
from walletdoc.commandline import LANGUAGES

NODES = """
    first:
      ask: {zh: "好了吗？", en: "Is it fine?"}
      usual: no
      options:
        yes: {say: {zh: "好了", en: "Yes"}, go: told}
        no: {say: {zh: "没好", en: "No"}, go: call}
        unsure: {say: {zh: "不清楚", en: "Not sure"}, go: call}
    told: {end: info, say: {zh: "那就好。", en: "Good."}}
    call: {end: hand-off, to: [bank], causes: [one], prepare: [time], say: {zh: "请联系银行。", en: "Contact the bank."}}
"""


@pytest.fixture
def pack(program):
    """A pack with warnings and no errors."""
    return write(program.home / "pack", {"their/other.yaml": flow("other", NODES)})


def broken(pack):
    path = pack / "their/other.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("go: told", "go: tolled"), encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_flows_are_without_errors_and_warnings(program, lang):
    done = program.run("check", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert {"zh": "0 个错误，0 个警告", "en": "Errors: 0, warnings: 0"}[lang] in done.out


def test_a_warning_fails_a_strict_check_only(program, pack):
    assert program.call("check", str(pack)).code == 0
    assert program.call("check", str(pack), "--strict").code == 1


def test_an_error_fails(program, pack):
    broken(pack)
    done = program.call("check", str(pack), "--lang", "en")
    assert (done.code, done.err) == (1, "")
    assert "pack/their/other.yaml:13:" in done.out
    assert "error: there is no node 'tolled'; did you mean 'told'? [unknown-node]" in done.out


def test_a_pack_beside_ours_is_checked_if_no_path_is_given(program, pack):
    broken(pack)
    assert "[unknown-node]" in program.call("check", "--flows", str(pack)).out


def test_a_file_that_can_not_be_read_is_a_finding_and_no_failure(program, pack):
    (pack / "their/other.yaml").write_bytes(b"\xff")
    done = program.call("check", str(pack))
    assert (done.code, done.err) == (1, "")
    assert "[encoding]" in done.out


def test_json_and_sarif_are_that_and_nothing_else(program, pack):
    broken(pack)
    for format_, key in (("json", "findings"), ("sarif", "runs")):
        done = program.call("check", str(pack), "--format", format_)
        assert (done.code, done.err) == (1, "")
        assert json.loads(done.out)[key]


def test_annotations_are_for_github(program, pack):
    broken(pack)
    assert "::error file=pack/their/other.yaml,line=13," in program.run("check", "pack", "--format", "github").out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [("--format", "xml"), ("--as-of", "yesterday"), ("--as-of", "2026-02-30"), ("no/such/pack",), ("--no-such",)],
)
def test_wrong_usage(program, arguments, lang):
    done = program.call("check", *arguments, "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("walletdoc: ")


def test_a_day_far_ahead_finds_what_has_gone_stale(program):
    done = program.call("check", "--as-of", "2036-01-01", "--strict", "--lang", "en")
    assert done.code == 1
    assert "[stale-contact]" in done.out


def test_the_second_time_loads_neither_yaml_nor_pydantic(program):
    program.run("check")
    code = "import sys; from walletdoc.cli import main; sys.argv[1:] = ['check']; main(); print(*sys.modules)"
    loaded = set(program.python("-c", code).out.split())
    assert not {"yaml", "pydantic", "walletdoc.rules"} & loaded


def test_help_is_in_both_languages(program):
    assert "--strict" in program.call("check", "--help", "--lang", "zh").out
    assert "检查流程" in program.call("check", "--help", "--lang", "zh").out
    assert "check flows" in program.call("--help", "--lang", "en").out
