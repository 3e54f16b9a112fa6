"""The desk: a fold over moves; what is said cannot be taken back, and danger is found where it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.practice.players import NOTE, at_random, call, moves, play, until
from walletdoc.engine import Refused
from walletdoc.failure import Failure
from walletdoc.practice.desk import MOST_TURNS, after, answer_phone, best, choices, judged, replay
from walletdoc.practice.offers import END, HINT, id_of, place_of
from walletdoc.practice.score import score


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from([1, 2, 3]))
def test_replaying_the_moves_is_the_same_desk(seed, level):
    made = call("pay-failed", "limit-reached", level, seed)
    desk = play(made, at_random(seed))
    again = replay(call("pay-failed", "limit-reached", level, seed), moves(desk))
    assert (again.log, again.heard, again.known) == (desk.log, desk.heard, desk.known)
    assert score(again) == score(desk)


@given(st.integers(0, 10_000))
def test_what_is_best_always_stands_among_the_choices(seed):
    choose = at_random(seed)
    desk = answer_phone(call(level=3, seed=seed))
    while not desk.is_over:
        assert (
            desk.stage == "note" or not best(desk) or best(desk) in choices(desk) or desk.stage in {"until", "target"}
        )
        assert len(set(choices(desk))) == len(choices(desk))
        desk = after(desk, NOTE if desk.stage == "note" else choose(desk))


def test_a_choice_that_does_not_stand_there_is_refused():
    desk = answer_phone(call())
    with pytest.raises(Refused):
        after(desk, "nonsense")
    with pytest.raises(Failure):
        replay(call(), (("desk", "accounts"),))


def test_the_stages_come_in_order():
    stages = [taken.stage for taken in play(call(level=2), best).log]
    assert stages[:3] == ["greet", "desk", "flow"]
    assert stages[-5:] == ["end", "cause", "to", "prepare", "note"]


def test_after_three_wrong_flows_a_colleague_helps():
    desk = until(call(), "flow")
    for _ in range(3):
        desk = after(desk, next(flow for flow in choices(desk) if flow != "coupon-gone"))
    assert desk.stage == "turn"
    assert [heard.kind for heard in desk.heard] == ["flow", "colleague"]


def test_a_place_is_found_by_the_name_of_its_choice():
    for cause in ("network-bad", "stale-login", "balance-short"):
        made = call("pay-failed", cause)
        for place in made.way.places:
            found = place_of(made, id_of(made, place))
            assert (found.key, found.node if not place.fact else None) == (
                place.key,
                place.node if not place.fact else None,
            )


def turn(made, choice):
    return judged(until(made, "turn"), choice)


def test_paying_again_before_the_money_check_is_unsafe():
    assert turn(call("pay-failed", "balance-short"), "pay-again") == "unsafe"
    assert turn(call("pay-failed", "balance-short"), "top-up") == "unsafe"
    assert turn(call("pay-failed", "balance-short"), "refund-missing:look-balance") == "needless"


def test_asking_before_the_loss_is_stopped_is_unsafe():
    made = call("verify-contact", "fake-agent")
    assert turn(made, "stop-first") == "right"
    assert turn(made, "given") == "unsafe"
    assert turn(made, END) == "unsafe"


def test_what_is_asked_too_soon_twice_or_for_nothing():
    made = call(cause="old-list")
    assert turn(made, "accounts") == "order"
    assert turn(made, "waited") == "needless"
    assert turn(made, END) == "early"
    asked = after(until(made, "turn"), "state")
    assert judged(asked, "state") == "repeated"
    assert judged(asked, HINT) == "hint"


def test_what_was_told_too_soon_is_not_asked_again():
    desk = until(call(cause="old-list"), "turn")
    while "accounts" not in choices(desk):
        desk = after(desk, HINT)
    desk = after(desk, "accounts")
    while desk.stage != "turn":
        desk = after(desk, best(desk))
    assert best(after(desk, "state")) == "refresh"


def test_one_who_tells_of_a_scam_is_not_asked_about_it():
    made = call("pay-failed", "scam-payment")
    assert made.caller.pressed
    desk = until(made, "scam")
    assert "fact.urged" not in {taken.choice for taken in play(made, best).log}
    assert after(desk, "call-back").log[-1].verdict == "unsafe"


def test_a_doubtful_answer_is_best_checked():
    made = next(made for seed in range(40) if (made := call(level=3, seed=seed)).slips.wrong)
    desk = until(made, "turn")
    while not desk.hedged:
        desk = after(desk, best(desk))
    while desk.stage != "turn":
        desk = after(desk, best(desk))
    again = best(desk)
    assert again == desk.asked[-1]
    assert judged(desk, again) == "right"
    assert not after(desk, again).hedged


def test_without_hints_none_is_offered():
    desk = answer_phone(call(), hints=False)
    while desk.stage != "turn":
        desk = after(desk, best(desk))
    assert HINT not in choices(desk)


def test_the_caller_hangs_up_at_last():
    desk = until(call(), "turn")
    while desk.turn <= MOST_TURNS:
        desk = after(desk, HINT if desk.stage == "turn" else best(desk))
    desk = after(desk, next(choice for choice in choices(desk) if choice not in {END, HINT}))
    assert desk.is_over
    assert [heard.kind for heard in desk.heard][-1] == "hung-up"
    assert score(desk).total == 0


def test_a_fix_that_was_guessed_is_a_fix():
    made = call("pay-failed", "network-bad")
    desk = until(made, "turn")
    desk = after(desk, "fact.money-taken")
    while "network/switch-network" not in choices(desk):
        desk = after(desk, best(desk))
    desk = after(desk, "network/switch-network")
    assert desk.fixed
    assert best(desk) == END
