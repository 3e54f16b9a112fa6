"""The rich face, first within the test's own process, then as a program on a pseudo-terminal."""

import json
import re
import signal
import time
from dataclasses import fields, replace

import pytest

from tests.faces.desk import Desk
from tests.faces.talk import at
from tests.packs import flow, library, write
from tests.terminal import BACKSPACE, CTRL_C, CTRL_D, DOWN, ENTER, Terminal
from walletdoc.ending import Line
from walletdoc.face import Answered, Back, Change, Done, EndOfInput, Fill, Given, Quit, Restart
from walletdoc.question import Choice

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
        ("zh", ("支付失败 > 没有扣", "付款页面提示了什么？", "> 1  余额不足", "  9  付款码过期", "最多还有 14 个问题，大约 33 分钟")),
        ("en", ("Payment failed > No, it was not taken", "What does the payment page say?", "To go: up to 14 questions, 33 min")),
    ],
)
def test_a_question_says_where_one_is_what_is_asked_and_how_much_is_left(lang, words) -> None:
    page = look(at("no", lang=lang), lang=lang, earlier=EARLIER).page
    assert all(each in page for each in words)
    commands = {"zh": "b 上一题  c 改前面的答案  w 为什么  h 怎么看  r 从头再来  q 保存并退出"}
    commands["en"] = "b back  c change an answer  w why  h how  r start over  q save and quit"
    assert commands[lang] in page.splitlines()


def test_what_is_to_be_done_has_steps_what_to_mind_and_how_long_it_takes() -> None:
    question = at("no", "balance", lang="en")
    page = look(replace(question, warning="Only in the app.", risk="destructive", protects=True)).page
    assert "1. Tap the payment method and see which one is chosen." in page
    assert "4. Pay once, then look at the bill." in page
    for words in ("Careful: Only in the app.", "This can't be undone.", "This step protects", "Takes about 3 min"):
        assert words in page
    assert "What happened when you tried?\n> 1  It worked, solved" in page
    assert "you can change it back" in look(replace(question, risk="reversible")).page


def test_the_last_question_and_one_whose_rest_is_unknown() -> None:
    question = at("no", lang="en")
    assert "The last one, about 2 min" in look(replace(question, remain=question.remain._replace(questions=1, minutes=2))).page
    assert "To go" not in look(replace(question, remain=None)).page


def test_an_emergency_is_a_red_banner_and_an_unverified_pack_a_yellow_one() -> None:
    desk = look(replace(at("no", lang="en"), emergency=True, ours=False), rows=40)
    banner, doubt, *_ = desk.page.splitlines()
    assert banner == " Emergency: protect the money first, one step at a time"
    assert doubt.startswith(" Unverified: these steps are not walletdoc's own")
    assert [desk.sink.screen.buffer[row][1].bg for row in (0, 1)] == ["red", "brown"]


def test_no_other_question_has_a_banner() -> None:
    assert look(at("no", lang="en")).page.splitlines()[0].startswith("╭─ Payment failed")


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
    desk = Desk("en", ["2"])
    assert desk.face.end(at("a", flow="theirs", lang="en", library=packs)) == Fill()
    assert warned in desk.page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.input", lambda _: "")
        assert desk.face.fill(Choice("amount", "The amount")) is None
    assert warned in desk.text


def test_what_a_pack_may_write_is_bold_lists_and_paragraphs_and_never_markup() -> None:
    question = replace(at("no", lang="en"), text="Look **here** first.\n\n- one\n- two **bold**\nThen [red]that[/red].")
    desk = look(question)
    rows = [line.strip("│ ") for line in desk.page.splitlines()]
    begin = rows.index("Look here first.")
    assert rows[begin : begin + 5] == ["Look here first.", "", "- one", "- two bold", "Then [red]that[/red]."]
    assert "**" not in desk.page


def test_hostile_characters_are_spelled_out_in_every_slot_of_a_question() -> None:
    plain = at("no", "balance", lang="en")
    slots = {
        "text": HOSTILE, "steps": (HOSTILE,), "how": HOSTILE, "why": HOSTILE, "warning": HOSTILE, "crumbs": (HOSTILE,),
        "choices": (Choice("a", HOSTILE),),
    }  # fmt: skip
    desk = look(replace(plain, **slots), "w", "h", columns=200, rows=60)
    assert desk.page.count(SHOWN) == len(slots)
    assert "\x1b[31m\u202e" not in desk.sink.getvalue()
    assert "\u200b" not in desk.sink.getvalue()
    desk = look(plain, "c", earlier=(Given("k", HOSTILE, HOSTILE),), columns=200)
    assert desk.page.count(SHOWN) == 2


