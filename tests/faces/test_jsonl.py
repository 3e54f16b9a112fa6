"""The conversation in JSON Lines: one event out for each line in, on the shipped flows."""

import io
import json
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faces.talk import THEIRS, at, jsonl, run
from tests.packs import library
from walletdoc.answers import parse
from walletdoc.face import EndOfInput
from walletdoc.faces.jsonl import JsonlFace
from walletdoc.failure import Failure
from walletdoc.locales import say

NO, ALIPAY, RISK, LIMIT = ({"answer": each} for each in ("no", "alipay", "risk", "limit"))
BACK, RESTART, QUIT = {"command": "back"}, {"command": "restart"}, {"command": "quit"}


def shown(events):
    """Return the node of each question or end, and `error`."""
    return [event.get("node", event["event"]) for event in events]


def test_a_whole_conversation() -> None:
    events, ended = jsonl(NO, ALIPAY, RISK, NO)
    assert ended is True
    assert shown(events) == ["money", "wallet", "message", "urged-risk", "call-risk"]
    assert [event["event"] for event in events] == ["ask"] * 4 + ["end"]


def test_an_ask_has_what_the_design_says() -> None:
    (event, *_), _ = jsonl(lang="en")
    question = at(lang="en")
    assert event == {
        "event": "ask",
        "flow": "pay-failed",
        "node": "money",
        "key": "fact.money-taken",
        "kind": "fact",
        "text": question.text,
        "warning": None,
        "steps": [],
        "how": question.how,
        "why": question.why,
        "options": [{"id": each.id, "text": each.text} for each in question.choices],
        "between": None,
        "known": [],
        "ours": True,
    }


def test_an_end_has_what_the_design_says() -> None:
    event = jsonl(NO, ALIPAY, RISK, NO, lang="en")[0][-1]
    (contact,) = event.pop("contacts")
    assert contact["name"] == "Alipay"
    assert {key: contact[key] for key in ("number", "hours", "tier", "verified-on", "stale", "caveat")} == {
        "number": "95188",
        "hours": None,
        "tier": "B",
        "verified-on": "2026-11-22",
        "stale": False,
        "caveat": None,
    }
    assert contact["way"].startswith("search for")
    assert {"id": "amount", "text": "The amount"} in event.pop("prepare")
    assert event.pop("text").endswith("95188.")
    assert event.pop("never")
    assert event == {
        "event": "end",
        "flow": "pay-failed",
        "node": "call-risk",
        "end": "hand-off",
        "causes": [{"id": "risk-hold", "text": "Held back by the risk check"}],
        "until": None,
        "prevent": None,
        "ours": True,
    }


def test_until_when_to_wait() -> None:
    end = jsonl({"answer": "yes"}, {"answer": "done"}, ALIPAY, NO, {"answer": "pending"}, {"answer": 0})[0][-1]
    assert (end["end"], end["until"]) == ("wait", "2026-11-26")


def test_a_mark_of_byte_order_is_passed_over() -> None:
    assert shown(jsonl('\ufeff{"answer": "no"}')[0]) == ["money", "wallet"]


@pytest.mark.parametrize("number", [{"answer": 2}, {"answer": "2"}, '{"answer": 2}'])
def test_a_number_may_come_as_one(number) -> None:
    events, _ = jsonl({"answer": "yes"}, {"answer": "done"}, ALIPAY, NO, {"answer": "pending"}, number)
    assert (events[5]["kind"], events[5]["between"]) == ("number", [0, 400])
    assert [each["id"] for each in events[5]["options"]] == ["unsure"]
    assert shown(events)[6:] == ["call-wallet"]


def test_known_facts_are_named() -> None:
    events, _ = jsonl(NO, ALIPAY, LIMIT, NO, {"command": "change", "key": "message", "answer": "other"})
    assert shown(events)[-2:] == ["which", "elsewhere"]
    assert [event["known"] for event in events[-2:]] == [["urged", "wallet"], []]
    events, _ = jsonl({"answer": "yes"}, {"answer": "done"}, ALIPAY, NO, {"answer": "success"}, flow="pay-failed")
    assert all(event["known"] in ([], ["money-taken"]) for event in events if event["event"] == "ask")
    assert any(event["known"] for event in events)


# --- commands


def test_back_restart_and_quit() -> None:
    events, ended = jsonl(NO, BACK, NO, ALIPAY, RISK, RESTART, QUIT, NO)
    assert shown(events) == ["money", "wallet", "money", "wallet", "message", "urged-risk", "money"]
    assert ended is False


def test_back_at_the_first_question_is_said_with_it() -> None:
    events, _ = jsonl(BACK, NO, lang="en")
    assert shown(events) == ["money", "money", "wallet"]
    assert ["notice" in event for event in events] == [False, True, False]
    assert events[1]["notice"] == say("en", "run.at-start")


@pytest.mark.parametrize("key", ["message", "pay-failed/message", "0.pay-failed/message"])
def test_change_by_any_name(key) -> None:
    events, _ = jsonl(NO, ALIPAY, RISK, {"command": "change", "key": key, "answer": "balance"})
    assert shown(events) == ["money", "wallet", "message", "urged-risk", "top-up"]


