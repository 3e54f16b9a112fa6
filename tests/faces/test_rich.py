"""The rich face on a pseudo-terminal: what a person sees, and what their keys do."""

import json
import os
import signal
import time

import pytest

from tests.packs import flow, write
from tests.terminal import BACKSPACE, CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, PAGE_DOWN, UP, Terminal

COOKED = (True, True)
WALK = "from tests.faces.walk import walk; walk({lang!r}, {flow!r}, {pack!r})"
MONEY = {"zh": "这一笔的钱被扣走了吗？", "en": "Was the money for this payment taken?"}
MESSAGE = {"zh": "付款页面提示了什么？", "en": "What does the payment page say?"}
EARLIER = {"zh": "要改哪一个答案？", "en": "Which answer do you want to change?"}


@pytest.fixture
def terminal(warm_cache):
    """Start code on a terminal; what is still running at the end is ended."""
    started = []

    def start(code, env=None, **size):
        env = {"WALK_CACHE": str(warm_cache)} | (env or {})
        started.append(Terminal("-c", code, env=env, **size))
        return started[-1]

    yield start
    for each in started:
        each.process.close(force=True)


@pytest.fixture
def walk(terminal):
    def start(lang="zh", flow="pay-failed", pack=None, **more):
        return terminal(WALK.format(lang=lang, flow=flow, pack=pack and str(pack)), **more)

    return start


def result(screen):
    """Return what the program says came of it, the terminal being as it was."""
    assert screen.finish() == 0
    assert not screen.hidden
    said = screen.everything.split("RESULT ")[1].split("\n\n")[0]
    return json.loads(said.replace("\n", ""))


# --- a whole session


def test_a_session_in_chinese_from_question_to_hand_off(walk) -> None:
    screen = walk("zh", "pay-failed")
    screen.wait(MONEY["zh"], "1  扣了", "2  没有扣", "3  看不出来", "最多还有", "b 上一题", "w 为什么", "h 怎么看")
    screen.wait("r 从头再来", "q 保存并退出").send("2")
    screen.wait("支付失败 > 没有扣", MESSAGE["zh"], "c 改前面的答案").send(DOWN * 6 + ENTER)
    screen.wait("接下来找谁", "商家", "在原来的订单页里点“联系商家”", "没有官方页面", "2026-11-22 核实", "先准备好")
    screen.send("1")
    screen.wait("不管谁要", "1  完成").send("1")
    assert result(screen) == {
        "ended": True,
        "answers": {"fact.money-taken": "no", "0.pay-failed/message": "merchant"},
        "filled": {},
    }
    kept = screen.everything
    assert "→ 没有扣" in kept
    assert "页面提示的原话" in kept.split("接下来找谁")[-1]  # the page of the end stays, whole
    assert "短信验证码" in kept.split("接下来找谁")[-1]


def test_a_session_in_english_from_question_to_fix(walk) -> None:
    screen = walk("en", "pay-failed")
    screen.wait(MONEY["en"], "1  Yes, it was taken", "To go: up to", "w why", "h how").send("2")
    screen.wait(MESSAGE["en"], "1  Not enough balance").send("1")
    screen.wait("1. Tap the payment method", "4. Pay once", "Takes about 3 min", "What happened when you tried?")
    screen.wait("1  It worked, solved", "3  The money was taken this time, or I can't tell").send("1")
    screen.wait("Solved", "How to avoid it next time", "1  Done", "b back", "r start over").send(ENTER)
    assert result(screen)["answers"]["0.pay-failed/top-up"] == "fixed"
    assert "Write down" not in screen.everything


def test_an_end_with_a_number_says_whose_it_is_and_how_it_was_confirmed(walk) -> None:
    screen = walk("en", "refund-missing", rows=60)
    for shown, keys in REFUND_TO_HAND_OFF:
        screen.wait(shown).send(keys)
    screen.wait("Who to turn to now", "Phone: 95188", "confirmed by police, government, a bank or the press")
    screen.wait("Phone: 400-820-0588", "confirmed by the organisation's own page", "verified on 2026-11-22")
    screen.wait("Have ready", "Whoever asks", "What it may be", "overdue")


