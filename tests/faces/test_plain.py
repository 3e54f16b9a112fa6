"""The plain face: in one process with the runner, then as a program on a pseudo-terminal."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faces.talk import THEIRS, at, plain
from tests.packs import library
from tests.terminal import BACKSPACE, CTRL_C, CTRL_D, ROOT, Terminal
from walletdoc.ending import Wait
from walletdoc.face import Answered, Back, Change, Done, EndOfInput, Fill, Given, Quit, Restart, Words
from walletdoc.faces.plain import PlainFace
from walletdoc.graph import Length
from walletdoc.locales import say
from walletdoc.question import Choice
from walletdoc.questionwords import remaining
from walletdoc.terminal import LONGEST_LINE, width

EARLIER = (
    Given("fact.money-taken", "Was the money taken?", "No"),
    Given("0.pay-failed/message", "What does it say?", "Over a limit"),
)

COMMANDS = {"b": "back", "c": "change", "w": "why", "h": "how-ask", "r": "restart", "q": "quit"}


def face_of(*typed, lang="en"):
    sink = StringIO()
    return PlainFace(lang, StringIO("".join(f"{line}\n" for line in typed)), sink), sink


def reply(*typed, question=None, earlier=EARLIER, lang="en"):
    """Return what these lines say to a question, and what was written after the question's first prompt."""
    face, sink = face_of(*typed, lang=lang)
    said = face.ask(question or at("no", "alipay", lang=lang), earlier)
    return said, sink.getvalue().split("> ", sink.getvalue().count("> ") - len(typed) + 1)[-1]


# --- what a screen says


def test_a_question() -> None:
    face, sink = face_of("1")
    question = at("no", "alipay", "restricted", lang="en")
    face.ask(question, EARLIER)
    assert sink.getvalue().splitlines() == [
        "",
        "Payment failed > No, it was not taken > Alipay > Account restricted, or identity needed",
        say("en", "face.remain", questions=question.remain.questions, minutes=question.remain.minutes),
        "",
        "Does the message ask you for identity details?",
        "1. It says I'm not verified",
        "2. It says my ID has expired",
        "3. Nothing about identity",
        "4. I don't understand it",
        "Type a number from 1 to 4. "
        + ", ".join(f"{key} {say('en', f'face.{word}').lower()}" for key, word in COMMANDS.items()),
        "> ",
    ]


def test_something_to_try() -> None:
    face, sink = face_of("1", lang="zh")
    face.ask(at("no", "alipay", "password"), ())
    said = sink.getvalue().splitlines()
    assert said[4] == "在应用里重设支付密码，再付一次。"
    assert said[5] == f"{say('zh', 'face.warning')}：{at('no', 'alipay', 'password').warning}"
    assert said[6:8] == ["第 1 步：别再猜密码。", "第 2 步：自己打开应用，点“忘记密码”。"]
    assert said[10:16] == [
        say("zh", "face.takes", minutes=5),
        "",
        say("zh", "face.tried"),
        *(f"{number}. {say('zh', f'answer.{id_}')}" for number, id_ in enumerate(("fixed", "not-fixed", "taken"), 1)),
    ]
    assert f"h {say('zh', 'face.how')}" in said[16]
    assert "c " not in said[16]


def test_a_number() -> None:
    face, sink = face_of("1", lang="zh")
    face.ask(at("yes", "done", "alipay", "no", "pending"), ())
    expected = sink.getvalue().splitlines()[-2]
    assert expected.startswith(f"{say('zh', 'face.number', low=0, high=400)}。u {say('zh', 'answer.unsure')}，b ")


def test_danger_and_doubt_stand_first_on_every_screen() -> None:
    stolen = at(flow="account-stolen", lang="en")
    face, sink = face_of("1")
    face.ask(replace(stolen, ours=False, risk="destructive", protects=True), ())
    said = sink.getvalue().splitlines()
    assert said[1:3] == [say("en", "face.unverified"), say("en", "face.emergency")]
    assert say("en", "face.risk-destructive") in said
    assert say("en", "face.protects") in said
    face, sink = face_of("q")
    face.end(replace(at("unsure", lang="en"), ours=False, emergency=True))
    assert f"\n{say('en', 'face.unverified')}\n{say('en', 'face.emergency')}\n" in sink.getvalue()


def test_the_last_question_is_called_so() -> None:
    face, sink = face_of("1")
    face.ask(replace(at("no", "alipay", lang="en"), remain=Length(1, 2)), ())
    assert sink.getvalue().splitlines()[2] == say("en", "face.remain-last", minutes=2)


