"""The score of a call: computed from its moves alone, explained part by part.

A hundred points. Each part begins full and loses points by the rules below; a hint costs its price; one unsafe step
takes all.
"""

from collections import Counter

from walletdoc.frozen import frozen
from walletdoc.practice.bestway import PASSED_ON
from walletdoc.practice.desk import Desk, Taken, pays_again
from walletdoc.practice.offers import END, place_of
from walletdoc.redact import MASK

HINT_COST = 5
PASS = 80  # points; a trainee who picks at random stays below

MOST = {
    "filing": 5,
    "flow": 10,
    "tone": 10,
    "questions": 15,
    "order": 10,
    "minutes": 10,
    "end": 12,
    "handling": 8,
    "cause": 15,
    "note": 5,
}
"""The points of each part."""
_GUESSED = (10, 5, 2)  # points for the flow by which guess was right
_NEEDLESS, _REPEATED, _ORDER = 4, 4, 3  # what one of them costs
_TONE = 5
_TONES = ("greet", "soothe", "secret", "scam")
_DETAILS = {"hand-off": ("to", "prepare"), "stop": ("to", "prepare"), "wait": ("until",), PASSED_ON: ("target",)}
_SHORTEST_NOTE = 8  # characters that say something


@frozen
class Part:
    """One part of a score: its name, its points, how many it has at most, and what it lost them by, each so often."""

    name: str
    points: int
    most: int
    lost: tuple[tuple[str, int], ...] = ()


@frozen
class Score:
    """What a call is worth: its parts, hints, unsafe steps by the key of their move, minutes taken and needed, the sum."""

    parts: tuple[Part, ...]
    hints: int
    unsafe: tuple[str, ...]
    minutes: int
    best_minutes: int
    total: int

    @property
    def passed(self) -> bool:
        """Whether the call was handled well enough, and safely."""
        return self.total >= PASS


def score(desk: Desk) -> Score:
    """Return the score of a call that is over; a secret in its note has been masked by now."""
    points, lost = _points(desk), _lost(desk)
    parts = tuple(Part(name, max(points[name], 0), most, lost.get(name, ())) for name, most in MOST.items())
    hints = sum(taken.verdict == "hint" for taken in desk.log)
    unsafe = tuple(taken.key for taken in desk.log if taken.verdict == "unsafe")
    total = 0 if unsafe else max(sum(part.points for part in parts) - hints * HINT_COST, 0)
    return Score(parts, hints, unsafe, _minutes(desk), desk.call.way.minutes, total)


def _points(desk: Desk) -> dict[str, int]:
    turns = [taken.verdict for taken in desk.log if taken.stage == "turn"]
    early = "early" in turns
    kind_right = _right(desk, "end") and not early
    return {
        "filing": MOST["filing"] * _right(desk, "desk"),
        "flow": _flow(desk),
        "tone": MOST["tone"] - _TONE * sum(taken.stage in _TONES and taken.verdict != "right" for taken in desk.log),
        "questions": 0 if early else _questions(turns),
        "order": 0 if early else MOST["order"] - _ORDER * turns.count("order"),
        "minutes": _quickness(desk),
        "end": MOST["end"] * kind_right,
        "handling": _handling(desk) if kind_right else 0,
        "cause": MOST["cause"] * (_right(desk, "cause") and not early),
        "note": MOST["note"] * _says_something(desk.chosen("note")),
    }


def _lost(desk: Desk) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return what each part lost its points by, and how often; nothing of a part that has all."""
    verdicts = Counter(taken.verdict for taken in desk.log if taken.stage == "turn")
    wrong = Counter(taken.stage for taken in desk.log if taken.stage != "turn" and taken.verdict != "right")
    soon = (("early", 1),) if verdicts["early"] else ()
    flow = ("guess", wrong["flow"] + 1) if _right(desk, "flow") else ("flow", 0)
    end_right = _right(desk, "end") and not soon
    over = max(_minutes(desk) - max(desk.call.way.minutes, 1), 0)
    found: dict[str, tuple[tuple[str, int], ...]] = {
        "filing": (("desk", 1),) if not _right(desk, "desk") else (),
        "flow": (flow,) if wrong["flow"] or not _right(desk, "flow") else (),
        "tone": tuple((stage, wrong[stage]) for stage in _TONES if wrong[stage]),
        "questions": soon or tuple((each, verdicts[each]) for each in ("needless", "repeated") if verdicts[each]),
        "order": soon or ((("order", verdicts["order"]),) if verdicts["order"] else ()),
        "minutes": (("minutes", over),) if over else (),
        "end": soon or ((("end", 1),) if not end_right else ()),
        "handling": tuple((stage, 1) for stage in _wrong_details(desk)) if end_right else (("end", 1),),
        "cause": soon or ((("cause", 1),) if not _right(desk, "cause") else ()),
        "note": (("note", 1),) if not _says_something(desk.chosen("note")) else (),
    }
    return found


def _wrong_details(desk: Desk) -> tuple[str, ...]:
    return tuple(stage for stage in _DETAILS.get(desk.chosen("end"), ()) if not _right(desk, stage))


def danger(desk: Desk, taken: Taken) -> str:
    """Return what an unsafe move endangers: secret, number, scam, retry (paying again), or freeze (stopping the loss)."""
    if taken.stage in {"secret", "prepare"} or taken.choice in {"ask-code", "share-screen"}:
        return "secret"
    if taken.choice in {"searched", "search-number", "call-back"}:
        return "number"
    if taken.stage == "scam":
        return "scam"
    if taken.choice == "pay-again" or (taken.choice != END and pays_again(place_of(desk.call, taken.choice))):
        return "retry"
    return "freeze"


def _questions(verdicts: list[str]) -> int:
    return MOST["questions"] - _NEEDLESS * verdicts.count("needless") - _REPEATED * verdicts.count("repeated")


def _right(desk: Desk, stage: str) -> bool:
    return any(taken.stage == stage and taken.verdict == "right" for taken in desk.log)


def _flow(desk: Desk) -> int:
    guesses = [taken.verdict for taken in desk.log if taken.stage == "flow"]
    return _GUESSED[guesses.index("right")] if "right" in guesses else 0


def _minutes(desk: Desk) -> int:
    return sum(taken.minutes for taken in desk.log)


def _quickness(desk: Desk) -> int:
    """Return the points for time: all for the best policy's, none for twice that."""
    needed = max(desk.call.way.minutes, 1)
    extra = max(_minutes(desk) - needed, 0)
    return MOST["minutes"] - min(-(-MOST["minutes"] * extra // needed), MOST["minutes"])


def _handling(desk: Desk) -> int:
    """Return the points for what an end asks beside its kind: to whom and with what, until when, to which flow."""
    details = _DETAILS.get(desk.chosen("end"), ())
    right = sum(_right(desk, stage) for stage in details)
    return MOST["handling"] * right // len(details) if details else MOST["handling"]


def _says_something(note: str) -> bool:
    return MASK not in note and sum(char.isalnum() for char in note) >= _SHORTEST_NOTE


def missed(desk: Desk) -> tuple[str, ...]:
    """Return the edges after which something other than the best was chosen, in order, each once."""
    return tuple(dict.fromkeys(taken.edge for taken in desk.log if _is_turn(taken) and taken.verdict != "right"))


def known(desk: Desk) -> tuple[str, ...]:
    """Return the edges after which the best was chosen, and nothing else."""
    wrong = missed(desk)
    return tuple(dict.fromkeys(taken.edge for taken in desk.log if _is_turn(taken) and taken.edge not in wrong))


def _is_turn(taken: Taken) -> bool:
    return taken.stage == "turn"
