"""The result of an exam: worked out again to the same points, and nothing in it can be changed unseen."""

import json
from contextlib import suppress
from functools import cache

import pytest

from tests.practice.players import moves, plans, play
from walletdoc.failure import Failure
from walletdoc.locales import both
from walletdoc.practice.bestway import Call
from walletdoc.practice.chance import Draw
from walletdoc.practice.choose import exam_calls
from walletdoc.practice.desk import best
from walletdoc.practice.exam import Result, digests, findings, from_json, played, to_json
from walletdoc.practice.shift import Exam

FLOWS = ("pay-failed", "refund-missing")


@cache
def written() -> bytes:
    exam = Exam(9, FLOWS, 80, "r.json", "2026-11-22T09:00:00+00:00")
    calls = [Call(spec, plans()) for spec in exam_calls(plans(), FLOWS, 2, 9)]
    made = tuple(played(call, moves(play(call, best, hints=False))) for call in calls)
    return to_json(Result("me", exam, "2026-11-22T09:20:00+00:00", digests(plans()), made)).encode()


def found(data: bytes) -> list:
    return list(findings(*from_json(data, "r.json"), plans()))


def test_what_was_not_touched_holds():
    assert found(written()) == []


@pytest.mark.parametrize(
    ("change", "key", "values"),
    [
        (
            lambda made: made["results"][0].update(total=99),
            "practice.other-points",
            {"number": 1, "claimed": 99, "made": 100},
        ),
        (lambda made: made.update(percent=99.0), "practice.other-sum", {"claimed": 99.0, "made": 100.0}),
        (lambda made: made["results"][0]["moves"].pop(), "practice.other-moves", {"number": 1}),
        (lambda made: made.update(seed=10), "practice.other-call", {"number": 1}),
        (lambda made: made["digests"].update(facts="0"), "practice.changed-since", {"flow": "facts"}),
        (lambda made: made.update(trainee="lin"), "practice.tampered", {}),
        (lambda made: made.update({"pass": 50}), "practice.tampered", {}),
        (lambda made: made.update(started="2026-11-21T09:00:00+00:00"), "practice.tampered", {}),
        (lambda made: made["results"][0]["moves"][-1].__setitem__(1, "something else done"), "practice.tampered", {}),
        (lambda made: made.update(extra=1), "practice.tampered", {}),
        (lambda made: made.update(seal="0" * 64), "practice.tampered", {}),
    ],
)
def test_what_was_changed_is_found(change, key, values):
    made = json.loads(written())
    change(made)
    again = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert both(key, **values) in found(again.encode())


def test_no_byte_can_be_changed_unseen():
    data, draw = written(), Draw("bytes", 1)
    for _ in range(300):
        at = draw.between(0, len(data) - 1)
        changed = data[:at] + bytes([data[at] ^ 1 << draw.between(0, 7)]) + data[at + 1 :]
        with suppress(Failure):  # it is no result any more, which is told too
            assert not from_json(changed, "r.json")[1].intact


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"exam": 2}', '{"exam": 1}', "[" * 5000, "\ud800"])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(Failure) as failure:
        from_json(text.encode(errors="surrogatepass"), "r.json")
    assert failure.value.code == 65


def test_a_result_of_a_flow_that_is_not_here_says_so():
    made = json.loads(written())
    made["flows"] = ["no-such"]
    made["results"][0]["call"][0] = "no-such"
    assert found(json.dumps(made).encode())