def test_in_an_emergency_no_minutes_are_counted() -> None:
    for lang, said in (("en", "Most urgent first; up to 9 left"), ("zh", "最要紧的先做，最多 9 个问题")):
        question = replace(at("no", "alipay", lang=lang), emergency=True)
        assert remaining(replace(question, remain=Length(9, 123)), lang) == said
        assert not remaining(replace(question, remain=Length(1, 30)), lang)


def test_in_a_circle_nothing_is_said_of_what_remains() -> None:
    face, sink = face_of("1")
    question = replace(at("no", "alipay", lang="en"), remain=None)
    face.ask(question, ())
    assert sink.getvalue().splitlines()[2:4] == ["", question.text]


def test_an_end() -> None:
    face, sink = face_of("q")
    assert face.end(at("no", "alipay", "risk", "no", lang="en")) == Done()
    said = sink.getvalue()
    heads = [say("en", f"face.{key}") for key in ("end-hand-off", "causes", "prepare", "never", "next")]
    order = ["Payment failed > ", heads[0], "95188.", heads[1], "\nAlipay\n", *heads[2:]]
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    assert f"- {say('en', 'face.number-of')}: 95188\n- {say('en', 'face.way')}: search for" in said
    assert f"2026-11-22, {say('en', 'face.tier-B')}\n" in said


def test_a_contact_that_is_stale_or_needs_care_says_so() -> None:
    ending = at("no", "alipay", "merchant", lang="en")
    (line,) = ending.contacts
    face, sink = face_of("q")
    face.end(replace(ending, contacts=(replace(line, stale=True, hours="9 to 5"),)))
    said = sink.getvalue()
    assert f"- {say('en', 'face.hours')}: 9 to 5\n" in said
    assert f"- {say('en', 'face.caveat')}: {line.caveat}\n" in said
    assert f"{say('en', 'face.tier-C')}\n- {say('en', 'face.warning')}: {say('en', 'face.stale')}\n" in said
    assert say("en", "face.number-of") not in said


@pytest.mark.parametrize("certain", [True, False])
def test_until_when_to_wait(certain) -> None:
    face, sink = face_of("q", lang="zh")
    face.end(replace(at("unsure"), wait=Wait("3 个工作日", date(2026, 12, 1), certain=certain)))
    assert "2026 年 12 月 1 日（星期二）" in sink.getvalue()
    assert say("zh", "face.again") in sink.getvalue()
    assert (say("zh", "face.uncertain") in sink.getvalue()) is not certain


# --- what may be typed


@pytest.mark.parametrize("typed", ["1", "１", "balance", " Balance ", "not enough balance", "01"])
def test_an_answer(typed) -> None:
    assert reply(typed)[0] == Answered("balance")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("3", "3"),
        ("３", "3"),
        ("007", "7"),
        ("u", "unsure"),
        ("Ｕ", "unsure"),
        ("unsure", "unsure"),
        ("不确定", "unsure"),
    ],
)
def test_an_answer_to_a_number(typed, answer) -> None:
    assert reply(typed, question=at("yes", "done", "alipay", "no", "pending"), lang="zh")[0] == Answered(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("b", Back()), ("Ｂ", Back()), ("r", Restart()), ("q", Quit()), (" Q ", Quit())],
)
def test_a_command(typed, said) -> None:
    assert reply(typed)[0] == said


@pytest.mark.parametrize(
    "typed", ["0", "13", "-1", "1.5", "bal", "yes", "1 2", "9" * 5000, "\x1b[A", "\u202e1", "\x00", "余额不足。", "u"]
)
def test_anything_else_is_refused_with_what_is_expected(typed) -> None:
    said, written = reply(typed, "1")
    assert said == Answered("balance")
    refused, expected, prompt = written.splitlines()
    assert refused.endswith("is not one of the answers.")
    assert expected.startswith("Type a number from 1 to 12. ")
    assert (prompt, len(refused) < 100) == ("> ", True)
    assert not re.search("[\x00\x1b\u202e]", written)


@pytest.mark.parametrize("typed", ["401", "-1", "2.5", "two", "1 "[:0] + "1 day"])
def test_a_number_out_of_bounds_is_refused(typed) -> None:
    said, written = reply(typed, "400", question=at("yes", "done", "alipay", "no", "pending", lang="en"))
    assert said == Answered("400")
    assert "from 0 to 400" in written


