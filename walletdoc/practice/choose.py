"""Which call comes next: what is due first, then what is new, then what is weakest. Clock and seed are arguments."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both
from walletdoc.practice.bestway import Plans
from walletdoc.practice.caller import LEVELS, Spec
from walletdoc.practice.chance import Draw
from walletdoc.practice.history import History
from walletdoc.quoted import quoted

_RECENT = 5  # calls of a flow that decide about its level
_UP = (80, 90)  # points, on average, for levels 2 and 3
_ENOUGH = 3  # calls before a level is left
_MOST_SEED = 2**31 - 1


def next_call(
    history: History, plans: Plans, flows: Iterable[str], now: datetime, seed: int, level: int | None = None
) -> Spec:
    """Return the call that a trainee should take now, of these flows (all, if there are none)."""
    among = tuple(flows) or tuple(plans.entries)
    if not among:
        raise Failure(both("practice.no-flows"), USAGE)
    draw = Draw("next", seed, len(history.calls))
    flow, cause = (
        next(due(history, plans, among, now, draw), None)
        or _new(history, plans, among, draw)
        or _weakest(history, plans, among, draw)
    )
    return Spec(flow, cause, level or level_of(history, flow), draw.between(0, _MOST_SEED))


def of_flow(plans: Plans, flow: str, cause: str | None, seed: int, level: int) -> Spec:
    """Return a call of one flow, with a cause that is drawn unless it is named; raises `Failure` (2) for no such cause."""
    causes = plans.library.flow(flow).causes
    if cause is not None and cause not in causes:
        raise Failure(both("practice.no-cause", cause=quoted(cause), causes=", ".join(causes)), USAGE)
    return Spec(flow, cause or _drawn(plans, flow, Draw("cause", seed, flow)), level, seed)


def due(history: History, plans: Plans, among: Iterable[str], now: datetime, draw: Draw) -> Iterator[tuple[str, str]]:
    """Yield flow and cause of what is due, the longest overdue first."""
    at = now.isoformat(timespec="seconds")
    waiting = sorted((card.due, skill) for skill, card in history.cards.items() if card.due <= at)
    for _, skill in waiting:
        kind, _, rest = skill.partition(":")
        flow, _, what = rest.partition("/")
        if flow not in among:
            continue
        causes = plans.library.flow(flow).causes
        cause = {"cause": what, "edge": history.cards[skill].cause}.get(kind) or _drawn(plans, flow, draw)
        if cause in causes:
            yield flow, cause


def level_of(history: History, flow: str) -> int:
    """Return the level that a trainee has reached in a flow: by the average of the last calls."""
    totals = [past.total for past in history.calls if past.flow == flow][-_RECENT:]
    if len(totals) < _ENOUGH:
        return LEVELS[0]
    return LEVELS[0] + sum(sum(totals) / len(totals) >= least for least in _UP)


def _new(history: History, plans: Plans, among: tuple[str, ...], draw: Draw) -> tuple[str, str] | None:
    """Return a flow that was never practised, else a cause that was not."""
    fresh = [flow for flow in among if f"flow:{flow}" not in history.cards]
    if fresh:
        flow = draw.pick(fresh)
        return flow, _drawn(plans, flow, draw)
    unseen = {
        (flow, id_): cause.weight
        for flow in among
        for id_, cause in plans.library.flow(flow).causes.items()
        if f"cause:{flow}/{id_}" not in history.cards
    }
    return draw.weighted(unseen) if unseen else None


def _weakest(history: History, plans: Plans, among: tuple[str, ...], draw: Draw) -> tuple[str, str]:
    known = [
        (card.stability, skill.partition(":")[2])
        for skill, card in history.cards.items()
        if skill.startswith("cause:") and skill.partition(":")[2].partition("/")[0] in among
    ]
    for _, skill in sorted(known):
        flow, _, cause = skill.partition("/")
        if cause in plans.library.flow(flow).causes:
            return flow, cause
    flow = draw.pick(among)
    return flow, _drawn(plans, flow, draw)


def _drawn(plans: Plans, flow: str, draw: Draw) -> str:
    return draw.weighted({id_: cause.weight for id_, cause in plans.library.flow(flow).causes.items()})


def exam_calls(plans: Plans, flows: Iterable[str], calls: int, seed: int) -> tuple[Spec, ...]:
    """Return the calls of an exam: the same for everyone, each flow once before any comes again."""
    among = tuple(sorted(set(flows) or set(plans.entries)))
    if not among:
        raise Failure(both("practice.no-flows"), USAGE)
    draw = Draw("exam", seed, *among)
    order: list[str] = []
    while len(order) < calls:
        order += draw.shuffled(among)
    return tuple(
        Spec(flow, _drawn(plans, flow, draw), draw.pick(LEVELS), draw.between(0, _MOST_SEED)) for flow in order[:calls]
    )
