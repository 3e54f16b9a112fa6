"""`walletdoc practice` from outside: calls by script and by conversation, left and gone on with, exams, reports."""

import json
import subprocess
import sys

import pytest

from tests.practice.players import PACK, moves, plans, play
from tests.process import ROOT
from tests.terminal import CTRL_C, Terminal
from walletdoc.locales import say
from walletdoc.practice.bestway import Call
from walletdoc.practice.caller import Spec
from walletdoc.practice.choose import exam_calls
from walletdoc.practice.desk import answer_phone, best
from walletdoc.practice.offers import HINT
from walletdoc.practice.speech import Speech

ONE = ("--flow", "refund-missing", "--cause", "not-submitted", "--level", "1", "--seed", "11")
EXAM = ("exam", "--calls", "2", "--seed", "9", "--flows", "pay-failed,refund-missing")
NOW = ("--now", "2026-11-22T09:00")
GOOD = ROOT / "tests" / "practice" / "calls" / "good.txt"
OURS = ("--flows", str(PACK))
TWO = (*OURS, "--flow", "coupon-gone", "--cause", "never-sent", "--level", "2", "--seed", "30")


def exam_answers(folder, choose=best):
    """Write the answers of an exam, and return their file."""
    lines = []
    for number, spec in enumerate(exam_calls(plans(), ("pay-failed", "refund-missing"), 2, 9), 1):
        lines += [
            f"call-{number}/{key}={choice}" for key, choice in moves(play(Call(spec, plans()), choose, hints=False))
        ]
    file = folder / "answers.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def talk(program, *arguments, choose=None, most=99):
    """Hold a conversation in JSON Lines; return its events and the exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "walletdoc", "practice", "--json", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.env, text=True,
    )  # fmt: skip
    events = []
    while line := process.stdout.readline():
        events.append(json.loads(line))
        if events[-1]["event"] != "ask" or len(events) > most:
            break
        process.stdin.write(json.dumps({"answer": choose(events[-1])}) + "\n")
        process.stdin.flush()
    process.communicate()
    return events, process.returncode


def from_file(event):
    given = dict(
        line.split("#")[0].strip().split("=") for line in GOOD.read_text().splitlines() if line[:1] not in "#n"
    )
    return given.get(event["node"], "the promised coupon never came")


# --- scripts and conversations


def test_an_answer_that_is_missing_ends_it(program):
    done = program.call("practice", *ONE, "--answer", "greet=calm-word", "--lang", "en")
    assert done.code == 66
    assert "'desk'" in done.err


def test_an_answer_that_is_no_choice_or_never_asked_is_refused(program):
    assert program.call("practice", *ONE, "--answer", "greet=hello").code == 2
    answers = GOOD.read_text(encoding="utf-8") + "extra=1\n"
    (program.home / "more.txt").write_text(answers, encoding="utf-8")
    done = program.call("practice", *TWO, "--answers", str(program.home / "more.txt"), "--lang", "en")
    assert done.code == 2
    assert "extra=1" in done.err


def test_a_conversation_ends_with_the_score(program):
    events, code = talk(program, *TWO, choose=from_file)
    assert [events[-1][key] for key in ("event", "total", "passed", "cause")] == ["score", 100, True, "never-sent"]
    assert code == 0
    assert {event["kind"] for event in events[:-1]} == {"ask", "note"}
    assert not [event for event in events if "never-sent" in event.get("text", "")]


def test_a_secret_in_a_note_is_on_no_disk(program):
    events, _ = talk(
        program,
        *TWO,
        choose=lambda event: "his password is Geheim1234" if event["kind"] == "note" else from_file(event),
    )
    assert events[-1]["parts"]["note"]["points"] == 0
    files = [path for path in program.state.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"Geheim" in path.read_bytes()]


# --- left, and gone on with


def test_a_call_that_was_left_is_gone_on_with(program):
    events, code = talk(program, *TWO, choose=from_file, most=4)
    assert code == 66
    assert program.call("practice", *TWO, "--json").code == 2  # it was asked for, and another is under way
    again, code = talk(program, *OURS, choose=from_file)
    assert again[0]["node"] == events[-1]["node"]
    assert (again[-1]["total"], code) == (100, 0)
    assert json.loads(program.call("practice", "report", "--json").out)["calls"] == 1
    assert not (program.state / "practice" / "me" / "open.jsonl").exists()


def test_what_cannot_be_gone_on_with_is_kept_until_it_is_thrown_away(program):
    talk(program, *TWO, choose=from_file, most=4)
    done = program.call("practice", "--json", "--lang", "en")
    assert done.code == 2
    assert say("en", "practice.edited-hint") in done.err
    assert (program.state / "practice" / "me" / "open.jsonl").exists()


def test_what_was_left_can_be_thrown_away(program):
    talk(program, *TWO, choose=from_file, most=4)
    events, _ = talk(program, *TWO, "--new", choose=from_file, most=1)
    assert events[0]["node"] == "greet"


def test_a_state_that_cannot_be_written_is_told_of_and_the_call_goes_on(program):
    program.home.joinpath("state").write_text("in the way")
    events, code = talk(program, *TWO, choose=from_file)
    assert (events[-1]["total"], code) == (100, 0)


# --- reports


def test_a_report_of_nothing_and_of_something(program):
    assert say("en", "practice.report-none") in program.call("practice", "report", "--lang", "en").out
    program.call("practice", *TWO, "--answers", str(GOOD), "--now", "2026-11-22T09:00", "--trainee", "lin")
    for lang in ("zh", "en"):
        out = program.call(
            "practice", *OURS, "report", "--trainee", "lin", "--now", "2026-11-22T10:00", "--lang", lang
        ).out
        assert {"zh": "优惠券不见了", "en": "Coupon gone"}[lang] in out
        assert "██████████ 100.0" in out
        assert say(lang, "practice.due-in", days=8) in out
    assert "lin" in program.call("practice", "report").out
    made = program.call("practice", "report", "--trainee", "lin", "--csv").out
    assert made == ("at,flow,cause,level,total,unsafe\n2026-11-22T09:00:00+00:00,coupon-gone,never-sent,2,100,no\n")


def test_trainees_do_not_see_each_other(program):
    program.call("practice", *TWO, "--answers", str(GOOD), "--trainee", "lin")
    assert json.loads(program.call("practice", "report", "--json", "--trainee", "wu").out)["calls"] == 0
    assert program.call("practice", "report", "--trainee", "a/b").code == 2


def test_nothing_is_kept_if_so_asked(program):
    program.call("practice", *TWO, "--answers", str(GOOD), "--no-save")
    assert not program.state.exists()


# --- exams


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_exam_is_held_and_verified(program, lang):
    answers, out = exam_answers(program.home), str(program.home / "result.json")
    done = program.call("practice", *EXAM, *NOW, "--answers", answers, "--out", out, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert say(lang, "practice.exam-passed", percent=100.0, least=80) in done.out
    assert HINT not in (program.home / "result.json").read_text(encoding="utf-8")
    done = program.call("practice", "verify", out, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    told = {
        "percent": 100.0,
        "least": 80,
        "calls": 2,
        "seed": 9,
        "trainee": "me",
        "finished": "2026-11-22T09:00:00+00:00",
    }
    assert say(lang, "practice.verified-passed", **told) in done.out


def test_a_result_that_was_changed_is_no_longer_good(program):
    out = program.home / "result.json"
    program.call("practice", *EXAM, "--answers", exam_answers(program.home), "--out", str(out))
    out.write_bytes(out.read_bytes().replace(b'"trainee": "me"', b'"trainee": "li"'))
    done = program.call("practice", "verify", str(out), "--lang", "en")
    assert (done.code, done.out, done.err) == (1, say("en", "practice.tampered") + "\n", "")


def test_what_is_no_result_is_refused(program):
    file = program.home / "other.json"
    file.write_text("[" * 5000, encoding="utf-8")
    assert program.call("practice", "verify", str(file)).code == 65


def test_an_exam_that_is_failed_says_so(program):
    answers = exam_answers(
        program.home,
        lambda desk: "take" if desk.stage == "secret" else "searched" if desk.stage == "to" else best(desk),
    )
    done = program.call("practice", *EXAM, "--pass", "100", "--answers", answers, "--out", str(program.home / "r.json"))
    assert done.code in {0, 1}
    percent = json.loads((program.home / "r.json").read_text(encoding="utf-8"))["percent"]
    assert done.code == (0 if percent == 100 else 1)


@pytest.mark.parametrize(
    "words", [("exam",), ("verify",), ("nonsense",), ("report", "file"), ("--now", "noon"), ("--level", "9")]
)
def test_wrong_words_are_refused(program, words):
    done = program.call("practice", *words)
    assert done.code == 2
    assert done.err.startswith("walletdoc: ")


# --- at a terminal


def test_a_call_at_a_terminal_is_left_and_gone_on_with(program):
    env = {
        "WALLETDOC_STATE": str(program.state),
        "XDG_CACHE_HOME": program.env["XDG_CACHE_HOME"],
        "WALLETDOC_LANG": "en",
    }
    flow, cause, level, seed = ONE[1::2]
    desk = answer_phone(Call(Spec(flow, cause, int(level), int(seed)), plans()))
    choices = Speech(desk.call, "en").label(desk, "greet", best(desk))
    with Terminal("-m", "walletdoc", "practice", *ONE, env=env) as terminal:
        terminal.wait(say("en", "practice.ask-greet"), choices)
        row = next(line for line in terminal.lines if choices[:30] in line)
        terminal.send(next(char for char in row if char.isdigit()))
        terminal.wait(say("en", "practice.ask-desk"))
        terminal.send(CTRL_C)
        assert terminal.finish() == 130
        assert say("en", "practice.way-on", command="walletdoc practice") in terminal.everything
        assert terminal.modes == (True, True)
    with Terminal("-m", "walletdoc", "practice", env=env) as terminal:
        terminal.wait(say("en", "practice.ask-desk"))
        told = Speech(desk.call, "en").heard(desk)[0]
        assert told[:60] in terminal.everything.replace("\n", " ")  # who goes on hears again what was said before
        assert f"→ {choices}"[:60] in terminal.everything
        assert "start over" not in terminal.text.casefold()
        terminal.send("q")
        assert terminal.finish() == 0
