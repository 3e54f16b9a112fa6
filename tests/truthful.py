"""Truthful users walked through the engine one by one: slow, plain, and independent of the proof."""

from collections.abc import Iterator
from itertools import product

from walletdoc import engine
from walletdoc.engine import Session, Tables
from walletdoc.flow import UNSURE, Ask, Call, Do, FactNode, Flow, Number, Pack, Step, Switch, Try, edges
from walletdoc.truth import answers, called, values


def users(flow: Flow, pack: Pack) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every cause with every combination of what its user may answer to the facts that may be asked."""
    owners: list[Flow | Step] = [flow, *called(flow, pack).values()]
    facts = sorted({node.fact for owner in owners for node in owner.nodes.values() if isinstance(node, FactNode)})
    for id_, cause in flow.causes.items():
        for chosen in product(*(values(pack.facts[fact], cause.truth.get(f"fact.{fact}")) for fact in facts)):
            yield id_, dict(zip(facts, chosen, strict=True))


def lost(pack: Pack, flow: Flow, *, unsure: bool) -> Iterator[str]:
    """Yield a line for each truthful user whose cause is not found; with `unsure`, for each who was unsure exactly once."""
    tables = Tables(pack, flow.flow)
    for cause, facts in users(flow, pack):
        start = engine.start(tables)
        yield from _walk(flow, start, cause, facts, doubts=unsure)


def _walk(
    flow: Flow, session: Session, cause: str, facts: dict[str, str], *, doubts: bool, doubted: bool = False
) -> Iterator[str]:
    found = _found(flow, session, cause)
    if found is not None:
        kind = "switch" if session.place.leg else session.place.node.end if session.place.is_end else "?"
        if not found and (not doubted or kind not in {"hand-off", "wait", "stop", "switch"}):
            yield f"{flow.flow}: {cause} {facts} ends at {session.place.key} after {session.answers}"
        return
    place = session.place
    for answer in _truthful(flow, session, cause, facts):
        after = engine.respond(session, answer)
        yield from _walk(flow, after, cause, facts, doubts=doubts, doubted=doubted)
    if doubts and not doubted and place.kind in {"ask", "number", "fact"} and UNSURE in engine.accepts(place):
        yield from _walk(flow, engine.respond(session, UNSURE), cause, facts, doubts=doubts, doubted=True)


def _found(flow: Flow, session: Session, cause: str) -> bool | None:
    """Return whether the cause is found here, and None to go on."""
    way = engine.visits(session)
    given = [visit for visit in way if not visit.known]
    if given:
        last = given[-1]
        fixes = getattr(last.place.frames[0].call if last.place.frames else last.place.node, "fixes", ())
        if isinstance(last.place.node, Do) and last.answer == "done" and cause in fixes and not last.place.frames:
            return True
        if isinstance(last.place.node, Try) and last.answer == "fixed" and cause in fixes:
            return session.place.is_end and session.place.node.end == "fixed"
    if session.place.leg:
        owner = [visit.place for visit in way if visit.place.leg == 0][-1]
        switches = [
            node for node in flow.nodes.values() if isinstance(node, Switch) and node.switch == session.place.flow.flow
        ]
        # which switch it was does not show in a session; a flow with several to one target is told apart by the way
        return any(cause in node.causes for node in switches if _leads(flow, owner, node))
    if session.place.is_end:
        return session.place.node.end != "fixed" and cause in session.place.node.causes
    return None


def _leads(flow: Flow, place: engine.Place, switch: Switch) -> bool:
    """Whether a switch can be reached from a place without another question."""
    owner = flow.nodes[place.frames[0].id] if place.frames else place.node
    waiting, seen = [edge.target for edge in edges(owner)], set()
    while waiting:
        id_ = waiting.pop()
        node = flow.nodes[id_]
        if node is switch:
            return True
        if id_ not in seen and isinstance(node, FactNode | Call):
            seen.add(id_)
            waiting += [edge.target for edge in edges(node)]
    return False


def _truthful(flow: Flow, session: Session, cause: str, facts: dict[str, str]) -> tuple[str, ...]:
    place = session.place
    match place.node:
        case Ask() | Number():
            return answers(flow, place.id, place.node, cause)
        case FactNode(fact=fact):
            return (facts[fact],)
        case Try():
            fixes = place.frames[0].call.fixes if place.frames else place.node.fixes
            return ("fixed",) if cause in fixes else ("not-fixed",)
        case _:
            return ("done",)