@pytest.mark.parametrize("typed", ["", "   ", "\u3000", "\t"])
def test_an_empty_line_picks_nothing(typed) -> None:
    said, written = reply(typed, typed, "2")
    assert said == Answered("limit")
    *expected, prompt = [line.removeprefix("> ") for line in written.splitlines()]
    assert (len(expected), len(set(expected)), prompt) == (2, 1, "")
    assert expected[0].startswith("Type a number from 1 to 12. ")


def test_a_line_too_long_is_refused() -> None:
    said, written = reply("1" * (LONGEST_LINE + 1), "1")
    assert said == Answered("balance")
    assert written.startswith("That line is too long")
    assert len(written) < 500
    face, _ = face_of("1" * (LONGEST_LINE + 1), "38")
    assert face.fill(Choice("amount", "The amount")) == "38"


def test_a_secret_is_not_repeated() -> None:
    assert "622202" not in reply("6222021234567890128", "1")[1]


def test_why_and_how_leave_the_question_standing() -> None:
    said, written = reply("w", "h", "1")
    assert said == Answered("balance")
    assert [line for line in written.splitlines() if "Type" not in line][:2] == [
        "The message points at the cause.",
        "> Don't pay again: look at a screenshot, the bill or a text message, and pick the closest.",
    ]


def test_where_there_is_no_why_nor_how() -> None:
    question = replace(at("no", "alipay", lang="en"), why=None, how=None)
    said, written = reply("w", "h", "1", question=question)
    assert said == Answered("balance")
    assert written.count("There is no more to say") == 2
    assert " w " not in written
    assert " h " not in written


def test_change_offers_the_earlier_answers() -> None:
    said, written = reply("c", "", "x", "2")
    assert said == Change("0.pay-failed/message")
    assert "1. Was the money taken? No\n2. What does it say? Over a limit\n" in written
    assert written.count("Type a number from 1 to 2. b change nothing") == 3
    assert "'x' is not one" in written


def test_change_may_be_left() -> None:
    assert reply("c", "b", "1")[0] == Answered("balance")


def test_there_may_be_nothing_to_change() -> None:
    said, written = reply("c", "1", earlier=())
    assert said == Answered("balance")
    assert "there is no earlier answer to change" in written


@pytest.mark.parametrize(
    ("typed", "said"), [("q", Done()), ("b", Back()), ("r", Restart()), ("f", Fill()), ("Ｆ", Fill())]
)
def test_after_an_end(typed, said) -> None:
    face, sink = face_of("", "x", "1", typed)
    assert face.end(at("no", "alipay", "merchant", lang="en")) == said
    assert len(re.findall("f .+, b .+, r .+, q .+", sink.getvalue())) == 4
    assert sink.getvalue().count("is not one of the answers") == 2


def test_nothing_to_have_ready_offers_nothing_to_write_down() -> None:
    face, sink = face_of("f", "q")
    assert face.end(at("unsure", lang="en")) == Done()
    assert "f w" not in sink.getvalue()
    assert "'f' is not one" in sink.getvalue()


def test_the_end_of_the_input_after_an_end_is_enough() -> None:
    face, _ = face_of()
    assert face.end(at("unsure")) == Done()


@pytest.mark.parametrize(("typed", "kept"), [("38.50", "38.50"), ("  38 ", "38"), ("", None), ("  ", None)])
def test_what_to_have_ready(typed, kept) -> None:
    face, sink = face_of(typed)
    assert face.fill(Choice("amount", "The amount")) == kept
    assert f"The amount\n{say('en', 'face.fill-hint')}\n" in sink.getvalue()


def test_the_end_of_the_input_leaves_the_rest_out() -> None:
    face, _ = face_of()
    assert face.fill(Choice("amount", "The amount")) is None


@pytest.mark.parametrize(("typed", "id_"), [("2", "b"), ("0", None), ("b", "b"), ("the second", "b")])
def test_a_list(typed, id_) -> None:
    face, sink = face_of("", "3", typed)
    assert face.choose("Which?", (Choice("a", "The first"), Choice("b", "The second"))) == id_
    assert sink.getvalue().startswith("\nWhich?\n\n1. The first\n2. The second\nType a number from 1 to 2. 0 ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2", "b"),
        ("0", None),
        ("the first", "a"),
        (" my money is gone ", Words("my money is gone")),
        ("钱没到", Words("钱没到")),
    ],
)
def test_a_list_or_own_words(typed, said) -> None:
    face, sink = face_of("", "3", "???", typed)
    assert face.what("What?", (Choice("a", "The first"), Choice("b", "The second"))) == said
    assert sink.getvalue().startswith("\nWhat?\n\n1. The first\n2. The second\nType a number from 1 to 2, or say it")
    assert "'3' is not one of the answers." in sink.getvalue()


