"""The rich face, first within the test's own process, then as a program on a pseudo-terminal."""

import json
import os
import re
import signal
import time
from dataclasses import fields, replace

import pytest

from tests.faces.desk import Desk
from tests.faces.talk import at
from tests.packs import library
from tests.terminal import BACKSPACE, CTRL_C, CTRL_D, DOWN, ENTER, Terminal
from walletdoc.ending import Line
from walletdoc.face import Answered, Back, Change, Done, EndOfInput, Fill, Given, Quit, Restart, Words
from walletdoc.faces.keys import Keyboard
from walletdoc.faces.stage import Stage
from walletdoc.question import Choice
from walletdoc.terminal import width

HOSTILE = "\x1b[31m\u202e\u200b\x07[/usr][link=https://a.example]95188[/link]"
SHOWN = "<U+001B>[31m<U+202E><U+200B><U+0007>[/usr][link=https://a.example]95188[/link]"
EARLIER = (Given("fact.money-taken", "钱扣了吗？", "没有扣"), Given("0.pay-failed/message", "提示什么？", "余额不足"))
WAITED = {"flow": "refund-missing", "lang": "zh"}


def flat(text):
    """Return a page without what only lays it out."""
    return re.sub(r"[\s│─╭╮╰╯>·]", "", text)


def ask(question, *keys, earlier=(), **desk):
    """Return what was said by these keys, and the desk."""
    seated = Desk(desk.pop("lang", "en"), keys, **desk)
    return seated.face.ask(question, earlier), seated


def look(question, *keys, earlier=(), **desk):
    """Return the desk as it is after these keys, none of which says anything."""
    seated = Desk(desk.pop("lang", "en"), keys, **desk)
    with pytest.raises(EndOfInput):
        seated.face.ask(question, earlier)
    return seated


# --- what is on a question's page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            (
                "支付失败 > 没有扣 > 支付宝",
                "付款页面提示了什么？",
                "> 1  余额不足",
                "  9  付款码过期",
                "最多还有 12 个问题，大约 28 分钟",
            ),
        ),
        (
            "en",
            (
                "Payment failed > No, it was not taken > Alipay",
                "What does the payment page say?",
                "To go: up to 12 questions, 28 min",
            ),
        ),
    ],
)
def test_a_question_says_where_one_is_what_is_asked_and_how_much_is_left(lang, words) -> None:
    page = look(at("no", "alipay", lang=lang), lang=lang, earlier=EARLIER).page
    assert all(each in page for each in words)
    commands = {"zh": "b 上一题  c 改前面的答案  w 为什么  h 怎么看  r 从头再来  q 保存并退出"}
    commands["en"] = "b back  c change an answer  w why  h how  r start over  q save and quit"
    assert commands[lang] in page.splitlines()


def test_what_is_to_be_done_has_steps_what_to_mind_and_how_long_it_takes() -> None:
    question = at("no", "alipay", "balance", lang="en")
    page = look(replace(question, warning="Only in the app.", risk="destructive", protects=True)).page
    assert "1. Tap the payment method and see which one is chosen." in page
    assert "4. Pay once, then look at the bill." in page
    for words in ("Careful: Only in the app.", "This can't be undone.", "This step protects", "Takes about 3 min"):
        assert words in page
    assert "What happened when you tried?\n> 1  It worked, solved" in page
    assert "you can change it back" in look(replace(question, risk="reversible")).page


def test_the_last_question_and_one_whose_rest_is_unknown() -> None:
    question = at("no", "alipay", lang="en")
    assert (
        "The last one, about 2 min"
        in look(replace(question, remain=question.remain._replace(questions=1, minutes=2))).page
    )
    assert "To go" not in look(replace(question, remain=None)).page


def test_an_emergency_is_a_red_banner_and_an_unverified_pack_a_yellow_one() -> None:
    desk = look(replace(at("no", "alipay", lang="en"), emergency=True, ours=False), rows=40)
    banner, doubt, *_ = desk.page.splitlines()
    assert banner == " Emergency: protect the money first, one step at a time"
    assert doubt.startswith(" Unverified: these steps are not walletdoc's own")
    assert [desk.sink.screen.buffer[row][1].bg for row in (0, 1)] == ["red", "brown"]