REFUND_TO_HAND_OFF = (
    ("Is anyone calling", "2"),
    ("show a refund?", "2"),
    ("Type a whole number from 0 to 400", "9" + ENTER),
    ("Which wallet", "1"),
    ("Which bank", "1"),
)


def test_a_contact_verified_too_long_ago_says_so(walk) -> None:
    screen = walk("en", "refund-missing", rows=60, env={"WALK_TODAY": "2028-01-01"})
    for shown, keys in REFUND_TO_HAND_OFF:
        screen.wait(shown).send(keys)
    screen.wait("Careful: Verified too long ago, it may have changed")


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("zh", ("先等一等", "2026 年 11 月 27 日（星期五）", "3 个工作日", "walletdoc resume")),
        ("en", ("Now wait", "Friday, 2026-11-27", "3 working days", "walletdoc resume")),
    ],
)
def test_a_wait_says_until_when(walk, lang, says) -> None:
    screen = walk(lang, "refund-missing")
    screen.wait("2  ").send("2")
    screen.wait("5  ").send("2")
    screen.wait("400").send("1" + ENTER)
    screen.wait(*says)


def test_an_end_beyond_the_calendar_says_that_it_is_not_certain(walk) -> None:
    screen = walk("en", "refund-missing", env={"WALK_TODAY": "2035-01-01"})
    for shown, keys in (*REFUND_TO_HAND_OFF[:2], ("Type a whole", "1" + ENTER)):
        screen.wait(shown).send(keys)
    screen.wait("public holidays of that year are not announced yet")


def test_an_emergency_is_a_red_banner_and_says_what_protects(walk) -> None:
    screen = walk("en", "verify-contact")
    screen.wait("Emergency: protect the money first", "This step protects your money", "Have you done it?")
    assert screen.style("Emergency") == ("white", "red")
    assert screen.lines[0].startswith(" Emergency")


# --- what stands below a question


@pytest.mark.parametrize(("lang", "first"), [("zh", "扣了"), ("en", "Yes, it was taken")])
def test_back_and_start_over(walk, lang, first) -> None:
    screen = walk(lang)
    screen.wait(MONEY[lang]).send("2")
    screen.wait(MESSAGE[lang]).send("b")
    screen.wait(f"1  {first}").send("2")
    screen.wait(MESSAGE[lang]).send("1")
    screen.wait("4. ").send("r")
    screen.wait(f"1  {first}").send("q")
    assert result(screen) == {"ended": False, "answers": {}, "filled": {}}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_earlier_answer_is_picked_from_a_list_and_changed(walk, lang) -> None:
    screen = walk(lang)
    screen.wait(MONEY[lang]).send("2")
    screen.wait(MESSAGE[lang]).send("2")
    screen.wait({"zh": "催你付钱", "en": "calling or messaging"}[lang]).send("c")
    screen.wait(EARLIER[lang], f"1  {MESSAGE[lang]} → ", f"2  {MONEY[lang]} → ").send("b")
    screen.wait_gone(EARLIER[lang]).send("c")
    screen.wait(EARLIER[lang]).send(ESCAPE)
    screen.wait_gone(EARLIER[lang]).send("c")
    screen.wait(EARLIER[lang]).send("1")
    screen.wait_gone(EARLIER[lang]).wait("6  ").send("6")
    screen.wait({"zh": "收验证码的手机号", "en": "What about the phone number"}[lang]).send("q")
    assert result(screen)["answers"] == {"fact.money-taken": "no", "0.pay-failed/message": "code"}