@pytest.mark.parametrize("key", ["fact.money-taken", "money-taken", "money"])
def test_change_of_a_fact_says_what_was_dropped(key) -> None:
    events, _ = jsonl(NO, ALIPAY, LIMIT, NO, {"command": "change", "key": key, "answer": "yes"}, lang="en")
    assert shown(events)[-1] == "hold-off"
    assert events[-1]["notice"] == say("en", "run.dropped", count=3)


def test_change_of_a_nodes_answer_in_a_step() -> None:
    no, key = {"answer": "not-fixed"}, "check-network/switch-network"
    events, _ = jsonl(NO, ALIPAY, {"answer": "busy"}, no, no, {"command": "change", "key": key, "answer": "fixed"})
    assert events[-1]["end"] == "fixed"


def test_change_without_an_answer_asks_again() -> None:
    events, _ = jsonl(NO, ALIPAY, RISK, {"command": "change", "key": "message"}, {"answer": "x"}, {"answer": "balance"})
    assert shown(events) == ["money", "wallet", "message", "urged-risk", "message", "error", "top-up"]
    events, _ = jsonl(NO, ALIPAY, RISK, {"command": "change", "key": "message"}, BACK)
    assert shown(events) == ["money", "wallet", "message", "urged-risk", "message", "urged-risk"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"command": "change", "key": "limits", "answer": "normal"}, "'limits' was not answered yet"),
        ({"command": "change", "key": "limits"}, "answered so far: fact.money-taken, fact.wallet, 0.pay-failed/message"),
        ({"command": "change", "key": "message", "answer": "x"}, "'message' does not take 'x'"),
        ({"command": "change", "key": "message", "answer": None}, "text or a whole number"),
        ({"command": "change", "answer": "x"}, "not understood"),
        ({"command": "change", "key": ["message"], "answer": "x"}, "not understood"),
        ({"command": "change", "key": "message", "answer": "balance", "now": "1"}, "not understood"),
        ({"command": "why"}, "no command 'why'; expected one of back, restart, quit, change"),
        ({"command": "back", "times": 2}, "not understood"),
        ({"command": None}, "not understood"),
        ({"answer": "x"}, "'urged-risk' does not take 'x'; it takes yes, no, unsure"),
        ({"answer": 7}, "does not take '7'"),
        ({"answer": "\x1b[2J\u202e"}, "<U+001B>[2J<U+202E>"),
        ({"answer": True}, "text or a whole number"),
        ({"answer": 1.0}, "text or a whole number"),
        ({"answer": ["no"]}, "text or a whole number"),
        ({"answer": "no", "command": "back"}, "not understood"),
        ({"answer": "no", "id": 1}, "not understood"),
        ({}, "not understood"),
        ([], "not understood"),
        ("null", "not understood"),
        ('"no"', "not understood"),
        ("no", "not valid JSON, see character 1"),
        ("", "not valid JSON"),
        ('{"answer": "no"', "not valid JSON, see character 16"),
        ('{"answer": "no"} {}', "not valid JSON"),
        ('{"answer": "no", "answer": "yes"}', "'answer' is given twice"),
        ('{"answer": NaN}', "'NaN' is no value"),
        ('{"answer": -Infinity}', "'-Infinity' is no value"),
        ('{"answer": 1e999}', "text or a whole number"),
        ('{"answer": ' + "9" * 5000 + "}", "does not take '99999"),
        ("[" * 60_000, "nested too deep"),
        ('{"a":' * 12_000, "nested too deep"),
        ('"' + "x" * 70_000 + '"', "too long: at most 65536"),
        ('{"answer": "\\ud800"}', "<U+D800>"),
    ],
)  # fmt: skip
def test_an_error_leaves_the_question_standing(line, says) -> None:
    events, _ = jsonl(NO, ALIPAY, RISK, line, {"answer": "yes"}, lang="en")
    assert shown(events)[:5] == ["money", "wallet", "message", "urged-risk", "error"]
    assert len(events) == 6, events[5]
    assert says in events[4]["message"]
    assert events[5]["flow"] == "verify-contact"


@pytest.mark.parametrize("key", ["answer", "command", "x"])
def test_a_secret_is_not_repeated(key) -> None:
    events, _ = jsonl({key: "6222021234567890128"}, lang="en")
    assert events[1]["event"] == "error"
    assert "622202" not in str(events)


def test_errors_in_a_row_have_one_event_each() -> None:
    events, ended = jsonl({"answer": "x"}, "?", {"answer": "y"}, NO)
    assert shown(events) == ["money", "error", "error", "error", "wallet"]
    assert ended == "EndOfInput"


