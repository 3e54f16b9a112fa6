"""The exercises are checked: for every flow and cause the best handling gets full marks, a random one fails, an unsafe one too."""

from time import process_time

import pytest

from tests.practice.players import at_random, plans, play, specs, unsafely
from walletdoc.practice.bestway import Call
from walletdoc.practice.desk import best
from walletdoc.practice.opening import phrase
from walletdoc.practice.score import PASS, score
from walletdoc.practice.speech import Speech

FLOWS = [file.id for file in plans().library.flows]


def check(spec) -> None:
    made = Call(spec, plans())
    assert score(play(made, best)).total == 100, spec
    check_others(made)


def check_others(made: Call) -> None:
    spec = made.spec
    assert score(play(made, at_random(spec))).total < PASS, spec
    assert score(play(made, unsafely)).total == 0, spec
    for lang in ("zh", "en"):
        opening = Speech(made, lang).opening()
        assert made.flow.causes[spec.cause].title.of(lang) not in opening, spec


@pytest.mark.parametrize("flow", FLOWS)
def test_each_cause_on_one_level(flow):
    for at, spec in [*enumerate(specs(flow, levels=(1,)))][len(flow) % 2 :: 2]:  # the campaign takes all
        made = Call(type(spec)(spec.flow, spec.cause, 1 + at % 3, seed=at), plans())
        assert score(play(made, best)).total == 100, made.spec
        if at % 6 < 2:
            check_others(made)


@pytest.mark.campaign
def test_all_causes_on_all_levels_in_half_a_minute(request):
    step = 1 if "campaign" in request.config.getoption("markexpr") else 40
    begun = process_time()
    for spec in [spec for flow in FLOWS for spec in specs(flow)][::step]:
        check(spec)
    assert process_time() - begun <= 30 / step + 1


@pytest.mark.parametrize("flow", FLOWS)
def test_an_opening_names_no_cause(flow):
    for spec in [*specs(flow, levels=(1,), seed=len(flow))][::2]:
        made = Call(spec, plans())
        for lang in ("zh", "en"):
            said = phrase(made, lang).casefold()
            assert not [each for each in made.flow.causes.values() if each.title.of(lang).casefold() in said]


@pytest.mark.parametrize("flow", FLOWS[::4])
def test_a_truthful_call_takes_what_the_best_policy_takes(flow):
    for spec in specs(flow, levels=(1,), seed=4):
        desk = play(Call(spec, plans()), best)
        spared = plans().library.facts["urged"].minutes if desk.call.caller.pressed else 0
        assert desk.call.way.minutes - spared <= score(desk).minutes <= desk.call.way.minutes, spec