def test_hostile_characters_are_spelled_out_in_every_slot_of_an_end_and_elsewhere() -> None:
    ending = at("no", "merchant", lang="en")
    line = Line(**{each.name: HOSTILE for each in fields(Line)} | {"tier": "A", "stale": True})
    slots = {"text": HOSTILE, "prevent": HOSTILE, "causes": (Choice("a", HOSTILE),), "contacts": (line,)}
    slots |= {"prepare": (Choice("a", HOSTILE),), "never": (HOSTILE,), "crumbs": (HOSTILE,)}
    desk = Desk("en", ["1"], columns=200, rows=80)
    desk.face.end(replace(ending, **slots))
    assert desk.page.count(SHOWN) == len(slots) + len("name purpose number way hours caveat verified_on".split()) - 1
    desk.face.tell(HOSTILE)
    desk.face.refuse(HOSTILE)
    assert f"* {SHOWN}\n! {SHOWN}" in desk.text
    desk = Desk("en", ["1"], columns=200)
    desk.face.choose(HOSTILE, (Choice("a", HOSTILE),))
    assert desk.page.count(SHOWN) == 2
    assert "\x1b[31m\u202e" not in desk.sink.getvalue()


# --- what keys do


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        ("1", Answered("balance")),
        ("9", Answered("expired")),
        ("３", Answered("source")),
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
    assert ask(at("no", lang=lang), *keys, earlier=EARLIER, lang=lang)[0] == reply


def test_a_key_that_means_nothing_changes_nothing() -> None:
    desk = look(at(lang="en"), "9", "x", "c", "page-down", "backspace", "escape", "\x00", "\ufffd")
    assert len(set(desk.pages)) == 1


def test_what_was_said_stays_on_one_place_and_the_page_goes() -> None:
    _, desk = ask(at("no", lang="en"), "2")
    assert desk.everything.strip() == "What does the payment page say?\n→ Over a limit"
    _, desk = ask(at("no", lang="en"), "b")
    assert desk.everything.strip() == "← back"


def test_the_cursor_stands_where_a_screen_reader_finds_the_choice() -> None:
    desk = look(at("no", lang="en"), "down", "w", *["down"] * 11)
    for page, (row, _) in zip(desk.pages[:-1], desk.cursors, strict=False):
        assert page.splitlines()[row].startswith("> ")
    assert desk.page.splitlines()[desk.cursors[-1][0]].startswith("b back")
    desk = look(at("no", "processing", **WAITED), *"12")
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
    page = look(at("no", lang="zh"), "c", earlier=EARLIER, lang="zh").page
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
    reply, _ = ask(at("no", "processing", **WAITED), *keys, lang="zh")
    assert reply == Answered(answer)


def test_a_number_out_of_bounds_is_told_of() -> None:
    desk = look(at("no", "processing", **WAITED), *"401", "enter", "4", lang="zh")
    assert "请输入 0 到 400 之间的整数\n> _\n  u  不确定" in desk.pages[0]
    assert "> 401_\n  要填 0 到 400 之间的整数，只写数字" in desk.pages[4]
    assert "> 4_\n  u  不确定" in desk.page
    assert "  u  " not in look(replace(at("no", "processing", **WAITED), choices=())).page


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [("3", "id-3"), (["down"] * 20 + ["enter"], "id-21"), ("00", None), (["up", "enter"], None), (["escape", "2"], "id-2")],
)
def test_a_long_list_is_chosen_from(keys, chosen) -> None:
    desk = Desk("en", keys)
    choices = tuple(Choice(f"id-{number}", f"trouble {number}") for number in range(1, 31))
    assert desk.face.choose("What is wrong?", choices) == chosen
    assert "What is wrong?\n> 1  trouble 1" in desk.pages[0]
    assert "↓ more, press ↓" in desk.pages[0]
    assert "→ " in desk.text


# --- ends