@pytest.mark.parametrize("show", [lambda face: face.ask(at(), ()), lambda face: face.choose("?", (Choice("a", "A"),))])
def test_the_end_of_the_input_ends_it(show) -> None:
    face, sink = face_of()
    with pytest.raises(EndOfInput):
        show(face)
    assert sink.getvalue().endswith("> \n")


def test_ctrl_c_goes_through() -> None:
    class Interrupted(StringIO):
        def readline(self, *_):
            raise KeyboardInterrupt

    sink = StringIO()
    with pytest.raises(KeyboardInterrupt):
        PlainFace("zh", Interrupted(), sink).ask(at(), ())
    assert sink.getvalue().endswith("> \n")


def test_hostile_words_are_made_visible() -> None:
    question = replace(
        at("no", "alipay"),
        text="\x1b[2J**付款**\u202e",
        crumbs=("a\x07",),
        choices=(Choice("x", "\u200b甲"),),
        why="\x9b0m",
        warning="\x08",
    )
    face, sink = face_of("w", "<U+200B>甲")
    assert face.ask(question, ()) == Answered("x")
    face.tell("\x1b]0;t\x07")
    face.refuse("\udc80")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\ud800-\udfff]", sink.getvalue())
    assert "<U+001B>[2J付款<U+202E>" in sink.getvalue()


