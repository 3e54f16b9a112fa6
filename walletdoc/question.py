"""A place where a session waits for an answer, as a face shows it: words in one language, nothing left to look up."""

from walletdoc.engine import Place, Session, accepts, visits
from walletdoc.flow import UNSURE, Ask, Do, Fact, FactNode, Number, Step, Try
from walletdoc.frozen import frozen
from walletdoc.graph import Length, longest
from walletdoc.library import Library
from walletdoc.text import Lang
from walletdoc.wording import Wording


@frozen
class Choice:
    """One answer: its id, and what a person reads."""

    id: str
    text: str


@frozen
class Question:
    """What is asked or to be done.

    `kind` is ask, number, fact, try or do; `between` the bounds of a number; `known` the facts passed on the way here;
    `crumbs` the titles of the flows and the answers so far; `remain` how many questions and minutes are left at most, this
    one included; `ours` whether the flow is walletdoc's own; `step` the shared step in which the node stands, if any. What is
    `final` can't be taken back: there is no going back from it, and no starting over.
    """

    flow: str
    node: str
    key: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    steps: tuple[str, ...]
    how: str | None
    why: str | None
    warning: str | None
    between: tuple[int, int] | None
    known: tuple[str, ...]
    crumbs: tuple[str, ...]
    remain: Length | None
    minutes: int
    emergency: bool
    protects: bool
    risk: str
    ours: bool
    step: str | None = None
    final: bool = False


def question(session: Session, library: Library, lang: Lang) -> Question:
    """Return the question at which a session stands; it must not be over."""
    place = session.place
    node = place.node
    if not isinstance(node, Ask | Number | FactNode | Try | Do):
        raise TypeError(place.key)
    words = Wording(library, session, lang)
    asked: Ask | Number | Try | Do | Fact = library.facts[node.fact] if isinstance(node, FactNode) else node
    return Question(
        flow=place.flow.flow,
        node=place.id,
        key=place.key,
        kind=place.kind,
        text=words.asked(place),
        choices=tuple(Choice(id_, words.answer(place, id_)) for id_ in accepts(place)),
        steps=words.lines(asked.steps) if isinstance(asked, Try | Do) and asked.steps else (),
        how=words.maybe(asked.how),
        why=words.maybe(asked.why),
        warning=words.maybe(asked.warning) if isinstance(asked, Try | Do) else None,
        between=node.between if isinstance(node, Number) else None,
        known=_known(session),
        crumbs=crumbs(session, words),
        remain=remain(place, session, library),
        minutes=asked.minutes,
        emergency=place.flow.urgency == "emergency",
        protects=isinstance(node, Do) and node.protects,
        risk=node.risk if isinstance(node, Try) else "none",
        ours=library.file(place.flow.flow).ours,
        step=place.owner.step if isinstance(place.owner, Step) else None,
    )


def _known(session: Session) -> tuple[str, ...]:
    """Return the facts that were passed since the last question."""
    passed: list[str] = []
    for visit in reversed(visits(session)):
        if not visit.known:
            break
        passed.append(str(visit.place.fact))
    return tuple(reversed(passed))


def crumbs(session: Session, words: Wording) -> tuple[str, ...]:
    """Return where a session is: the title of each flow that it entered, and what was found out there, acts left out."""
    found: list[str] = []
    leg = -1
    for place, answer in [
        *((visit.place, visit.answer) for visit in visits(session) if not visit.known),
        (session.place, None),
    ]:
        if place.leg != leg:
            leg = place.leg
            found.append(words.text(place.flow.title))
        if answer not in (None, UNSURE) and not isinstance(place.node, Try | Do):
            found.append(words.answer(place, answer))
    return tuple(found)


def remain(place: Place, session: Session, library: Library) -> Length | None:
    """Return how many questions and minutes are left at most in this flow, from a place on; None in a circle."""
    lengths = longest(place.owner, library, session.facts)
    if lengths is None:
        return None
    questions, minutes = lengths[place.id]
    for frame in reversed(place.frames):
        outer = longest(frame.owner, library, session.facts)
        if outer is None:
            return None
        after = [outer[id_] for id_ in (frame.call.fixed, frame.call.not_fixed) if id_ is not None and id_ in outer]
        questions += max((each.questions for each in after), default=0)
        minutes += max((each.minutes for each in after), default=0)
    return Length(questions, minutes)