def test_a_hand_off_says_whom_to_turn_to_and_what_never_to_tell() -> None:
    desk = Desk("en", "", rows=60)
    ending = at("no", "processing", "9", "alipay", "ccb-credit", flow="refund-missing", lang="en")
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
    ending = at("no", "merchant", lang="en")
    desk = Desk("en", "q", rows=60)
    stale = replace(ending.contacts[0], stale=True, tier="C", hours="08:00–24:00", caveat="Only from the order page.")
    assert desk.face.end(replace(ending, contacts=(stale,))) == Done()
    for words in ("Careful: Verified too long ago", "no official page", "Hours: 08:00–24:00", "Note: Only from the order page."):
        assert words in desk.page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("先等一等", "2026 年 11 月 27 日（星期五）", "3 个工作日", "walletdoc resume")),
        ("en", ("Now wait", "Friday, 2026-11-27", "3 working days", "walletdoc resume")),
    ],
)
def test_a_wait_says_until_when(lang, words) -> None:
    ending = at("no", "processing", "1", flow="refund-missing", lang=lang)
    desk = Desk(lang, "q")
    desk.face.end(ending)
    assert all(each in desk.page for each in words)
    assert "announced" not in desk.page
    desk = Desk("en", "q")
    desk.face.end(replace(ending, wait=replace(ending.wait, certain=False)))
    assert "public holidays of that year are not announced yet" in desk.page


@pytest.mark.parametrize(
    ("kind", "heading", "colour"),
    [("fixed", "Solved", "green"), ("hand-off", "Who to turn", "blue"), ("wait", "Now wait", "brown"), ("stop", "Stop now", "red")],
)
def test_each_kind_of_end_has_its_heading_and_colour(kind, heading, colour) -> None:
    desk = Desk("en", "1")
    ending = replace(at("no", "balance", "fixed", lang="en"), kind=kind, emergency=True)
    assert desk.face.end(ending) == Done()
    row = next(at for at, line in enumerate(desk.page.splitlines()) if heading in line)
    char = desk.sink.screen.buffer[desk.everything.splitlines().index(desk.page.splitlines()[row])][3]
    assert (char.fg, char.reverse) == (colour, True)
    assert ("Emergency" in desk.page) == (kind in {"hand-off", "stop"})
    assert "How to avoid it next time" in desk.page


@pytest.mark.parametrize(("key", "parting"), [("1", Done()), ("2", Fill()), ("b", Back()), ("r", Restart()), ("q", Done())])
def test_what_is_next_after_an_end(key, parting) -> None:
    desk = Desk("en", ["escape", key], rows=60)
    assert desk.face.end(at("no", "merchant", lang="en")) == parting
    assert ("Whoever asks" in desk.text) == (parting == Done())  # the page stays for who leaves


def test_only_a_hand_off_with_something_to_prepare_offers_to_write_it_down() -> None:
    for changed in ({"prepare": ()}, {"kind": "stop"}):
        desk = Desk("en", "1", rows=60)
        desk.face.end(replace(at("no", "merchant", lang="en"), **changed))
        assert "Write down" not in desk.page


# --- any width, any height, any encoding


@pytest.mark.parametrize("columns", [20, 31, 32, 40, 80, 200])
@pytest.mark.parametrize("rows", [6, 10, 24, 50])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_cut_and_nothing_is_too_wide(columns, rows, lang) -> None:
    long = {"zh": "这是一个非常长的选项，里面有“引号”、数字 95188 和英文 Apple Pay，要完整地显示出来。" * 3}
    long["en"] = "this is a very long option with a number 95188, quotes and averyveryveryverylongwordthatfitsnowhere. " * 3
    choices = tuple(Choice(f"id-{at}", f"{at}:{long[lang].strip()}") for at in range(1, 13))
    question = replace(at("no", "balance", lang=lang), choices=choices)
    desk = look(question, *["page-up"] * 40, *["down", "page-down"] * 0, *["down"] * 120, lang=lang, columns=columns, rows=rows)
    seen = "".join(flat(page) for page in desk.pages)
    for words in (question.text, *question.steps):
        assert all(flat(piece) in seen for piece in re.findall(r"\w+", words))
    ends = {flat(choice.text)[-6:] for choice in choices}
    assert all(end in seen for end in ends)
    assert desk.sink.screen.history.top == type(desk.sink.screen.history.top)([], maxlen=1000)  # it never overflows upwards
