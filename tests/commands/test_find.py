"""`walletdoc find WORDS`, and `walletdoc WORDS`, which opens what was found."""

import json

import pytest

from tests.packs import flow, write
from walletdoc.commandline import LANGUAGES
from walletdoc.terminal import width

END = "first: {end: info, causes: [one], say: {zh: '好', en: 'Fine'}}"


def test_json_is_as_the_design_says_and_nothing_else(program):
    done = program.run("find", "my", "card", "was", "declined", "--json")
    assert (done.code, done.err) == (0, "")
    rows = json.loads(done.out)
    assert all(list(row) == ["flow", "score", "title"] for row in rows)
    assert rows[0]["flow"] == "pay-failed"
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert all(0 <= row["score"] <= 1 for row in rows)


def test_json_is_empty_where_nothing_fits(program):
    assert json.loads(program.call("find", "今天天气怎么样", "--json").out) == []


@pytest.mark.parametrize(
    ("lang", "title", "why"), [("zh", "退款没到账", "你说到：退款"), ("en", "Refund not received", "you said: 退款")]
)
def test_people_are_told_why(program, lang, title, why):
    out = program.call("find", "退款没收到", "--lang", lang).out
    assert out.startswith("  refund-missing")
    assert title in out
    assert why in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_emergency_is_marked_and_says_its_sign(program, lang):
    out = program.call("find", "付款失败，我被骗了", "--lang", lang).out
    assert {"zh": "【紧急】", "en": "[URGENT]"}[lang] in out
    assert "被骗" in out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words", ["转账", "xqzt", "my card was declined"])
def test_a_narrow_terminal_is_enough(program, lang, words):
    done = program.call("find", words, "--lang", lang, env={"COLUMNS": "40"})
    assert done.code == 0
    assert max(map(width, done.out.splitlines())) <= 40


def test_words_are_needed(program):
    assert program.call("find").code == 2


def test_another_pack_is_found_and_marked(program):
    pack = write(program.home / "pack", {"their/odd.yaml": flow("odd", END)})
    rows = json.loads(program.call("find", "测试一下", "--flows", str(pack), "--json").out)
    assert (rows[0]["flow"], rows[0]["unverified"]) == ("odd", True)
    assert "（未经核实的流程包）" in program.call("find", "测试一下", "--flows", str(pack), "--lang", "zh").out


def test_hostile_words_are_harmless(program):
    done = program.call("find", "付款\x1b[31m失败\u202e", "--lang", "zh")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


# --- walletdoc WORDS


def menu(program, *words, typed="", lang="en"):
    """Run `walletdoc WORDS` with lines typed, to the end of the input."""
    read = program.home / "typed"
    read.write_text(typed, encoding="utf-8")
    with read.open("rb") as source:
        return program.run("--lang", lang, *words, stdin=source)


def test_what_is_sure_opens_at_once_and_says_why(program):
    out = menu(program, "付款时提示余额不足", lang="zh").out
    assert out.lstrip().startswith("听起来是：支付失败（你说到：")
    assert "遇到了什么问题" not in out


def test_several_words_are_one_text(program):
    out = menu(program, "my", "card", "was", "declined", "at", "the", "shop").out
    assert out.lstrip().startswith("This sounds like: Payment failed (you said: ")


def test_what_is_not_sure_is_asked_with_the_words_that_matched(program):
    done = menu(program, "钱没到", typed="1\n", lang="zh")
    assert "听起来像下面几种，是哪一种？" in done.out
    assert "（你说到：" in done.out
    assert "0 都不是" in done.out
    assert "遇到了什么问题" not in done.out


def test_none_of_these_leads_to_the_list(program):
    out = menu(program, "钱没到", typed="0\n", lang="zh").out
    assert out.index("听起来像") < out.index("遇到了什么问题")


def test_where_nothing_fits_it_says_so_and_shows_the_list(program):
    done = menu(program, "今天天气怎么样", typed="0\n", lang="zh")
    assert done.out.index("没有找到对得上的流程") < done.out.index("手机、银行卡丢失")
    assert done.code == 0


@pytest.mark.parametrize("name", ["pay-failed", "Payment failed", "支付失败"])
def test_a_flow_that_is_named_is_opened_as_it_is(program, name):
    out = menu(program, name).out
    assert "This sounds like" not in out
    assert "What is wrong?" not in out
    assert "Payment failed" in out


def test_own_words_may_be_typed_at_the_first_prompt(program):
    out = menu(program, typed="我的退款一直没到账\n", lang="zh").out
    assert "请输入编号 1 到" in out
    assert "或者用自己的话说" in out
    assert "听起来是：退款没到账" in out


def test_a_scam_is_first_even_if_it_sounds_like_something_else(program):
    out = menu(program, "退款客服让我共享屏幕", typed="0\n0\n", lang="zh").out
    assert "你说到“共享屏幕”" in out


def test_nothing_else_loads_it(program):
    code = (
        "import sys; from walletdoc.cli import main; code = main(); "
        "print(*(name for name in sys.modules if name.startswith('walletdoc.')), file=sys.stderr); sys.exit(code)"
    )
    for arguments in (("--version",), ("list",), ("run", "pay-failed", "--answer", "fact.money-taken=unsure")):
        loaded = set(program.python("-c", code, *arguments).err.split())
        assert not {"walletdoc.find", "walletdoc.chinese", "walletdoc.phrasebook", "walletdoc.elsewhere"} & loaded
