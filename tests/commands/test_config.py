"""`walletdoc config`."""

import os
import stat

import pytest

LANGUAGES = ("zh", "en")


def test_all_four_are_shown(program):
    program.call("config", "wallet", "alipay")
    done = program.call("config", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    rows = [line.split(maxsplit=1) for line in done.out.splitlines()[:4]]
    assert rows == [
        ["language", "(not set)"],
        ["wallet", "alipay  Alipay"],
        ["bank", "(not set)"],
        ["face", "(not set)"],
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [("language", "zh"), ("language", "en"), ("wallet", "wechat"), ("bank", "ccb-credit"), ("face", "plain")],
)
def test_a_setting_is_set_shown_and_removed(program, key, value):
    assert program.call("config", key, value).code == 0
    assert program.call("config", key).out == f"{value}\n"
    assert program.call("config", key, "--unset", "--lang", "en").out == f"removed {key}\n"
    assert program.call("config", key, "--lang", "en").out == "(not set)\n"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "value", "known"),
    [
        ("language", "fr", "zh, en"),
        ("face", "script", "rich, plain"),
        ("wallet", "crypto", "alipay, wechat"),
        ("wallet", "ecny", "alipay, wechat"),
        ("bank", "\x1b[31m", "ccb-credit"),
        ("bank", "", "ccb-credit"),
    ],
)
def test_a_value_that_is_none_is_refused_and_nothing_is_set(program, lang, key, value, known):
    done = program.call("config", key, value, "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert known in done.err
    assert "\x1b" not in done.err
    assert not program.state.exists()


@pytest.mark.parametrize("line", ["password x", "--unset", "wallet alipay --unset", "Wallet", "wallet a b"])
def test_wrong_usage_is_refused(program, line):
    done = program.call("config", *line.split())
    assert (done.code, done.out) == (2, "")
    assert not program.state.exists()


def test_what_is_set_holds_for_the_next_run_and_is_private(program):
    env = {"LC_ALL": "en_US.UTF-8"}
    assert program.run("config", "language", "zh", env=env).code == 0
    assert program.run("config", "language", env=env).out == "zh\n"
    assert "未设置" in program.run("config", "wallet", env=env).out
    assert stat.S_IMODE(program.state.stat().st_mode) == 0o700
    assert stat.S_IMODE((program.state / "config").stat().st_mode) == 0o600


def test_a_value_that_somebody_else_wrote_is_made_visible(program):
    program.state.mkdir(0o700)
    (program.state / "config").write_text("wallet=\x1b[31m\u202ex\n", encoding="utf-8")
    for line in (("config",), ("config", "wallet")):
        done = program.call(*line)
        assert done.code == 0
        assert "<U+001B>[31m<U+202E>x" in done.out


def test_a_state_that_can_t_be_written_is_said(program):
    program.state.write_text("in the way", encoding="utf-8")
    for lang in LANGUAGES:
        done = program.call("config", "face", "plain", "--lang", lang)
        assert done.code == 74
        assert os.fsdecode(program.state) in done.err
