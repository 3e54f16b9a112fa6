"""What comes next: what is due, then what is new, then what is weakest; an exam is the same for everyone."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from tests.practice.players import plans
from walletdoc.failure import Failure
from walletdoc.library import Library
from walletdoc.practice.bestway import Call, Plans
from walletdoc.practice.choose import exam_calls, level_of, next_call, of_flow
from walletdoc.practice.desk import answer_phone
from walletdoc.practice.history import History, Past
from walletdoc.practice.prompts import prompt
from walletdoc.practice.schedule import Card

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FLOWS = ("pay-failed", "refund-missing")


def card(days: float, cause="", stability=1.0) -> Card:
    due = (NOW + timedelta(days=days)).isoformat(timespec="seconds")
    return Card(3, 2, None, stability, 5.0, due, due, cause)


def every(**cards) -> History:
    """Return a history in which all was practised and nothing is due, but for these cards."""
    known = {f"flow:{flow}": card(9) for flow in FLOWS}
    for flow in FLOWS:
        known |= {f"cause:{flow}/{cause}": card(9, cause, 5.0) for cause in plans().library.flow(flow).causes}
    return History((), known | cards)


def chosen(history, seed=1):
    spec = next_call(history, plans(), FLOWS, NOW, seed)
    return spec.flow, spec.cause


def test_what_is_due_comes_first_the_longest_overdue_before_all():
    cards = {"cause:pay-failed/app-old": card(-1, "app-old"), "cause:refund-missing/overdue": card(-2, "overdue")}
    assert chosen(History((), cards)) == ("refund-missing", "overdue")


def test_an_answer_that_is_due_comes_with_the_cause_it_was_missed_with():
    assert chosen(every(**{"edge:pay-failed/message=other": card(-1, "balance-short")})) == (
        "pay-failed",
        "balance-short",
    )


def test_a_flow_that_is_due_comes_with_a_cause_that_is_drawn():
    drawn = {chosen(every(**{"flow:refund-missing": card(-1)}), seed) for seed in range(30)}
    assert {flow for flow, _ in drawn} == {"refund-missing"}
    assert len(drawn) > 5


def test_then_comes_what_is_new():
    assert chosen(History((), {"flow:pay-failed": card(9)}))[0] == "refund-missing"
    known = every()
    del known.cards["cause:pay-failed/app-old"]
    assert chosen(known) == ("pay-failed", "app-old")


def test_then_comes_what_is_weakest():
    assert chosen(every(**{"cause:pay-failed/app-old": card(9, "app-old", 0.1)})) == ("pay-failed", "app-old")


def test_a_cause_that_is_gone_is_passed_over():
    assert chosen(every(**{"cause:pay-failed/no-such": card(-9, "no-such")}))[1] != "no-such"


def test_the_level_follows_the_last_calls_of_the_flow():
    def after(*totals):
        return level_of(
            History(tuple(Past("", "pay-failed", "", 1, total, unsafe=False) for total in totals)), "pay-failed"
        )

    assert [after(), after(100, 100), after(82, 82, 82), after(95, 95, 95), after(95, 95, 95, 10, 10, 10)] == [
        1,
        1,
        2,
        3,
        1,
    ]


def test_an_exam_is_the_same_for_everyone():
    calls = exam_calls(plans(), FLOWS, 6, 7)
    assert calls == exam_calls(plans(), tuple(reversed(FLOWS)), 6, 7)
    assert calls != exam_calls(plans(), FLOWS, 6, 8)
    assert [sorted({spec.flow for spec in calls[at : at + 2]}) for at in (0, 2, 4)] == [sorted(FLOWS)] * 3


def test_a_cause_that_there_is_not_is_refused():
    with pytest.raises(Failure) as failure:
        of_flow(plans(), "pay-failed", "no-such", 1, 1)
    assert failure.value.code == 2


def test_a_call_is_ready_in_fifty_milliseconds(warm_cache):
    plans().library.entries()
    Library(None, warm_cache).entries()  # so that what follows reads from the cache, as all starts but the first do
    times = []
    for seed in range(5):
        begun = perf_counter()
        made = Plans(Library(None, warm_cache))
        spec = next_call(History(), made, (), NOW, seed)
        prompt(answer_phone(Call(spec, made)), "zh", "call-1", ())
        times.append(perf_counter() - begun)
    assert min(times) <= 0.05
