"""The desk: a call is a fold over the trainee's moves. Pure: no clock, no files, no screen.

A call goes on by stages: greet, file it under a desk, find the flow, then turn by turn ask or advise, at last decide the
end, say the cause, whom to contact or how long to wait, and write the note. In between the caller may offer a code, tell
of somebody who presses them, or lose patience. What was said can't be taken back.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from walletdoc import engine
from walletdoc.engine import Place, Refused, Session
from walletdoc.failure import USAGE, Failure
from walletdoc.flow import MONEY_TAKEN, UNSURE, Do, FactNode, Try
from walletdoc.locales import both
from walletdoc.practice.bestway import Call, over
from walletdoc.practice.caller import HEATED, URGED
from walletdoc.practice.endings import choices_at, items_of, right_at
from walletdoc.practice.offers import END, HINT, UNSAFE, Situation, id_of, offered, place_of
from walletdoc.quoted import quoted

DESKS = ("technical", "accounts", "policy", "safety")
GUESSES = 3  # at the flow, until a colleague names it
MOST_TURNS = 60  # until the caller hangs up
SOOTHE_AT = 2  # the turn after which a heated caller loses patience
LONGEST_NOTE = 1000  # characters

Move = tuple[str, str]
"""The key of a question of the desk, and what was chosen or written there."""


class Heard(NamedTuple):
    """One thing that the caller or the desk said: what kind, about which choice, with which answer."""

    kind: str
    about: str = ""
    answer: str = ""


class Taken(NamedTuple):
    """One move with what came of it.

    `verdict` is right, or why not; `best` what would have been right; `minutes` what it took the caller; `edge` the
    answer, as `node=answer`, after which it was made.
    """

    key: str
    stage: str
    choice: str
    best: str
    verdict: str
    minutes: int = 0
    edge: str = ""


class Desk(NamedTuple):
    """A call under way.

    `known` is what the caller answered, by the key of the place; `asked` what was asked or advised; `hedged` what was
    answered with doubt and not checked; `heard` what was said since the last move.
    """

    call: Call
    hints: bool = True
    stage: str = "greet"
    turn: int = 1
    guesses: int = 1
    known: Mapping[str, str] = MappingProxyType({})
    asked: tuple[str, ...] = ()
    hedged: str = ""
    fixed: bool = False
    heard: tuple[Heard, ...] = ()
    log: tuple[Taken, ...] = ()
    done: frozenset[str] = frozenset()
    session: Session | None = None

    @property
    def key(self) -> str:
        """The key of the question that stands."""
        if self.stage == "turn":
            return f"turn-{self.turn}"
        return f"flow-{self.guesses}" if self.stage == "flow" and self.guesses > 1 else self.stage

    @property
    def is_over(self) -> bool:
        """Whether the call is closed."""
        return self.stage == "over"

    def chosen(self, stage: str) -> str:
        """Return what was chosen last at a stage; nothing where it was not come to."""
        return next((taken.choice for taken in reversed(self.log) if taken.stage == stage), "")

    @property
    def ended(self) -> bool:
        """Whether all is known that the end needs: the problem is fixed, or the flow has nothing more to ask."""
        return self.fixed or (self.session is not None and over(self.session))


def answer_phone(call: Call, *, hints: bool = True) -> Desk:
    """Return the desk when a call comes in."""
    return Desk(call, hints, heard=(Heard("opening"),))


def replay(call: Call, moves: tuple[Move, ...], *, hints: bool = True) -> Desk:
    """Return the desk after these moves; raises `Failure` (2) at the first that is none."""
    desk = answer_phone(call, hints=hints)
    for key, choice in moves:
        if key != desk.key:
            raise Failure(both("practice.other-move", key=quoted(key), expected=desk.key), USAGE)
        desk = after(desk, choice)
    return desk


def choices(desk: Desk) -> tuple[str, ...]:
    """Return what may be chosen now; nothing where words are to be written."""
    match desk.stage:
        case "turn":
            now = Situation(desk.turn, best(desk), _current(desk), desk.asked, desk.known, desk.hints)
            return offered(desk.call, now)
        case "desk":
            return DESKS
        case _:
            return choices_at(desk.call, desk.stage, tuple(each.choice for each in desk.log if each.stage == "flow"))


def best(desk: Desk) -> str:
    """Return what is right to choose now."""
    if desk.stage == "turn":
        return desk.hedged or _current(desk)
    if desk.stage == "desk":
        return desk.call.flow.desk
    return right_at(desk.call, desk.stage, fixed=desk.fixed)


def _current(desk: Desk) -> str:
    """Return what the flow would ask or advise next, or the end."""
    return END if desk.ended or desk.session is None else id_of(desk.call, desk.session.place)


def after(desk: Desk, choice: str) -> Desk:
    """Return the desk after a move; raises `Refused` (2) for a choice that does not stand there."""
    if desk.is_over or (desk.stage != "note" and choice not in choices(desk)):
        raise Refused(both("practice.no-choice", choice=quoted(choice), choices=", ".join(choices(desk))), USAGE)
    if desk.stage == "turn":
        return _turned(desk, choice)
    return _went_on(desk, choice)


# --- before and after the turns

_NEXT = {"greet": "desk", "desk": "flow", "secret": "turn", "soothe": "turn", "scam": "turn", "end": "cause"}
_DETAILS = {"hand-off": "to", "stop": "to", "wait": "until", "pass-on": "target"}
_FATAL = {("secret", "take"), ("scam", "play-along"), ("scam", "call-back"), ("to", "searched")}


def _went_on(desk: Desk, choice: str) -> Desk:  # noqa: PLR0911 - one for each stage
    right = best(desk)
    verdict = "right" if choice == right or _as_good(desk, choice) else "wrong"
    if (desk.stage, choice) in _FATAL or (desk.stage == "prepare" and items_of(desk.call, choice)[1]):
        verdict = "unsafe"
    taken = Taken(desk.key, desk.stage, choice, right, verdict, edge=edge(desk))
    desk = desk._replace(log=(*desk.log, taken), heard=(Heard(desk.stage, choice, verdict),))
    match desk.stage:
        case "flow":
            return _filed(desk, verdict)
        case "scam":
            return _resumed(desk._replace(known={**desk.known, f"fact.{URGED}": "yes"}))
        case "cause":
            return desk._replace(stage=_DETAILS.get(desk.chosen("end"), "note"))
        case "to":
            return desk._replace(stage="prepare")
        case "prepare" | "until" | "target":
            return desk._replace(stage="note")
        case "note":
            return desk._replace(stage="over")
        case stage:
            return desk._replace(stage=_NEXT[stage])


def _as_good(desk: Desk, choice: str) -> bool:
    """Whether a choice is as right as the one that is named."""
    right = desk.call.way.right
    match desk.stage:
        case "to":
            return not desk.fixed and choice in right.to
        case "cause":
            return choice in right.causes if desk.ended else choice == desk.call.spec.cause
        case "note":
            return True
        case _:
            return False


def _filed(desk: Desk, verdict: str) -> Desk:
    """Go on from a guess at the flow: once it is right, or named by a colleague, the turns begin."""
    if verdict != "right" and desk.guesses < GUESSES:
        return desk._replace(guesses=desk.guesses + 1)
    if verdict != "right":
        desk = desk._replace(heard=(*desk.heard, Heard("colleague", desk.call.spec.flow)))
    if desk.call.caller.pressed:
        return desk._replace(stage="scam", heard=(*desk.heard, Heard("pressed")))
    return _resumed(desk._replace(stage="turn"))


def _resumed(desk: Desk) -> Desk:
    """Return the desk with the session that the known answers make."""
    session = engine.start(desk.call.tables)
    while not over(session) and session.place.key in desk.known:
        session = engine.respond(session, desk.known[session.place.key])
    return desk._replace(stage="turn", session=session)


# --- the turns


def _turned(desk: Desk, choice: str) -> Desk:
    right, verdict = best(desk), judged(desk, choice)
    minutes = 0 if choice in {END, HINT, *UNSAFE} else desk.call.minutes(place_of(desk.call, choice))
    taken = Taken(desk.key, "turn", choice, right, verdict, minutes, edge(desk))
    desk = desk._replace(log=(*desk.log, taken), turn=desk.turn + 1)
    if choice == END:
        return desk._replace(stage="end", heard=())
    if choice == HINT:
        return desk._replace(heard=(Heard("hint", right),))
    if choice in UNSAFE:
        return _interrupted(desk._replace(heard=(Heard("unsafe", choice),)))
    return _interrupted(_asked(desk, choice))


def judged(desk: Desk, choice: str) -> str:
    """Return what is to be said of a choice of a turn: right, hint, needless, repeated, order, early, or unsafe."""
    if choice == HINT:
        return "hint"
    if choice == best(desk):
        return "right"
    if choice in UNSAFE or _unsafe(desk, choice):
        return "unsafe"
    if choice == END:
        return "early"
    if choice in desk.asked:
        return "repeated"
    known = place_of(desk.call, choice).key in desk.call.way.keys
    return "order" if known and not desk.ended else "needless"


def _unsafe(desk: Desk, choice: str) -> bool:
    """Whether a choice that is no danger by itself is one here: a payment before the money check, questions before help."""
    place = None if choice == END else place_of(desk.call, choice)
    if _protection_stands(desk):
        return place is None or not (isinstance(place.node, Do) and place.node.protects)
    return place is not None and pays_again(place) and desk.known.get(f"fact.{MONEY_TAKEN}") != "no"


def pays_again(place: Place) -> bool:
    """Whether what is advised at a place is another payment."""
    node = place.node
    return isinstance(node, Try) and (node.retries_payment or any(each.call.retries_payment for each in place.frames))


def _protection_stands(desk: Desk) -> bool:
    """Whether, in an emergency, the next thing to do stops a loss."""
    session = desk.session
    if session is None or desk.ended or desk.call.flow.urgency != "emergency":
        return False
    while not over(session) and isinstance(session.place.node, FactNode):
        session = engine.respond(session, desk.call.caller.truth(session.place))
    node = session.place.node
    return not over(session) and isinstance(node, Do) and node.protects


def _asked(desk: Desk, choice: str) -> Desk:
    """Return the desk after the caller has answered."""
    call, place = desk.call, place_of(desk.call, choice)
    first = choice not in desk.asked
    desk = desk._replace(asked=desk.asked if not first else (*desk.asked, choice))
    truth = call.caller.truth(place)
    if first and place.key in call.slips.astray:
        return desk._replace(heard=(Heard("astray", choice),))
    if first and place.key in (call.slips.wrong or {}):
        answer = (call.slips.wrong or {})[place.key]
        return _told(desk._replace(hedged=choice), place, Heard("hedged", choice, answer))
    if place.key in call.slips.unknown:
        return _told(desk, place, Heard("unknown", choice, UNSURE))
    desk = desk._replace(hedged="" if desk.hedged == choice else desk.hedged)
    fixed = desk.fixed or (truth == "fixed" and place.flow.flow == call.spec.flow)
    return _told(desk._replace(fixed=fixed), place, Heard(place.kind, choice, truth))


def _told(desk: Desk, place: Place, heard: Heard) -> Desk:
    """Keep an answer, if it is one that the flow of the call takes, and go on with it."""
    desk = desk._replace(heard=(heard,))
    if place.flow.flow != desk.call.spec.flow:
        return desk
    if heard.answer not in engine.accepts(place) and (place.kind != "number" or heard.answer == UNSURE):
        return desk
    return _resumed(desk._replace(known={**desk.known, place.key: heard.answer}))


def _interrupted(desk: Desk) -> Desk:
    """Let the caller break in, where they do, or hang up."""
    caller, turn = desk.call.caller, desk.turn - 1
    if desk.turn > MOST_TURNS:
        return desk._replace(stage="over", heard=(*desk.heard, Heard("hung-up")))
    if turn >= SOOTHE_AT and desk.call.spec.level > 1 and caller.mood in HEATED and "soothe" not in desk.done:
        return desk._replace(stage="soothe", done=desk.done | {"soothe"}, heard=(*desk.heard, Heard("impatient")))
    if caller.offers_at and turn >= caller.offers_at and "secret" not in desk.done:
        return desk._replace(stage="secret", done=desk.done | {"secret"}, heard=(*desk.heard, Heard("offers")))
    return desk


def edge(desk: Desk) -> str:
    """Return the answer after which a move is made, as `node=answer`; `start` before the first."""
    if desk.session is None or not desk.session.answers:
        return "start"
    key, answer = desk.session.answers[-1]
    return f"{key.partition('/')[2] or key}={answer}"