def test_no_other_question_has_a_banner() -> None:
    assert look(at("no", "alipay", lang="en")).page.splitlines()[0].startswith("╭─ Payment failed")


def test_somebody_elses_pack_is_called_unverified_on_every_screen(tmp_path) -> None:
    packs = library(
        tmp_path,
        theirs="""
        first: {ask: {zh: "甲？", en: "A?"}, why: {zh: "因", en: "W"}, usual: a, options: {a: {say: {zh: "甲", en: "A"}, go: last}}}
        last: {end: hand-off, say: {zh: "完", en: "The end"}, to: [police], causes: [one], prepare: [amount]}
        """,
    )
    warned = "Unverified: these steps are not walletdoc's own"
    desk = look(at(flow="theirs", lang="en", library=packs), "w", "c", earlier=EARLIER)
    assert all(warned in page for page in desk.pages)
    assert "Which answer do you want to change?" in desk.page
    desk = Desk("en", ["2"], rows=60)
    assert desk.face.end(at("a", flow="theirs", lang="en", library=packs)) == Fill()
    assert warned in desk.page
    desk.press("enter")
    assert desk.face.fill(Choice("amount", "The amount")) is None
    assert warned in desk.page


def test_what_a_pack_may_write_is_bold_lists_and_paragraphs_and_never_markup() -> None:
    question = replace(
        at("no", "alipay", lang="en"), text="Look **here** first.\n\n- one\n- two **bold**\nThen [red]that[/red]."
    )
    desk = look(question, rows=40)
    rows = [line.strip("│ ") for line in desk.page.splitlines()]
    begin = rows.index("Look here first.")
    assert rows[begin : begin + 5] == ["Look here first.", "", "- one", "- two bold", "Then [red]that[/red]."]
    assert "**" not in desk.page
    row = next(at for at, line in enumerate(desk.page.splitlines()) if "bold" in line)
    begin = desk.page.splitlines()[row].index("bold")
    assert [desk.sink.screen.buffer[row][column].underscore for column in (begin - 5, begin)] == [False, True]
    desk = look(replace(question, why="plain **bold**"), "w")


def test_hostile_characters_are_spelled_out_in_every_slot_of_a_question() -> None:
    plain = at("no", "alipay", "balance", lang="en")
    slots = {
        "text": HOSTILE, "steps": (HOSTILE,), "how": HOSTILE, "why": HOSTILE, "warning": HOSTILE, "crumbs": (HOSTILE,),
        "choices": (Choice("a", HOSTILE),),
    }  # fmt: skip
    desk = look(replace(plain, **slots), "w", "h", columns=200, rows=60)
    assert desk.page.count(SHOWN) == len(slots)
    assert "\x1b[31m\u202e" not in desk.sink.getvalue()
    assert "\u200b" not in desk.sink.getvalue()
    desk = look(plain, "c", earlier=(Given("k", HOSTILE, HOSTILE),), columns=200)
    assert flat(desk.page).count(flat(SHOWN)) == 2


def test_hostile_characters_are_spelled_out_in_every_slot_of_an_end_and_elsewhere() -> None:
    ending = at("no", "alipay", "merchant", lang="en")
    line = Line(**{each.name: HOSTILE for each in fields(Line)} | {"tier": "A", "stale": True})
    slots = {"text": HOSTILE, "prevent": HOSTILE, "causes": (Choice("a", HOSTILE),), "contacts": (line,)}
    slots |= {"prepare": (Choice("a", HOSTILE),), "never": (HOSTILE,), "crumbs": (HOSTILE,)}
    desk = Desk("en", ["1"], columns=200, rows=80)
    desk.face.end(replace(ending, **slots))
    of_the_line = ("name", "purpose", "number", "way", "hours", "caveat", "verified_on")
    assert flat(desk.page).count(flat(SHOWN)) == len(slots) - 1 + len(of_the_line)
    desk.face.tell(HOSTILE)
    desk.face.refuse(HOSTILE)
    assert f"* {SHOWN}\n! {SHOWN}" in desk.text
    desk = Desk("en", ["1"], columns=200)
    desk.face.choose(HOSTILE, (Choice("a", HOSTILE),))
    assert flat(desk.page).count(flat(SHOWN)) == 2
    assert "\x1b[31m\u202e" not in desk.sink.getvalue()


