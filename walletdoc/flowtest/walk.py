"""Walks through a flow: a few that take every edge, random ones that prefer edges seldom taken, and the shortest that fails.

A walk is the answers of a session from the start to an end. Where a switch leaves the flow, it goes on by as few answers
as come to an end there.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from random import Random

from walletdoc.engine import Answer, Place, Session, Tables, replay, respond, start
from walletdoc.failure import Failure
from walletdoc.flowtest.ways import Bounds, Ways, options

Walk = tuple[Answer, ...]
Fails = Callable[[Walk], bool]
Mark = tuple[object, ...]  # something that a walk takes: an edge, an option, a bound of a range
Step = tuple[str, int, frozenset[Mark]]  # an answer, the state it leads to, what it takes


def walks(tables: Tables) -> list[Walk]:
    """Return a few walks that together take every edge of a flow and of the steps that it calls.

    Also every option of its facts, and both bounds of each range. What no way takes is left out. Raises `Failure` (65) for
    a flow that can't be walked.
    """
    ways = Ways(tables)
    steps = [tuple(_steps(ways, at)) for at in range(len(ways.states))]
    left = {mark for each in steps for _, _, marks in each for mark in marks}
    found = [] if left else [ways.answers(0)]
    while left:
        answers: list[Answer] = []
        for at, (answer, _, marks) in _best(ways, steps, left):
            answers.append((ways.states[at].place.key, answer))
            left -= marks
        found.append(tuple(answers))
    return [finished(tables, each) for each in found]


def _steps(ways: Ways, at: int) -> Iterator[Step]:
    """Yield the answers of a state: of each range its least and its greatest number."""
    place = ways.states[at].place
    for way in ways.onward[at]:
        edges = {(each.calls, each.id, each.answer) for each in ways.passed(at, way)}
        for answer in dict.fromkeys(map(str, way.bounds)) if way.bounds else (way.answer,):
            yield answer, way.to, frozenset[Mark]({*edges, (place.key, answer)})


def _best(ways: Ways, steps: list[tuple[Step, ...]], left: set[Mark]) -> Iterator[tuple[int, Step]]:
    """Yield the way from the start that takes most of what is left, and of these the shortest: states and their answers."""
    best: dict[int, tuple[int, int, Step | None]] = {}
    for at in reversed(ways.order):
        most: tuple[int, int, Step | None] = (0, 0, None)
        for step in steps[at]:
            taken, length, _ = best[step[1]]
            new = taken + len(left & step[2])
            if most[2] is None or (new, length - 1) > most[:2]:
                most = (new, length - 1, step)
        best[at] = most
    at = 0
    while (chosen := best[at][2]) is not None:
        yield at, chosen
        at = chosen[1]


def finished(tables: Tables, answers: Walk) -> Walk:
    """Return answers, gone on to an end by as few more as lead there from where they stop.

    Raises `Failure` (65) where the flow can't be walked.
    """
    session = replay(tables, answers).session
    return (*session.answers, *_to_end(session))


def _to_end(session: Session) -> Walk:
    """Return few answers that lead to an end: each place is looked at once, with the facts of who comes there first."""
    came: dict[Place, Answer] = {}
    before: dict[Place, Place] = {}
    waiting: deque[tuple[Place, Mapping[str, str]]] = deque([(session.place, session.facts)])
    seen = {session.place}
    while waiting:
        place, facts = waiting.popleft()
        if place.is_end:
            return _back(place, came, before)
        for answer, _ in options(place):
            _, _, _, to, _, learns = place.edge(answer)
            known = facts if learns is None else {**facts, learns[0]: learns[1]}
            while to.fact is not None and to.fact in known:
                to = to.edge(known[to.fact])[3]
            if to not in seen:
                seen.add(to)
                came[to], before[to] = (place.key, answer), place
                waiting.append((to, known))
    return ()


def _back(place: Place, came: Mapping[Place, Answer], before: Mapping[Place, Place]) -> Walk:
    found: list[Answer] = []
    while place in came:
        found.append(came[place])
        place = before[place]
    return tuple(reversed(found))


# --- at random


def random_walks(tables: Tables, count: int, seed: int) -> Iterator[Walk]:
    """Yield so many walks, drawn with a seed among the edges that were least taken so far, into other flows too.

    A walk that the engine can't go on with ends with the answer at which it can't.
    """
    draw = Random(seed)  # noqa: S311 - the same seed is to give the same walks
    taken: Counter[tuple[Place, str]] = Counter()
    for _ in range(count):
        session = start(tables)
        while not session.place.is_end:
            place = session.place
            answer = _drawn(place, draw, taken)
            try:
                session = respond(session, answer)
            except Failure:
                session = session._replace(answers=(*session.answers, (place.key, answer)))
                break
        yield session.answers


def _drawn(place: Place, draw: Random, taken: Counter[tuple[Place, str]]) -> str:
    ways = list(options(place))
    least = min(taken[place, answer] for answer, _ in ways)
    answer, bounds = draw.choice([each for each in ways if taken[place, each[0]] == least])
    taken[place, answer] += 1
    return answer if bounds is None else _number(bounds, draw)


def _number(bounds: Bounds, draw: Random) -> str:
    """Draw a number of a range, its bounds as often as any between."""
    low, high = bounds
    return str(draw.choice((low, high, draw.randint(low, high))))


# --- the shortest that fails


def shortest(tables: Tables, fails: Fails, answers: Walk) -> Walk:
    """Return the shortest walk that is found to fail from one that does: by stopping earlier, or answering otherwise.

    All that is tried goes to an end, as far as the engine does.
    """
    found = answers
    better: Walk | None = answers
    while better is not None:
        found = better
        better = next((each for each in _shorter(tables, found) if fails(each)), None)
    return found


def _shorter(tables: Tables, answers: Walk) -> Iterator[Walk]:
    """Yield shorter walks: those that soon go to an end, then those with one answer changed, the shortest first."""
    tried = {answers}
    for each in (_ending(tables, answers[:stop]) for stop in range(len(answers))):
        if len(each) < len(answers) and each not in tried:
            tried.add(each)
            yield each
    changed = (_ending(tables, each) for each in _changed(tables, answers))
    yield from sorted(
        {each for each in changed if len(each) < len(answers)} - tried, key=lambda each: (len(each), each)
    )


def _changed(tables: Tables, answers: Walk) -> Iterator[Walk]:
    """Yield the answers with one of them changed, those after it that are still asked kept."""
    for at, (_, given) in enumerate(answers):
        place = replay(tables, answers[:at]).session.place
        for answer, _ in options(place):
            if answer != given:
                yield (*answers[:at], (place.key, answer), *answers[at + 1 :])


def _ending(tables: Tables, answers: Walk) -> Walk:
    try:
        return finished(tables, answers)
    except Failure:
        return answers