@pytest.mark.parametrize(
    ("lang", "why", "how"),
    [
        ("zh", "为什么：如果钱已经扣了，再付就会付两遍。", "怎么看：看账单，再看银行短信"),
        ("en", "Why: If the money is already gone", "How to tell: Look at the bill"),
    ],
)
def test_why_and_how_open_in_place_and_close(walk, lang, why, how) -> None:
    screen = walk(lang)
    screen.wait(MONEY[lang]).send("w")
    screen.wait(why, MONEY[lang]).send("h")
    screen.wait(why, how, MONEY[lang]).send("w")
    screen.wait_gone(why).wait(how).send("h")
    screen.wait_gone(how).send("ＷＨ")  # as an input method in full width types them
    screen.wait(why, how).send(ESCAPE)
    screen.wait_gone(why).wait_gone(how).wait(MONEY[lang]).send("2")
    screen.wait(MESSAGE[lang])


def test_commands_are_reached_by_arrows_too(walk) -> None:
    screen = walk("en")
    screen.wait(MONEY["en"]).send(UP + ENTER)
    assert result(screen)["ended"] is False
    screen = walk("en")
    screen.wait(MONEY["en"]).send(DOWN * 4 + ENTER)
    screen.wait("Why: If the money")


def test_a_key_that_means_nothing_changes_nothing(walk) -> None:
    screen = walk("en")
    screen.wait(MONEY["en"])
    before = screen.lines
    for keys in ("9", "x", "c", "\x1b[15~", "\x1bOP", "\x1bz", "\x01", "\x1a", "0", "好", b"\xff\xfe", PAGE_DOWN):
        screen.send(keys)
    screen.send("w")
    screen.wait("Why: If the money").send("w")
    screen.wait_gone("Why: If the money")
    assert screen.lines == before


def test_what_is_pasted_answers_nothing(walk) -> None:
    screen = walk("en")
    screen.wait(MONEY["en"]).send("\x1b[200~2\nq\n1\x1b[201~w")
    screen.wait("Why: If the money", MONEY["en"])


def test_what_was_typed_before_the_question_answers_nothing(terminal) -> None:
    screen = terminal(
        "import time; print('early', flush=True); time.sleep(1);" + WALK.format(lang="en", flow="pay-failed", pack=None)
    )
    screen.wait("early").send("2\n\n")
    screen.wait(MONEY["en"]).send("w")
    screen.wait("Why: If the money")


# --- numbers


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("5" + ENTER, "5"), ("００７" + ENTER, "7"), ("１２" + BACKSPACE + ENTER, "1"), ("u", "unsure"), (DOWN + ENTER, "unsure")],
)
def test_a_number_is_typed_or_left_open(walk, typed, answer) -> None:
    screen = walk("zh", "refund-missing")
    screen.wait("2  没有").send("2")
    screen.wait("退款记录？").send("2")
    screen.wait("请输入 0 到 400 之间的整数", "u  不确定").send(typed)
    screen.wait_gone("请输入 0 到 400").send("q")
    assert result(screen)["answers"]["0.refund-missing/waited"] == answer


def test_a_number_out_of_bounds_is_told_of_and_typed_anew(walk) -> None:
    screen = walk("en", "refund-missing")
    screen.wait("2  No").send("2")
    screen.wait("show a refund?").send("2")
    screen.wait("Type a whole number").send(ENTER)
    screen.wait("Expected a whole number from 0 to 400").send("401")
    screen.wait("> 401_").send(ENTER)
    screen.wait("Expected a whole number from 0 to 400").send("3")
    screen.wait_gone("Expected a whole number").wait("> 3_").send(ENTER)
    screen.wait_gone("Type a whole number").send("q")
    assert result(screen)["answers"]["0.refund-missing/waited"] == "3"


# --- lists, things to have ready

LISTED = """
from tests.faces.walk import report
from walletdoc.faces.rich import RichFace
from walletdoc.question import Choice
report(lambda: RichFace({lang!r}).choose("出什么事了？", tuple(Choice(f"id-{{n}}", f"事{{n}}") for n in range(1, 31))))
"""