# --- what keys do


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        ("1", Answered("balance")),
        ("9", Answered("expired")),
        ("３", Answered("source")),
        ("٣", Answered("source")),
        (["enter"], Answered("balance")),
        (["down"] * 11 + ["enter"], Answered("unsure")),
        (["down", "down", "up", "enter"], Answered("limit")),
        ("b", Back()),
        ("r", Restart()),
        ("q", Quit()),
        ("Q", Quit()),
        ("ｂ", Back()),
        (["up", "enter"], Quit()),
        (["down"] * 12 + ["enter"], Back()),
        ("cb1", Answered("balance")),
        (["c", "escape", "1"], Answered("balance")),
        ("c1", Change("0.pay-failed/message")),
        (["c", "down", "enter"], Change("fact.money-taken")),
        (["w", "h", "x", "0", "好", "\x01", "1"], Answered("balance")),
    ],
)
def test_keys_choose_and_command(lang, keys, reply) -> None:
    assert ask(at("no", "alipay", lang=lang), *keys, earlier=EARLIER, lang=lang)[0] == reply


def test_a_key_that_means_nothing_changes_nothing() -> None:
    desk = look(at(lang="en"), "9", "x", "c", "page-down", "backspace", "escape", "\x00", "\ufffd")
    assert len(set(desk.pages)) == 1


def test_what_was_said_stays_on_one_place_and_the_page_goes() -> None:
    _, desk = ask(at("no", "alipay", lang="en"), "2")
    assert desk.everything.strip() == "What does the payment page say?\n→ Over a limit"
    desk = Desk("en", "b")
    desk.sink.write("typed too early")  # which the terminal itself writes
    desk.face.ask(at("no", "alipay", lang="en"), ())
    assert desk.everything.strip() == "← back"


def test_the_cursor_stands_where_a_screen_reader_finds_the_choice() -> None:
    desk = look(at("no", "alipay", lang="en"), "down", "w", *["down"] * 11)
    for page, (row, _) in zip(desk.pages[:-1], desk.cursors, strict=False):
        assert page.splitlines()[row].startswith("> ")
    assert desk.page.splitlines()[desk.cursors[-1][0]].startswith("b back")
    desk = look(at("no", "alipay", "balance", lang="en"), *["down"] * 3, rows=12)
    assert desk.page.splitlines()[desk.cursors[-1][0]].startswith("> 1")
    desk = look(at("no", "alipay", "processing", **WAITED), *"12")
    assert desk.cursors[-1] == (next(at for at, line in enumerate(desk.page.splitlines()) if "> 12" in line), 4)


@pytest.mark.parametrize(
    ("lang", "why", "how"),
    [
        ("zh", "为什么：如果钱已经扣了，再付就会付两遍。", "怎么看：看账单，再看银行短信"),
        ("en", "Why: If the money is already gone", "How to tell: Look at the bill"),
    ],
)
def test_why_and_how_open_in_place_and_close(lang, why, how) -> None:
    desk = look(at(lang=lang), "w", "h", "w", "h", "ｗ", "H", "escape", lang=lang)
    assert [(why in page, how in page) for page in desk.pages] == [
        (False, False), (True, False), (True, True), (False, True), (False, False), (True, False), (True, True), (False, False),
    ]  # fmt: skip
    assert all(at(lang=lang).text in page for page in desk.pages)


def test_only_what_there_is_is_offered() -> None:
    page = look(replace(at(lang="en"), why=None, how=None)).page
    assert "b back  r start over  q save and quit" in page.splitlines()


def test_the_earlier_answers_are_listed_with_the_last_first() -> None:
    page = look(at("no", "alipay", lang="zh"), "c", earlier=EARLIER, lang="zh").page
    assert "要改哪一个答案？\n> 1  提示什么？ → 余额不足\n  2  钱扣了吗？ → 没有扣\n\nb 不改了，回到问题" in page


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ([*"5", "enter"], "5"),
        ([*"００７", "enter"], "7"),
        ([*"１２", "backspace", "enter"], "1"),
        (["backspace", *"400", "enter"], "400"),
        ([*"401", "enter", "3", "enter"], "3"),
        (["enter", "-", "1", "enter", "0", "enter"], "0"),
        ("u", "unsure"),
        (["down", "enter"], "unsure"),
        (["5", "down", "6", "enter"], "56"),
    ],
)
def test_a_number_is_typed_or_left_open(keys, answer) -> None:
    reply, _ = ask(at("no", "alipay", "processing", **WAITED), *keys, lang="zh")
    assert reply == Answered(answer)


