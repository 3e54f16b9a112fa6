"""What a flow costs its users: expected minutes and questions, the worst way, and the order of its units that costs least.

Counted over truthful users (`mass.py`), each session to its end; what may change places is in `units.py`, how the best
order is found in `orders.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from math import fsum, inf, isclose

from walletdoc.flow import MONEY_TAKEN, Call, FactNode, Flow, Node, Pack, Try, edges
from walletdoc.frozen import frozen
from walletdoc.graph import order
from walletdoc.mass import Effort, Walk
from walletdoc.orders import Allowed, Method, Orders
from walletdoc.truth import prove
from walletdoc.units import Run, arranged, runs

_UNASKED = ""


@frozen
class Reordered:
    """A run of units, by their heads: as written, in the best order found, and how that was looked for."""

    authored: tuple[str, ...]
    best: tuple[str, ...]
    method: Method


@frozen
class Order:
    """A flow as written beside its best order: what each costs, by how many per cent the authored order is worse.

    `method` is the weakest that was used for any of its runs: all orders tried, probability over cost, or swaps of
    neighbours until none helps. `order` holds each run; `flow` is the flow in the best order.
    """

    authored: Effort
    best: Effort
    method: Method
    worse_by: float
    order: tuple[Reordered, ...]
    flow: Flow


def effort(flow: Flow, pack: Pack) -> Effort:
    """Return what users are expected to spend in a flow; raises ValueError where it runs in a circle."""
    return Walk(flow, pack).effort()


def policy_minutes(flow: Flow, cause: str, pack: Pack, said: Mapping[str, str] | None = None) -> float:
    """Return the expected minutes of a truthful user with one cause.

    `said` fixes what this user answers where more than one answer is true, keyed as in a cause's truth: a node, or
    `fact.<id>`. For the best policy give the flow of `best_order`. Raises KeyError for a cause that the flow does not
    have, ValueError where it runs in a circle.
    """
    user = flow.causes[cause]
    truth = {**user.truth, **{key: (answer,) for key, answer in (said or {}).items()}}
    return effort(replace(flow, causes={cause: replace(user, truth=truth)}), pack).minutes


def sound(flow: Flow, pack: Pack) -> bool:
    """Whether a flow is proved, and pays again only after no money was taken."""
    return money_first(flow, pack) and not prove(flow, pack).problems


def money_first(flow: Flow, pack: Pack) -> bool:
    """Whether every try that pays again is reached only after the user said that no money was taken."""
    states: dict[str, frozenset[str]] = {flow.start: frozenset({_UNASKED})}
    for id_ in order(flow) or ():
        node, before = flow.nodes[id_], states.get(id_, frozenset())
        if isinstance(node, Try | Call) and node.retries_payment and before - {"no"}:
            return False
        for edge in edges(node):
            after = _money_after(pack, node, edge.answer, before)
            states[edge.target] = states.get(edge.target, frozenset()) | after
    return True


def _money_after(pack: Pack, node: Node, answer: str, before: frozenset[str]) -> frozenset[str]:
    """Return what may be known of the money after an answer, by what was known before it."""
    match node:
        case FactNode(fact=fact, to=to) if fact == MONEY_TAKEN:
            told = frozenset(pack.facts[fact].options) if _UNASKED in before else before
            return told & {answer} if answer else told - frozenset(to or ())
        case Try() | Call() if answer == "taken":
            return frozenset({"yes"})
        case _:
            return before


def best_order(flow: Flow, pack: Pack, allowed: Allowed | None = None) -> Order:
    """Return the best order of what may change places in a flow (`units.py`).

    An order counts if `allowed` says so of the flow in it (default: `sound`). Raises ValueError where the flow runs in a
    circle.
    """
    return _ordered(Walk(flow, pack), runs(flow, pack), allowed or (lambda each: sound(each, pack)))


def worse_order(flow: Flow, pack: Pack, percent: float, allowed: Allowed | None = None) -> Order | None:
    """Return the best order of a flow that is more than so many per cent worse than it, None for any other flow.

    As `best_order`, but a flow that could not be so much worse, were every order allowed, costs little.
    """
    found = runs(flow, pack)
    walk = Walk(flow, pack) if found else None
    if walk is None or _bound(walk, found, percent) <= percent:
        return None
    best = _ordered(walk, found, allowed or (lambda each: sound(each, pack)))
    return best if best.worse_by > percent else None


def _bound(walk: Walk, found: Iterable[Run], percent: float) -> float:
    """Return by how many per cent a flow is worse than its best order at most; a first guess if that is not above `percent`.

    No order of a run gains more than what is spent in it, save where users come in late: another order may spare them
    what is after the run. The runs in which most is spent are looked at one by one, more closely as long as that decides.
    """
    minutes = walk.effort().minutes
    saved = {run: inf if _late(run) else walk.spent(id_ for unit in run for id_ in unit.nodes) for run in found}
    orders: dict[Run, Orders] = {}
    for closely in (Orders.gain, Orders.saved):
        for run in sorted(saved, key=lambda each: -saved[each]):
            if _worse_by(minutes, minutes - fsum(saved.values())) <= percent:
                break
            if run not in orders:
                orders[run] = Orders(walk, run)
            saved[run] = min(saved[run], closely(orders[run]))
    return _worse_by(minutes, minutes - fsum(saved.values()))


def _late(run: Run) -> bool:
    """Whether users come to a run at another unit than the first."""
    return any(unit.before - earlier.nodes for earlier, unit in pairwise(run))


def _worse_by(minutes: float, best: float) -> float:
    """Return by how many per cent a flow of some minutes is worse than the best; infinite if that takes none."""
    if isclose(minutes, best):
        return 0.0
    return 100 * (minutes / best - 1) if best > 0 else inf


def _ordered(walk: Walk, found: Iterable[Run], allowed: Allowed) -> Order:
    before = walk.effort()
    done: list[Reordered] = []
    for run in found:
        ordered, method = Orders(walk, run).best(allowed)
        heads = tuple(unit.head for unit in run)
        done.append(Reordered(heads, tuple(heads[at] for at in ordered), method))
        if done[-1].best != heads:
            walk = Walk(arranged(walk.flow, run, ordered), walk.pack)
    best = walk.effort()
    worse_by = _worse_by(before.minutes, best.minutes)
    ranks: tuple[Method, ...] = ("exhaustive", "p/c", "neighbour swaps")
    method = max((each.method for each in done), key=ranks.index, default="exhaustive")
    return Order(before, best, method, worse_by, tuple(done), walk.flow)