def test_a_name_for_two_answers_is_ambiguous() -> None:
    cannot, done = {"answer": "cannot"}, {"answer": "done"}
    way = (NO, ALIPAY, LIMIT, {"answer": "yes"}, cannot, done, {"answer": "money"}, cannot, done)
    change = {"command": "change", "key": "cut-off"}
    ways = ({**change, "key": "verify-contact/cut-off"}, BACK, {**change, "key": "scammed/cut-off"})
    events, _ = jsonl(*way, change, *ways, lang="en")
    assert events[-4]["event"] == "error"
    assert "1.verify-contact/cut-off, 2.scammed/cut-off" in events[-4]["message"]
    asked = [("verify-contact", "cut-off"), ("scammed", "police"), ("scammed", "cut-off")]
    assert [(event["flow"], event["node"]) for event in events[-3:]] == asked


# --- answers given beforehand

GIVEN = ("fact.money-taken=no", "fact.wallet=alipay", "message=balance", "top-up=fixed")


def test_given_answers_print_the_same_events() -> None:
    events, ended = jsonl(script=GIVEN)
    assert ended is True
    assert events == jsonl(NO, ALIPAY, {"answer": "balance"}, {"answer": "fixed"})[0]


def test_nothing_is_read_beside_given_answers() -> None:
    events, ended = jsonl(RISK, script=GIVEN[:2], lang="en")
    assert shown(events) == ["money", "wallet", "message", "error"]
    assert "no answer was given for 'message'" in events[-1]["message"]
    assert ended == "EndOfInput"


@pytest.mark.parametrize(
    ("lines", "last", "says"),
    [
        (("fact.money-taken=x",), "error", "does not take 'x'"),
        ((*GIVEN, "limits=normal"), "done-source", "never asked for: limits=normal"),
    ],
)
def test_given_answers_that_are_wrong(lines, last, says) -> None:
    sink = StringIO()
    with pytest.raises(Failure, match=says) as caught:
        run(JsonlFace("en", StringIO(), sink, parse(lines)), lang="en")
    assert caught.value.code == 2
    assert shown([json.loads(line) for line in sink.getvalue().splitlines()])[-1] == last


# --- bytes


def talk_in_bytes(data: bytes, encoding: str) -> bytes:
    raw = io.BytesIO()
    source = io.TextIOWrapper(io.BytesIO(data), encoding=encoding)
    sink = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    with pytest.raises(EndOfInput):
        run(JsonlFace("zh", source, sink))
    sink.flush()
    return raw.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "ascii", "latin-1", "cp936"])
def test_it_is_utf8_whatever_the_locale_says(encoding) -> None:
    out = talk_in_bytes('{"answer":"没有"}\n\xff{"answer": "\xe4"}\n{"answer":"no"}\n'.encode(), encoding)
    first, error, broken, ask = map(json.loads, out.decode("utf-8").splitlines())
    assert first["text"] == at().text
    assert "没有" in error["message"]
    assert broken["event"] == "error"
    assert ask["node"] == "wallet"


def test_bytes_that_are_no_text_are_an_error() -> None:
    out = talk_in_bytes(b'\xef\xbb\xbf{"answer": "\xff\xfe"}\n\x00\n{"answer":"no"}\n', "utf-8")
    assert shown(map(json.loads, out.decode().splitlines())) == ["money", "error", "error", "wallet"]


def test_a_text_can_not_end_a_line(tmp_path) -> None:
    sink = StringIO()
    face = JsonlFace("en", StringIO('{"answer":"b"}\n'), sink)
    face.tell("one\u2028two\x85three\ud800\x7f\nfour")
    run(face, "theirs", library(tmp_path, theirs=THEIRS), lang="en")
    first, last = sink.getvalue().splitlines()
    assert json.loads(first)["notice"].startswith("one<U+2028>two")
    assert [json.loads(first)["ours"], json.loads(last)["ours"]] == [False, False]
    face.refuse("a\x1b[2J")
    face._put({"event": "error", "message": "a\u2028b\x85c\ud800"})
    error, line = sink.getvalue().splitlines()[2:]
    assert json.loads(error)["message"] == "a<U+001B>[2J"
    assert json.loads(line)["message"] == "a\u2028b\x85c\ud800"


# --- any line at all

answers = st.sampled_from(["yes", "no", "risk", "limit", "alipay", "not-fixed", "fixed", "done", "unsure", "", "x"])
replies = st.one_of(
    st.fixed_dictionaries({"answer": answers | st.integers()}),
    st.fixed_dictionaries({"command": st.sampled_from(["back", "restart", "x"])}),
    st.fixed_dictionaries(
        {"command": st.just("change"), "key": st.sampled_from(["money", "message", "x"]), "answer": answers}
    ),
    st.dictionaries(st.sampled_from(["answer", "command", "key", "x"]), answers | st.none() | st.lists(answers)),
)
lines_in = st.one_of(replies.map(json.dumps), st.text(st.characters(exclude_characters="\n\r"), max_size=40))


@settings(max_examples=100, deadline=None)
@given(st.lists(lines_in, max_size=12))
def test_each_line_in_has_exactly_one_event_out(lines) -> None:
    events, ended = jsonl(*lines)
    if ended is True:
        assert events[-1]["event"] == "end"
        assert 2 <= len(events) <= len(lines) + 1
    else:
        assert ended == "EndOfInput"
        assert len(events) == len(lines) + 1