def test_a_number_out_of_bounds_is_told_of() -> None:
    desk = look(at("no", "alipay", "processing", **WAITED), *"401", "enter", "4", lang="zh")
    assert "请输入 0 到 400 之间的整数\n> _\n  u  不确定" in desk.pages[0]
    assert "> 401_\n  要填 0 到 400 之间的整数，只写数字" in desk.pages[4]
    assert "> 4_\n  u  不确定" in desk.page
    assert "  u  " not in look(replace(at("no", "alipay", "processing", **WAITED), choices=())).page


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("3", "id-3"),
        (["down"] * 20 + ["enter"], "id-21"),
        ("00", None),
        (["up", "enter"], None),
        (["escape", "2"], "id-2"),
    ],
)
def test_a_long_list_is_chosen_from(keys, chosen) -> None:
    desk = Desk("en", keys)
    choices = tuple(Choice(f"id-{number}", f"trouble {number}") for number in range(1, 31))
    assert desk.face.choose("What is wrong?", choices) == chosen
    assert "What is wrong?\n> 1  trouble 1" in desk.pages[0]
    assert "↓ more, press ↓" in desk.pages[0]
    assert "→ " in desk.text


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("2", "id-2"),
        ("0", None),
        (["down", "enter"], "id-1"),
        (["enter", *"lost it", "enter"], Words("lost it")),
        ([*"lost it", "enter"], Words("lost it")),
        ([*"钱没到", "enter"], Words("钱没到")),
        (["paste:money\ngone", "enter"], Words("money gone")),
        (["enter", "enter", "1"], "id-1"),
        (["enter", *"no", "backspace", "backspace", "enter", "2"], "id-2"),
        (["-", "?", "escape", "1"], "id-1"),
    ],
)
def test_a_list_is_chosen_from_or_own_words_are_typed(keys, said) -> None:
    desk = Desk("en", keys)
    choices = tuple(Choice(f"id-{number}", f"trouble {number}") for number in range(1, 4))
    assert desk.face.what("What is wrong?", choices) == said
    assert "What is wrong?\n> ·  Say it in your own words\n  1  trouble 1" in desk.pages[0]
    assert "Just type what is wrong" in desk.pages[0]


def test_a_secret_among_own_words_does_not_stay_on_screen() -> None:
    desk = Desk("en", [*"card 6222021234567890128 lost", "enter"])
    assert desk.face.what("What is wrong?", ()) == Words("card 6222021234567890128 lost")
    assert "6222021234567890128" not in desk.text


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        ([*"三十五元", "backspace", "enter"], "三十五"),
        (["enter"], None),
        ([*"   ", "enter"], None),
        ([*"bqw1 ", "2", "enter"], "bqw1 2"),
        (["x", "paste:a\nb\tc\u202e\x1b[31m", "enter"], "xa b c[31m"),
        ([*"wrong", "\x15", *"right", "up", "escape", "\x01", "enter"], "right"),
        (["paste:" + "长" * 600, "enter"], "长" * 500),
    ],
)
def test_what_to_have_ready_is_typed_or_pasted_or_left_out(keys, given) -> None:
    desk = Desk("en", keys)
    assert desk.face.fill(Choice("amount", "The amount")) == given
    assert desk.pages[0].startswith("The amount\nJust press Enter to skip; never write a password")
    assert "> _" in desk.pages[0]
    for page, (row, column) in zip(desk.pages, desk.cursors, strict=True):
        line = page.splitlines()[row]
        assert line.endswith("_")
        assert width(line) == column + 1


def test_a_secret_that_was_typed_does_not_stay_on_screen() -> None:
    desk = Desk("en", [*"6222021234567890128", "enter"])
    assert desk.face.fill(Choice("amount", "The amount")) == "6222021234567890128"  # the runner masks what it keeps
    assert "6222021234567890128" in desk.page
    assert "622202" not in desk.everything


# --- ends


