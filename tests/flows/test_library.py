"""What every shipped flow must be, whatever it is about."""

import pytest

from tests.flowtest.made import LIBRARY
from walletdoc.effort import effort
from walletdoc.engine import Tables
from walletdoc.flow import UNSURE, Ask, End, FactNode, Flow, Number, Try
from walletdoc.flowtest.ways import Ways
from walletdoc.mass import Walk

IDS = (
    "pay-failed", "duplicate-charge", "password-reset", "login-failed", "account-locked", "account-stolen", "transfer-failed",
    "refund-request", "refund-missing", "trade-dispute", "unbind-card", "topup-missing", "withdrawal-delayed",
    "records-stale", "fees", "privacy", "security-checkup", "support-slow", "contact-support", "merchant-side",
    "paid-no-order", "unknown-charge", "scammed", "lost-device", "transfer-missing", "limits-identity",
    "bind-card-failed", "phone-or-code", "verify-contact",
)  # fmt: skip
FLOWS = tuple(each.id for each in LIBRARY.flows)
EVERY = pytest.mark.parametrize("id_", FLOWS)


def flow(id_: str) -> Flow:
    return LIBRARY.flow(id_)


def test_every_problem_has_its_flow():
    assert sorted(FLOWS) == sorted(IDS)


@EVERY
def test_it_has_causes_with_weights_and_phrases_enough(id_):
    model = flow(id_)
    assert len(model.causes) >= (3 if model.urgency == "information" else 5)
    assert all(cause.weight > 0 and cause.basis for cause in model.causes.values())
    assert len(model.phrases.zh) >= 15
    assert len(model.phrases.en) >= 15
    assert len(model.nodes) <= 40


@EVERY
def test_every_question_can_be_answered_with_unsure_and_says_how_and_why(id_):
    for name, node in flow(id_).nodes.items():
        if isinstance(node, Ask | Number):
            assert UNSURE in node.options if isinstance(node, Ask) else node.unsure, name
            assert node.how, name
            assert node.why, name


@EVERY
def test_tries_have_minutes_and_ends_what_they_need(id_):
    for name, node in flow(id_).nodes.items():
        match node:
            case Try():
                assert node.minutes >= 1, name
            case End(end="fixed"):
                assert node.prevent, name
            case End(end="hand-off"):
                assert node.to, name
                assert node.prepare, name


@EVERY
def test_a_truthful_user_is_asked_few_questions(id_):
    model = flow(id_)
    assert max(_questions(model, at) for at in range(len(model.causes))) <= 12
    if model.urgency != "information":
        assert effort(model, LIBRARY).questions <= 7


def _questions(model: Flow, at: int) -> int:
    """Return how many questions the user of one cause is asked at most."""
    from dataclasses import replace

    id_, cause = list(model.causes.items())[at]
    worst = 0
    for said in _each(cause.truth):
        alone = replace(model, causes={id_: replace(cause, truth=said)})
        for stopped in Walk(alone, LIBRARY).stopped:
            worst = max(worst, round(stopped.mass.questions / stopped.mass.users))
    return worst


def _each(truth):
    """Yield the truth with each value of each list."""
    from itertools import product

    keys = list(truth)
    for values in product(*truth.values()):
        yield dict(zip(keys, ((value,) for value in values), strict=True))


@pytest.mark.parametrize("id_", [each for each in FLOWS if flow(each).urgency == "emergency"])
def test_in_an_emergency_protection_comes_first(id_):
    """At most three questions stand before the first act that protects, on every way that comes to one or to an end."""
    ways = Ways(Tables(LIBRARY, id_))
    before = {0: 0}
    for at in ways.order:
        state = ways.states[at]
        if at not in before or state.stops or getattr(state.place.node, "protects", False):
            continue
        assert before[at] <= 3, ways.answers(at)
        asks = isinstance(state.place.node, Ask | Number | FactNode)
        for way in ways.onward[at]:
            before[way.to] = max(before.get(way.to, 0), before[at] + asks)
