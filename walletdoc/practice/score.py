"""The score of a call: computed from its moves alone, explained part by part.

A hundred points. Each part begins full and loses points by the rules below; a hint costs its price; one unsafe step
takes all.
"""

from walletdoc.frozen import frozen
from walletdoc.practice.bestway import PASSED_ON
from walletdoc.practice.desk import Desk, Taken
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
_TONES = {"greet", "soothe", "secret", "scam"}
_DETAILS = {"hand-off": ("to", "prepare"), "stop": ("to", "prepare"), "wait": ("until",), PASSED_ON: ("target",)}
_SHORTEST_NOTE = 8  # characters that say something


@frozen
class Part:
    """One part of a score: its name, its points, and how many it has at most."""

    name: str
    points: int
    most: int


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
    points = _points(desk)
    parts = tuple(Part(name, max(points[name], 0), most) for name, most in MOST.items())
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