def test_a_hand_off_says_whom_to_turn_to_and_what_never_to_tell() -> None:
    desk = Desk("en", "", rows=60)
    ending = at("no", "alipay", "processing", "9", "ccb-credit", flow="refund-missing", lang="en")
    with pytest.raises(EndOfInput):
        desk.face.end(ending)
    for words in (
        "Who to turn to now", "Phone: 95188", "confirmed by police, government, a bank or the press",
        "Phone: 400-820-0588", "confirmed by the organisation's own page", "verified on 2026-11-22", "Way in: ",
        "Have ready", "- The number of the refund request", "Whoever asks", "- Codes sent by text message", "What it may be",
        "> 1  Done", "2  Write down what to have ready", "b back  r start over  q save and quit",
    ):  # fmt: skip
        assert flat(words) in flat(desk.page), words


def test_a_contact_of_long_ago_and_a_doubtful_one_say_so() -> None:
    ending = at("no", "alipay", "merchant", lang="en")
    desk = Desk("en", "q", rows=60)
    stale = replace(ending.contacts[0], stale=True, tier="C", hours="08:00–24:00", caveat="Only from the order page.")
    assert desk.face.end(replace(ending, contacts=(stale,))) == Done()
    for words in (
        "Careful: Verified too long ago",
        "no official page",
        "Hours: 08:00–24:00",
        "Note: Only from the order page.",
    ):
        assert words in desk.page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("先等一等", "2026 年 11 月 27 日（星期五）", "3 个工作日", "walletdoc resume")),
        ("en", ("Now wait", "Friday, 2026-11-27", "3 working days", "walletdoc resume")),
    ],
)
def test_a_wait_says_until_when(lang, words) -> None:
    ending = at("no", "alipay", "processing", "1", flow="refund-missing", lang=lang)
    desk = Desk(lang, "q")
    desk.face.end(ending)
    assert all(each in desk.page for each in words)
    assert "announced" not in desk.page
    desk = Desk("en", "q")
    desk.face.end(replace(ending, wait=replace(ending.wait, certain=False)))
    assert "public holidays of that year are not announced yet" in desk.page


@pytest.mark.parametrize(
    ("kind", "heading", "colour"),
    [
        ("fixed", "Solved", "green"),
        ("hand-off", "Who to turn", "blue"),
        ("wait", "Now wait", "brown"),
        ("stop", "Stop now", "red"),
    ],
)
def test_each_kind_of_end_has_its_heading_and_colour(kind, heading, colour) -> None:
    desk = Desk("en", "1")
    ending = replace(at("no", "alipay", "balance", "fixed", lang="en"), kind=kind, emergency=True)
    assert desk.face.end(ending) == Done()
    row = next(at for at, line in enumerate(desk.page.splitlines()) if heading in line)
    char = desk.sink.screen.buffer[desk.everything.splitlines().index(desk.page.splitlines()[row])][3]
    assert (char.fg, char.reverse) == (colour, True)
    assert ("Emergency" in desk.page) == (kind in {"hand-off", "stop"})
    assert "How to avoid it next time" in desk.page


@pytest.mark.parametrize(
    ("key", "parting"), [("1", Done()), ("2", Fill()), ("b", Back()), ("r", Restart()), ("q", Done())]
)
def test_what_is_next_after_an_end(key, parting) -> None:
    desk = Desk("en", ["escape", key], rows=60)
    assert desk.face.end(at("no", "alipay", "merchant", lang="en")) == parting
    assert ("Whoever asks" in desk.text) == (parting == Done())  # the page stays for who leaves


def test_only_a_hand_off_with_something_to_prepare_offers_to_write_it_down() -> None:
    for changed in ({"prepare": ()}, {"kind": "stop"}):
        desk = Desk("en", "1", rows=60)
        desk.face.end(replace(at("no", "alipay", "merchant", lang="en"), **changed))
        assert "Write down" not in desk.page


# --- any width, any height, any encoding


LONG = {
    "zh": "这是一个很长的选项，里面有“引号”、数字 95188 和英文 Apple Pay，要完整地显示出来。",
    "en": "this is a long option with a number 95188, “quotes” and averyveryveryveryverylongwordthatfitsnowhere.",
}