@pytest.mark.parametrize(
    ("keys", "chosen"), [("3", "id-3"), (DOWN * 20 + ENTER, "id-21"), ("0" + "0", None), (UP + ENTER, None)]
)
def test_a_long_list_is_chosen_from(terminal, keys, chosen) -> None:
    screen = terminal(LISTED.format(lang="zh"))
    screen.wait("出什么事了？", "9  事9", "下面还有").send(keys)
    assert result(screen) == chosen


FILLED = """
from tests.faces.walk import report
from walletdoc.faces.rich import RichFace
from walletdoc.question import Choice
report(lambda: [RichFace({lang!r}).fill(Choice("amount", "金额")) for _ in range(3)])
"""


def test_what_to_have_ready_is_typed_or_left_out(terminal) -> None:
    screen = terminal(FILLED.format(lang="zh"))
    screen.wait("金额", "直接回车就跳过", ">").send("三十五元" + BACKSPACE + ENTER)
    screen.wait("> 三十五").send(ENTER + "  " + ENTER)
    assert result(screen) == ["三十五", None, None]


def test_it_is_offered_at_a_hand_off_and_kept(walk) -> None:
    screen = walk("en", "pay-failed", rows=60)
    screen.wait(MONEY["en"]).send("2")
    screen.wait(MESSAGE["en"]).send("7")
    screen.wait("2  Write down what to have ready").send("2")
    screen.wait("When it was paid or went wrong", "Just press Enter to skip").send("yesterday" + ENTER)
    for label in ("The amount", "The exact words", "order number", "Screenshots"):
        screen.wait(label).send(ENTER)
    screen.wait("Who to turn to now", "1  Done").send("q")
    assert result(screen)["filled"] == {"time": "yesterday"}


# --- leaving


@pytest.mark.parametrize("where", ["ask", "fill", "end"])
@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        (CTRL_C, "KeyboardInterrupt"),
        (CTRL_D, "EndOfInput"),
        (signal.SIGINT, "KeyboardInterrupt"),
        (signal.SIGTERM, 143),
        (signal.SIGHUP, 129),
        (signal.SIGQUIT, 131),
    ],
)
def test_whatever_ends_it_leaves_the_terminal_as_it_was(walk, terminal, where, how, outcome) -> None:
    if where == "fill":
        screen = terminal(FILLED.format(lang="en")).wait(">")
    else:
        screen = walk("en").wait(MONEY["en"])
        assert screen.modes == (False, False)
    if where == "end":
        screen.send("2")
        screen.wait(MESSAGE["en"]).send("7")
        screen.wait("Who to turn to now")
    begun = time.monotonic()
    screen.send(how) if isinstance(how, str) else screen.signal(how)
    assert result(screen) == outcome
    assert screen.modes == COOKED
    assert time.monotonic() - begun < 1
    assert screen.raw.rindex(b"\x1b[?2004l") > screen.raw.rindex(b"\x1b[?2004h")
    if where == "end":
        assert "Whoever asks" in screen.everything  # what was to be read is there to read


HUNG_UP = """
import os, signal
from pathlib import Path
from tests.faces.walk import _walk, library
signal.signal(signal.SIGHUP, signal.SIG_IGN)
try:
    _walk("en", "pay-failed", library())
except BaseException as left:
    Path({said!r}).write_text(type(left).__name__)
os._exit(0)
"""


def test_a_terminal_that_goes_away_is_the_end_of_input(terminal, tmp_path) -> None:
    said = tmp_path / "said"
    screen = terminal(HUNG_UP.format(said=str(said)))
    screen.wait(MONEY["en"])
    screen.hang_up()
    for _ in range(50):
        if said.exists() and said.read_text():
            break
        time.sleep(0.1)
    assert said.read_text() == "EndOfInput"
