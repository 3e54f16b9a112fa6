"""Trainees for tests: one who always does what is best, one who picks at random, one who does what nobody should."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from walletdoc.library import Library
from walletdoc.practice.bestway import Call, Plans
from walletdoc.practice.caller import Spec
from walletdoc.practice.chance import Draw
from walletdoc.practice.desk import Desk, after, answer_phone, best, choices

PACK = Path(__file__).parent / "pack"
"""A flow that nobody changes, for what has to stay exact."""
NOTE = "客人来电，已查清，按流程办理。"
DANGERS = ("ask-code", "search-number", "share-screen", "pay-again", "take", "play-along", "call-back", "searched")


@cache
def plans() -> Plans:
    return Plans(Library(PACK))


def call(flow="coupon-gone", cause="never-sent", level=1, seed=11) -> Call:
    return Call(Spec(flow, cause, level, seed), plans())


def play(made: Call, choose: Callable[[Desk], str], *, hints=True) -> Desk:
    """Return the desk after a call in which every choice is made so."""
    desk = answer_phone(made, hints=hints)
    while not desk.is_over:
        desk = after(desk, NOTE if desk.stage == "note" else choose(desk))
    return desk


def moves(desk: Desk) -> tuple[tuple[str, str], ...]:
    return tuple((taken.key, taken.choice) for taken in desk.log)


def at_random(seed: object) -> Callable[[Desk], str]:
    draw = Draw("random", seed)
    return lambda desk: draw.pick(choices(desk))


def unsafely(desk: Desk) -> str:
    return next((choice for choice in choices(desk) if choice in DANGERS), best(desk))


def until(made: Call, stage: str) -> Desk:
    """Return the desk when a stage is come to, all before having been done as is best."""
    desk = answer_phone(made)
    while desk.stage != stage:
        desk = after(desk, best(desk))
    return desk


def specs(flow: str, levels=(1, 2, 3), seed=0) -> Iterator[Spec]:
    """Yield a call for each cause of a flow and each level."""
    for cause in plans().library.flow(flow).causes:
        for level in levels:
            yield Spec(flow, cause, level, seed)