@pytest.mark.parametrize(
    ("lang", "columns", "rows"), [("zh", 20, 24), ("en", 32, 6), ("zh", 40, 10), ("en", 80, 24), ("zh", 200, 12)]
)
def test_nothing_is_cut_or_too_wide_or_overflows(lang, columns, rows) -> None:
    choices = tuple(Choice(f"id-{at}", f"({at}{LONG[lang]}{at})") for at in range(1, 13))
    question = replace(at("no", "alipay", "balance", lang=lang), choices=choices)
    desk = look(question, *["down"] * (600 // rows), lang=lang, columns=columns, rows=rows)
    seen = "".join(flat(page) for page in desk.pages)
    for words in (question.text, *question.steps, *(choice.text[-9:] for choice in choices)):
        assert all(flat(piece) in seen for piece in re.findall(r"\w+", words)), words
    assert desk.overflowed == 0
    once = look(question, lang=lang, columns=100, rows=200)
    assert all(flat(choice.text) in flat(once.page) for choice in choices)


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (1, 24), (20, 1), (80, 2), (80, 4)])
def test_a_terminal_too_small_for_anything_does_no_harm(columns, rows) -> None:
    keys = [*["down"] * 20, *["up"] * 20, "page-down", "b"]
    assert ask(at("no", "alipay", lang="en"), *keys, columns=columns, rows=rows)[0] == Back()


def test_a_choice_out_of_sight_is_shown_before_it_can_be_taken() -> None:
    desk = look(at("no", "alipay", "balance", lang="en"), "enter", rows=10)
    assert "> 1  It worked, solved" not in desk.pages[0]
    assert "↓ more, press ↓" in desk.pages[0]
    assert "> 1  It worked, solved" in desk.pages[1]
    assert "↑ more above" in desk.pages[1]
    reply, desk = ask(at("no", "alipay", "balance", lang="en"), "2", "2", rows=10)
    assert reply == Answered("not-fixed")
    assert "> 2  Tried it" in desk.page
    desk = look(at("no", "alipay", "balance", lang="en"), "2", *["up"] * 9, rows=10)
    assert "Top up, or pick another source" in desk.page


def test_what_opens_is_in_sight() -> None:
    desk = look(at("no", "alipay", lang="en"), *["down"] * 11, "w", rows=12)
    assert "Why: " not in desk.pages[-2]
    assert "Why: The message points at the cause." in desk.page


def test_frames_are_drawn_with_what_the_encoding_has() -> None:
    assert "╭─ Payment failed" in look(at("no", "alipay", lang="en"), encoding="UTF-8").page
    assert "+- Payment failed" in look(at("no", "alipay", lang="en"), encoding="cp936").page
    assert "+- Payment failed" in look(at("no", "alipay", lang="en"), encoding=None).page


def test_without_colour_all_is_said_in_words() -> None:
    desk = look(
        replace(at("no", "alipay", "balance", lang="en"), emergency=True, warning="Mind this."),
        rows=40,
        env={"NO_COLOR": "1"},
    )
    assert not re.search(r"\x1b\[[0-9;]*[34][0-7]", desk.sink.getvalue())
    assert all(words in desk.page for words in ("Emergency: ", "Careful: Mind this.", "> 1  It worked"))


# --- on a terminal


@pytest.fixture
def terminal(warm_cache):
    """Start code on a terminal; what is still running at the end is ended."""
    started = []

    def start(code, env=None, **size):
        started.append(Terminal("-c", code, env={"WALK_CACHE": str(warm_cache)} | (env or {}), **size))
        return started[-1]

    yield start
    for each in started:
        each.process.close(force=True)


@pytest.fixture
def walk(terminal):
    def start(lang="en", flow="pay-failed", before="", **more):
        return terminal(f"{before}; from tests.faces.walk import walk; walk({lang!r}, {flow!r})".lstrip("; "), **more)

    return start


def result(screen):
    """Return what the program says came of it, the terminal being as it was."""
    assert screen.finish() == 0
    assert screen.modes == COOKED
    assert not screen.hidden
    assert screen.raw.count(b"\x1b[?2004l") >= screen.raw.count(b"\x1b[?2004h")
    return json.loads(screen.everything.split("RESULT ")[1].replace("\n", ""))


COOKED = (True, True)
MONEY = "Was the money for this payment taken?"
WALLET = "Which wallet are you using?"