@pytest.mark.parametrize(("columns", "most"), [("0", 10**6), ("1", 20), ("20", 20), ("40", 40), ("10000", 10_000)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_fit_the_terminal(monkeypatch, columns, most, lang) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    face, sink = face_of("q", "q", lang=lang)
    face.ask(at("no", "alipay", "password", lang=lang), ())
    face.end(at("no", "alipay", "risk", "no", lang=lang))
    assert all(width(line) <= most for line in sink.getvalue().splitlines())
    assert "95188" in sink.getvalue()


# --- whole sessions


def test_a_session_with_detours() -> None:
    way = "2 w h b 2 支付宝 risk b 别的提示，看不懂 2 c 3 8 b 2 q"
    said, ended = plain(*way.split())
    assert ended is True
    assert "：95188\n" in said
    assert "支付失败 > 没有扣 > 支付宝 > 交易有风险，被拦下 > 没有，是我自己要办" in said


def test_start_over_and_quit() -> None:
    said, ended = plain("2", "1", "r", "2", "q", "1")
    assert ended is False
    assert said.count("这一笔的钱被扣走了吗？") == 2


def test_a_change_that_is_taken_back() -> None:
    said, ended = plain("2", "1", "8", "c", "1", "b", "q")
    assert ended is False
    assert said.count("这一笔的钱被扣走了吗？") == 3  # asked, listed, asked again
    assert said.count("有没有人打电话或发消息") == 2


def test_the_first_question_has_no_way_back() -> None:
    assert say("zh", "run.at-start") in plain("b")[0]


def test_writing_down_what_to_have_ready() -> None:
    said, ended = plain("2", "alipay", "merchant", "f", "今天", "38.5", "", "", "", "q", lang="en")
    assert ended is True
    assert said.count(say("en", "face.fill-hint")) == 5


def test_the_input_ends_early() -> None:
    assert plain("2")[1] == "EndOfInput"


def test_a_strangers_flow_is_named_so_on_every_screen(tmp_path) -> None:
    said, ended = plain("1", "1", flow="theirs", lang="en", library=library(tmp_path, theirs=THEIRS))
    assert ended is True
    assert said.count(say("en", "face.unverified")) == 3


typed_lines = st.one_of(
    st.sampled_from(["1", "2", "3", "b", "c", "w", "h", "r", "", "f", "0", "u", "400", "no", "支付宝", "q"]),
    st.text(st.characters(exclude_characters="\n\r"), max_size=30),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(typed_lines, max_size=25), st.sampled_from(["pay-failed", "account-stolen"]), st.sampled_from(["zh", "en"])
)
def test_any_lines_are_taken_or_refused(lines, flow, lang) -> None:
    said, ended = plain(*lines, flow=flow, lang=lang)
    assert ended in {True, False, "EndOfInput"}
    assert said.count("> ") >= min(len(lines), 1)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", said)


# --- as a program

PLAIN = ("-m", "walletdoc", "run", "pay-failed", "--face", "plain")


def clean(tmp_path, **env: str) -> dict[str, str]:
    return {"WALLETDOC_STATE": str(tmp_path), **env}


@pytest.mark.parametrize(
    ("term", "lang", "typed", "shows", "number"),
    [
        ("xterm-256color", "zh", ("没有扣", "支付宝", "交易有风险，被拦下", "2"), "你用的是哪种钱包", "95188"),
        ("dumb", "en", ("No, it was not taken", "WeChat Pay", "risk", "2"), "Which wallet", "95017"),
    ],
)
def test_a_session_on_a_terminal(tmp_path, term, lang, typed, shows, number) -> None:
    first, wallet, *rest = typed
    with Terminal(*PLAIN, "--lang", lang, env=clean(tmp_path, TERM=term)) as terminal:
        terminal.wait("1.", "3.", "> ")
        terminal.send(f"{first}\r")
        terminal.wait(shows)
        terminal.send("\t\tx")
        terminal.send(BACKSPACE)
        terminal.send(f"{wallet}支付宝")
        terminal.send(BACKSPACE * 3)
        terminal.send("\r")
        for line in rest:
            terminal.send(f"{line}\r")
        terminal.wait(number, say(lang, "face.next"))
        terminal.send("q\r")
        assert terminal.finish() == 0
        assert f"> {wallet}\n" in terminal.everything
        assert terminal.modes == (True, True)
        assert (b"\x1b[?" in terminal.raw, b"\x1b" in terminal.raw and term == "dumb") == (False, False)


def test_a_simple_terminal_gets_the_plain_face(tmp_path) -> None:
    with Terminal("-m", "walletdoc", "run", "pay-failed", "--lang", "en", env=clean(tmp_path, TERM="dumb")) as terminal:
        terminal.wait("Type a number from 1 to 3")


@pytest.mark.parametrize(("end", "code"), [(CTRL_C, 130), (CTRL_D, 66), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_ways_to_leave(tmp_path, end, code) -> None:
    with Terminal(*PLAIN, "--lang", "en", env=clean(tmp_path)) as terminal:
        terminal.wait("from 1 to 3")
        terminal.send("2\r")
        terminal.wait("from 1 to 9")
        terminal.send(end) if isinstance(end, str) else terminal.signal(end)
        assert terminal.finish() == code
        assert "walletdoc resume" in terminal.text
        assert "Traceback" not in terminal.everything
        assert terminal.modes == (True, True)


def program(tmp_path, *args, typed="", **env):
    """Return exit code, standard output and error, as bytes, of the program without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "walletdoc", "run", "pay-failed", *args],
        input=typed.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **clean(tmp_path, **env)},
        timeout=20,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("encoding", "lang"), [("cp936", "zh"), ("ascii", "zh"), ("ascii", "en"), ("latin-1", "en")])
def test_any_encoding_shows_the_hotline(tmp_path, encoding, lang) -> None:
    typed = "2\nalipay\nrisk\n2\n"
    code, out, _ = program(tmp_path, "--lang", lang, typed=typed, PYTHONIOENCODING=encoding)
    shown = out.decode(encoding)
    assert (code, "95188" in shown) == (0, True)
    if (encoding, lang) != ("ascii", "zh"):
        assert say(lang, "face.prepare") in shown


def test_newlines_on_a_pipe_pick_nothing(tmp_path) -> None:
    code, out, error = program(tmp_path, "--lang", "en", typed="\n" * 5)
    assert (code, out.count(b"Type a number from 1 to 3"), b"Over a limit" in out) == (66, 6, False)
    assert b"input ended" in error


def test_answers_and_json_as_a_program(tmp_path) -> None:
    ended = (
        "--answer",
        "fact.money-taken=no",
        "--answer",
        "fact.wallet=alipay",
        "--answer",
        "message=balance",
        "--answer",
        "top-up=fixed",
    )
    code, _, error = program(tmp_path, *ended, "--answer", "limits=normal", "--lang", "en")
    assert (code, error.startswith(b"walletdoc: "), b"limits=normal" in error) == (2, True, True)
    code, out, error = program(
        tmp_path, "--json", typed='{"answer":"no"}\nx\n{"command":"quit"}\n', PYTHONIOENCODING="ascii"
    )
    assert (code, [json.loads(line)["event"] for line in out.decode().splitlines()]) == (0, ["ask", "ask", "error"])
    assert program(tmp_path, "--json", *ended[:2])[0] == 66
