"""What a trainee may ask or advise next: what is right, and plausible wrong choices from siblings and other flows.

A choice is the key of a place: a node of the call's flow (`message`, `network/switch-network` within a step), a fact
(`fact.wallet`), a node of another flow (`refund-missing:record`); or the name of something that nobody should do.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from walletdoc.engine import Frame, Place
from walletdoc.flow import MONEY_TAKEN, Ask, Do, FactNode, Flow, Number, Step, Try
from walletdoc.flow import Call as Calls
from walletdoc.practice.bestway import Call
from walletdoc.practice.chance import Draw

END, HINT = "end", "hint"
UNSAFE = ("ask-code", "search-number", "share-screen", "pay-again")
"""What fails a call at once; the last only until it is known that no money was taken."""
_SIBLINGS, _REPEATED = 2, 0.4
_FEW = 4  # flows beside the right one


def place_of(call: Call, id_: str) -> Place:
    """Return the place that a choice names; raises KeyError where it names none."""
    place = call.places.get(id_)
    if place is None:
        place = call.places[id_] = _place_of(call, id_)
    return place


def _place_of(call: Call, id_: str) -> Place:
    if id_.startswith("fact."):
        fact = id_.removeprefix("fact.")
        node = FactNode(fact=fact, go="") if fact in call.library.facts else None
        if node is None:
            raise KeyError(id_)
        return Place(call.tables, 0, (), call.flow, id_, node)
    flow, elsewhere, node_id = id_.partition(":")
    if elsewhere:
        other = call.library.flow(flow)
        return Place(call.tables, 0, (), other, node_id, other.nodes[node_id])
    first, *rest = id_.split("/")
    return _within(call, first, rest)


def _within(call: Call, id_: str, path: list[str]) -> Place:
    """Return the place of a node in the flow of the call, or at the end of a path through the steps that it calls."""
    owner: Flow | Step = call.flow
    frames: tuple[Frame, ...] = ()
    for deeper in path:
        node = owner.nodes[id_]
        if not isinstance(node, Calls):
            raise KeyError(id_)
        frames = (*frames, Frame(owner, id_, node))
        owner, id_ = call.library.step(node.call), deeper
    return Place(call.tables, 0, frames, owner, id_, owner.nodes[id_])


def id_of(call: Call, place: Place) -> str:
    """Return how a choice names a place."""
    if place.fact:
        return place.key
    return place.key.removeprefix(f"{place.leg}.{call.spec.flow}/")


class Situation(NamedTuple):
    """What an offer depends on: the turn, what is right now, what the flow would ask next, what was asked, what is known."""

    turn: int
    best: str
    current: str
    asked: tuple[str, ...]
    known: Mapping[str, str]
    hints: bool


def offered(call: Call, now: Situation) -> tuple[str, ...]:
    """Return the choices of a turn: shuffled, the end and the hint last."""
    if not call.offers or call.offers[0][0] != now:
        call.offers[:] = [(now, _offered(call, now))]
    return call.offers[0][1]


def _offered(call: Call, now: Situation) -> tuple[str, ...]:
    chosen = [id_ for id_ in dict.fromkeys((now.best, now.current)) if id_ != END]
    siblings = _siblings(call, now)
    chosen += _different(call, chosen, siblings, _SIBLINGS)
    draw = _draw(call, now, "repeated")
    repeated = [id_ for id_ in now.asked if id_ not in chosen]
    if repeated and draw.chance(_REPEATED):
        chosen += _different(call, chosen, (draw.pick(repeated),), 1)
    draw = Draw("elsewhere", call.spec.seed, call.spec.flow, call.spec.cause, now.current)
    chosen += _different(call, chosen, draw.one_by_one(_elsewhere(call, draw)), 1)
    chosen.append(_draw(call, now, "unsafe").pick(_unsafe(call, now.known)))
    return (*_draw(call, now, "order").shuffled(chosen), END, *([HINT] if now.hints else []))


def _draw(call: Call, now: Situation, what: str) -> Draw:
    """Return draws of their own for each part of an offer, so that a new flow changes nothing but what comes from it."""
    return Draw(what, call.spec.seed, call.spec.flow, call.spec.cause, now.turn)


def _unsafe(call: Call, known: Mapping[str, str]) -> tuple[str, ...]:
    pays = known.get(f"fact.{MONEY_TAKEN}") != "no" and call.retries
    return UNSAFE if pays else UNSAFE[:-1]


def _siblings(call: Call, now: Situation) -> list[str]:
    """Return what the flow of the call has elsewhere.

    What stands beside a question must not change with each try at it: what alone came back would be the right one.
    """
    gone = {*now.asked, now.best, now.current}
    return [id_ for id_ in call.by_draw(now.current) if id_ not in gone]


def _elsewhere(call: Call, draw: Draw) -> tuple[str, ...]:
    """Return what a neighbouring flow asks or advises."""
    neighbours = call.plans.near(call.spec.flow)
    if not neighbours:
        return ()
    return call.plans.asked_in(draw.pick(neighbours[:_FEW]))


def _different(call: Call, chosen: Iterable[str], more: Iterable[str], most: int) -> list[str]:
    """Return at most so many more choices that don't say the same as one that is there."""
    said = {_says(call, id_) for id_ in chosen}
    found: list[str] = []
    for id_ in more:
        if len(found) == most:
            break
        if _says(call, id_) not in said:
            said.add(_says(call, id_))
            found.append(id_)
    return found


def _says(call: Call, id_: str) -> str:
    node = place_of(call, id_).node
    match node:
        case Ask(ask=text) | Number(number=text) | Try(try_=text) | Do(do=text):
            return text.zh
        case FactNode(fact=fact):
            return call.library.facts[fact].ask.zh
        case _:
            return id_