def test_a_session_in_chinese_from_question_to_hand_off(walk) -> None:
    screen = walk("zh")
    screen.wait("这一笔的钱被扣走了吗？", "2  没有扣", "q 保存并退出").send("2")
    screen.wait("支付失败 > 没有扣", "c 改前面的答案").send("c")
    screen.wait("要改哪一个答案？", "这一笔的钱被扣走了吗？ → 没有扣").send("1")
    screen.wait_gone("要改哪一个答案？").wait("3  看不出来").send("2")
    screen.wait("你用的是哪种钱包？", "1  支付宝").send("1")
    screen.wait("1  余额不足").send("1")
    screen.wait("4. 只付一次，然后看账单。", "3  这次钱被扣了，或者看不出来").send("b")
    screen.wait("1  余额不足").send(DOWN * 6 + ENTER)
    screen.wait("接下来找谁", "在原来的订单页里点“联系商家”", "没有官方页面", "2026-11-22 核实", "下面还有").send("1")
    screen.wait("不管谁要", "1  完成").send("1")
    said = {"fact.money-taken": "no", "fact.wallet": "alipay", "0.pay-failed/message": "merchant"}
    assert result(screen) == {"ended": True, "answers": said, "filled": {}}
    kept = screen.everything.split("接下来找谁")[-1]  # the page of the end stays, whole
    assert "页面提示的原话" in kept
    assert "短信验证码" in kept


def test_a_session_in_english_with_something_written_down(walk) -> None:
    screen = walk("en", rows=60)
    screen.wait(MONEY, "To go: up to").send("2")
    screen.wait(WALLET, "2  WeChat Pay").send("2")
    screen.wait("What does the payment page say?", "7  The merchant").send("7")
    screen.wait("2  Write down what to have ready").send("2")
    screen.wait("When it was paid or went wrong", "Just press Enter to skip").send(
        "yesterdy" + BACKSPACE + "ay" + ENTER
    )
    screen.wait("The amount").send("三十五元" + BACKSPACE + ENTER)
    for label in ("The exact words", "order number", "Screenshots"):
        screen.wait(label).send(ENTER)
    screen.wait("Who to turn to now", "1  Done").send("r")
    screen.wait(MONEY, "To go: up to").send("q")
    assert result(screen) == {"ended": False, "answers": {}, "filled": {"time": "yesterday", "amount": "三十五"}}


FILL = """
from tests.faces.walk import report
from walletdoc.faces.rich import RichFace
from walletdoc.question import Choice
from walletdoc.terminal import width
report(lambda: RichFace("en").fill(Choice("amount", "The amount")))
"""


@pytest.mark.parametrize(
    ("where", "how", "outcome"),
    [
        ("ask", CTRL_C, "KeyboardInterrupt"),
        ("ask", CTRL_D, "EndOfInput"),
        ("ask", signal.SIGINT, "KeyboardInterrupt"),
        ("ask", signal.SIGTERM, 143),
        ("ask", signal.SIGHUP, 129),
        ("ask", signal.SIGQUIT, 131),
        ("fill", CTRL_C, "KeyboardInterrupt"),
        ("fill", CTRL_D, "EndOfInput"),
        ("fill", signal.SIGTERM, 143),
        ("end", CTRL_C, "KeyboardInterrupt"),
        ("end", signal.SIGTERM, 143),
    ],
)
def test_whatever_ends_it_leaves_the_terminal_as_it_was(walk, terminal, where, how, outcome) -> None:
    screen = terminal(FILL).wait(">") if where == "fill" else walk().wait(MONEY)
    assert where == "fill" or (screen.modes == (False, False) and not screen.can_stop)
    if where == "end":
        screen.send("2")
        screen.wait(WALLET, "1  Alipay").send("1")
        screen.wait("What does the payment page say?", "7  The merchant").send("7")
        screen.wait("Who to turn to now")
    begun = time.monotonic()
    screen.send(how) if isinstance(how, str) else screen.signal(how)
    assert result(screen) == outcome
    assert time.monotonic() - begun < 5  # it is at once; a busy machine takes its time
    assert where != "end" or "Whoever asks" in screen.everything  # what was to be read is there to read


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
    screen = terminal(HUNG_UP.format(said=str(said))).wait(MONEY)
    screen.hang_up()
    end = time.monotonic() + 10
    while not said.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert said.read_text() == "EndOfInput"


