"""Steps a second of the engine alone, on scripted sessions through `pay-failed`, beside `transitions` on the same tree.

    python tests/bench/engine.py [SESSIONS]

Answers are checked and the way is recorded. The sessions are drawn with a seed, each to its end. `transitions` (the
`bench` dependency group) is a general state machine library; its machine has one trigger for each answer. It made
94,000 steps a second where the bars were set (3,000,000 by replay, 500,000 by respond), and is the measure of a machine.
"""

import random
import sys
from itertools import cycle, islice
from time import perf_counter

from walletdoc import engine
from walletdoc.engine import Answer, Tables
from walletdoc.flow import FactNode, Number, edges, option_of
from walletdoc.library import Library

FLOW = "pay-failed"
ROUNDS = 5
SEED = 1


def scripts(tables: Tables, count: int) -> list[tuple[Answer, ...]]:
    """Return the answers of sessions to their ends, switches and steps included, each answer drawn from what is asked."""
    draw = random.Random(SEED)
    found = []
    for _ in range(count):
        session = engine.start(tables)
        while not session.place.is_end:
            session = engine.respond(session, draw.choice(answers_to(session)))
        found.append(session.answers)
    return found


def answers_to(session: engine.Session) -> tuple[str, ...]:
    node = session.place.node
    numbers = (
        tuple(str(each) for each in range(node.between[0], min(node.between[1], 20)))
        if isinstance(node, Number)
        else ()
    )
    return engine.accepts(session.place) + numbers


def best(walk, steps: int) -> float:
    """Return the most steps a second of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        walk()
        times.append(perf_counter() - begun)
    return steps / min(times)


def triggers(library: Library, session: tuple[Answer, ...]) -> list[str]:
    """Return a session as triggers of the flow's own nodes, up to the first answer inside a called step or another flow."""
    flow = library.flow(FLOW)
    known: dict[str, str] = {}
    way, at = [], flow.start

    def take(answer: str) -> str:
        node = flow.nodes[at]
        taken = str(option_of(node, int(answer))) if isinstance(node, Number) and answer != "unsure" else answer
        if isinstance(node, FactNode) and answer not in (node.to or {}):
            taken = ""
        way.append(f"{at}={taken}")
        return next(edge.target for edge in edges(node) if edge.answer == taken)

    for key, answer in session:
        while isinstance(node := flow.nodes[at], FactNode) and node.fact in known:
            at = take(known[node.fact])  # passed, as the engine passes it
        if key != (f"fact.{node.fact}" if isinstance(node, FactNode) else f"0.{FLOW}/{at}"):
            break
        if isinstance(node, FactNode):
            known[node.fact] = answer
        at = take(answer)
    return way


def state_machine(library: Library, sessions: list[tuple[Answer, ...]]):
    """Return what walks the same answers on a machine of `transitions`, and its steps; None where it is not installed."""
    try:
        from transitions import Machine
    except ImportError:
        return None
    flow = library.flow(FLOW)
    rows = [
        {"trigger": f"{id_}={edge.answer}", "source": id_, "dest": edge.target}
        for id_, node in flow.nodes.items()
        for edge in edges(node)
    ]
    ways = [triggers(library, session) for session in sessions]
    walker = type("Walker", (), {})()
    machine = Machine(
        model=walker, states=list(flow.nodes), initial=flow.start, transitions=rows, auto_transitions=False
    )

    def walk() -> None:
        for way in ways:
            machine.set_state(flow.start, walker)
            recorded = []
            for trigger in way:
                walker.trigger(trigger)
                recorded.append(walker.state)

    return walk, sum(len(way) for way in ways)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    library = Library()
    tables = Tables(library, FLOW)
    sessions = list(islice(cycle(scripts(tables, min(count, 2000))), count))
    steps = sum(len(each) for each in sessions)
    first = engine.start(tables)

    def replay() -> None:
        for given in sessions:
            engine.replay(tables, given)

    def respond() -> None:
        for given in sessions:
            session = first
            for _, answer in given:
                session = engine.respond(session, answer)

    replayed, responded = best(replay, steps), best(respond, steps)
    print(f"{count:,} sessions, {steps:,} steps, {steps / count:.1f} a session; best of {ROUNDS}")
    print(f"replay       {replayed:>12,.0f} steps/s")
    print(f"respond      {responded:>12,.0f} steps/s")
    some = state_machine(library, sessions[: max(count // 50, 1)])
    if some is not None:
        rate = best(*some)
        print(f"transitions  {rate:>12,.0f} steps/s")
        print(
            f"replay is {replayed / rate:.0f} x that (bar {3_000_000 / 94_000:.0f}), respond {responded / rate:.1f} x (bar 5.3)"
        )


if __name__ == "__main__":
    main()