def test_neither_what_was_typed_beforehand_nor_what_is_pasted_answers(walk) -> None:
    screen = walk(before="import time; print('early', flush=True); time.sleep(0.3)").wait("early")
    screen.send("2\n\nq")
    screen.wait(MONEY, "q save and quit").send("\x1b[200~2\nq\n1\x1b[201~w")
    screen.wait("Why: If the money", MONEY).send("\x1b[200~2\nq")
    time.sleep(0.1)
    screen.send("\n1\x1b[201~h")
    screen.wait("How to tell: ").send("q")
    assert result(screen)["ended"] is False


def test_sequences_that_mean_nothing_change_nothing(walk) -> None:
    screen = walk().wait(MONEY, "press the number")
    before = screen.lines
    for keys in ("\x1b[15~", "\x1bOP", "\x1bz", "\x01", "\x1a", "好", b"\xff\xfe", "\x1b[", "\x1b"):
        screen.send(keys)
        time.sleep(0.3)  # what follows too soon, for a busy machine, is the rest of the sequence
    screen.send("\x1bOBw")
    screen.wait("Why: If the money", "> 2  No").send("w" + "\x1bOA")
    screen.wait_gone("Why: If the money").wait("> 1  Yes")
    assert screen.lines == before


@pytest.mark.parametrize("sizes", [((40, 20), (120, 40)), ((20, 50), (30, 20))])
def test_another_size_draws_it_anew(walk, sizes) -> None:
    screen = walk("zh").wait("q 保存并退出")
    screen.send("2")
    screen.wait("你用的是哪种钱包？", "q 保存并退出").send("b")
    screen.wait("3  看不出来", "q 保存并退出").send("w")
    screen.wait("为什么：如果")
    for columns, rows in sizes:
        screen.resize(columns, rows)
        screen.wait("这一笔的钱被扣走了吗？", "为什么：如果钱已经扣了")
        assert "支付失败" in screen.lines[0]  # from the top: where anything else stands is not known any more
        framed = [width(line) for line in screen.lines if line.endswith("╮")]
        assert framed == ([min(columns, 100)] if columns >= 32 else [])
    screen.resize(80, 24)
    screen.wait("  3  看不出来", "q 保存并退出").send("3")
    screen.wait_gone("为什么：如果钱已经扣了")


@pytest.mark.parametrize(
    ("said", "size"),
    [((200, 50), (200, 50)), ((0, 0), (80, 24)), ((1, 5), (20, 5)), (OSError(), (80, 24))],
    ids=str,
)
def test_the_size_is_what_the_terminal_says_if_that_makes_sense(monkeypatch, said, size) -> None:
    def answer(_):
        if isinstance(said, OSError):
            raise said
        return said

    desk = Desk()
    with monkeypatch.context() as patch:  # no longer than this: pytest, too, asks for the size
        patch.setattr("os.get_terminal_size", answer)
        assert Stage.size.fget(desk.face._stage) == size


def test_a_keyboard_reads_keys_and_pastes_until_its_terminal_fails(monkeypatch) -> None:
    reader, writer = os.openpty()
    with os.fdopen(writer, "w") as end:
        keyboard = Keyboard(end, end)
        with keyboard.listening():
            os.write(reader, b"w")
            assert keyboard.read(5) == "w"
            assert keyboard.read(0) is None
            os.write(reader, "\x1b[200~1\nq元\x1b[201~b".encode())
            assert (keyboard.read(5), keyboard.pasted, keyboard.read(5)) == ("paste", "1\nq元", "b")
            os.write(reader, b"x")
            monkeypatch.setattr("os.read", lambda *_: (_ for _ in ()).throw(OSError(5, "no terminal")))
            with pytest.raises(EndOfInput):
                keyboard.read(5)
        os.close(reader)
        with pytest.raises(EndOfInput), keyboard.listening():
            pass


@pytest.mark.parametrize(
    "env",
    [
        {"COLUMNS": "0"}, {"COLUMNS": "1"}, {"COLUMNS": "10000"},
        {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "cp936"}, {"PYTHONIOENCODING": "ascii"},
    ],
    ids=str,
)  # fmt: skip
def test_any_surroundings_hold(walk, env) -> None:
    screen = walk("en", env=env).wait(MONEY, "> 1  Yes, it was taken", "q save and quit")
    assert max(map(len, screen.lines)) <= 80
    screen.send("2")
    screen.wait(WALLET, "9  Not sure").send("q")
    assert result(screen)["answers"] == {"fact.money-taken": "no"}
