"""The result of an exam as a file, and the check that it is what its moves make it.

The file has the whole record: what was asked for, each call with its moves, the points. Verifying draws the calls anew
from the seed, plays the moves and compares. A seal over all of it shows a slip of the hand or of a disk anywhere in the
file; who forges one knowingly can seal it anew, but then needs moves that make the points. It never tells who made them.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from walletdoc.failure import BAD_DATA, USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.practice.bestway import Call, Plans
from walletdoc.practice.caller import Spec
from walletdoc.practice.choose import exam_calls
from walletdoc.practice.desk import Move, replay
from walletdoc.practice.score import score
from walletdoc.practice.shift import Exam
from walletdoc.sessions import digest_of
from walletdoc.text import Text, visible

FORMAT = 1
MOST_CALLS = 200


@frozen
class Played:
    """One call of an exam: what it was, the moves, the points, unsafe steps."""

    spec: Spec
    moves: tuple[Move, ...]
    total: int
    unsafe: tuple[str, ...]


@frozen
class Result:
    """The result of an exam; `percent` is the average of its calls, `digests` say which flows it was held with."""

    trainee: str
    exam: Exam
    finished: str
    digests: dict[str, str]
    played: tuple[Played, ...]

    @property
    def percent(self) -> float:
        """The points of all calls on average, to a tenth."""
        return round(sum(each.total for each in self.played) / len(self.played), 1) if self.played else 0.0

    @property
    def passed(self) -> bool:
        """Whether that is enough."""
        return self.percent >= self.exam.pass_


def played(call: Call, moves: tuple[Move, ...]) -> Played:
    """Return a call as its moves make it; raises `Failure` (2) for moves that are none."""
    desk = replay(call, moves, hints=False)
    if not desk.is_over:
        raise Failure(both("practice.not-over"), USAGE)
    made = score(desk)
    return Played(call.spec, moves, made.total, made.unsafe)


def digests(plans: Plans) -> dict[str, str]:
    """Return the digests of all flows, since wrong choices come from those beside the one of a call, and of the facts."""
    return {key: digest_of(plans.library, key) or "" for key in sorted({"facts", *plans.entries})}


def to_json(result: Result) -> str:
    """Return the file of a result."""
    content = _content(result)
    return json.dumps({**content, "seal": _seal(content)}, ensure_ascii=False, indent=1) + "\n"


def _seal(content: Mapping[str, object]) -> str:
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _content(result: Result) -> dict[str, object]:
    exam = result.exam
    return {
        "exam": FORMAT,
        "trainee": result.trainee,
        "seed": exam.seed,
        "calls": len(result.played),
        "flows": list(exam.flows),
        "pass": exam.pass_,
        "started": exam.started,
        "finished": result.finished,
        "percent": result.percent,
        "passed": result.passed,
        "digests": result.digests,
        "results": [
            {
                "call": [each.spec.flow, each.spec.cause, each.spec.level, each.spec.seed],
                "total": each.total,
                "unsafe": list(each.unsafe),
                "moves": [list(move) for move in each.moves],
            }
            for each in result.played
        ],
    }


@frozen
class Claim:
    """What a file says of itself: the percentage, the verdict, and whether it stands as it was written, to the byte."""

    percent: float
    passed: bool
    intact: bool


def from_json(data: bytes, name: str) -> tuple[Result, Claim]:
    """Return the result in a file, with what it claims; raises `Failure` (65) for any other file."""
    try:
        read = json.loads(data)
        if read["exam"] != FORMAT:
            raise ValueError(read["exam"])  # noqa: TRY301 - told as every other way of being none
        exam = Exam(_number(read["seed"]), _texts(read["flows"]), _number(read["pass"]), name, _text(read["started"]))
        result = Result(
            _text(read["trainee"]),
            exam,
            _text(read["finished"]),
            {_text(key): _text(value) for key, value in read["digests"].items()},
            tuple(_played(each) for each in read["results"]),
        )
        if not 0 < len(result.played) <= MOST_CALLS or read["calls"] != len(result.played):
            raise ValueError(read["calls"])  # noqa: TRY301 - as above
        claim = Claim(float(read["percent"]), bool(read["passed"]), intact=data.decode() == _written(result, read))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Failure(both("practice.bad-file", file=visible(name)), BAD_DATA) from error
    return result, claim


def _written(result: Result, read: Mapping[str, Any]) -> str:
    """Return the file as it would be written with these calls and this claim; what is more or less in it then shows."""
    content = _content(result) | {"percent": read["percent"], "passed": read["passed"]}
    return json.dumps({**content, "seal": _seal(content)}, ensure_ascii=False, indent=1) + "\n"


def _played(read: Any) -> Played:  # noqa: ANN401 - whatever the file has
    flow, cause, level, seed = read["call"]
    spec = Spec(_text(flow), _text(cause), _number(level), _number(seed))
    moves = tuple((_text(key), _text(choice)) for key, choice in read["moves"])
    return Played(spec, moves, _number(read["total"]), _texts(read["unsafe"]))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 4000:  # noqa: PLR2004 - the longest text of a pack
        raise TypeError(value)
    return value


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(_text, value))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def findings(result: Result, claimed: Claim, plans: Plans) -> Iterator[Text]:
    """Yield what does not hold of a result; nothing where all comes out as the file says."""
    if not claimed.intact:
        yield both("practice.tampered")
    now = digests(plans)
    for flow in sorted(set(now) | set(result.digests)):
        if now.get(flow) != result.digests.get(flow):
            yield both("practice.changed-since", flow=visible(flow))
    if not set(result.exam.flows) <= set(plans.entries):
        return
    specs = exam_calls(plans, result.exam.flows, len(result.played), result.exam.seed)
    again: list[Played] = []
    for number, (spec, each) in enumerate(zip(specs, result.played, strict=True), 1):
        if spec != each.spec:
            yield both("practice.other-call", number=number)
            continue
        try:
            made = played(Call(spec, plans), each.moves)
        except Failure:
            yield both("practice.other-moves", number=number)
            continue
        again.append(made)
        if made != each:
            yield both("practice.other-points", number=number, claimed=each.total, made=made.total)
    whole = Result(result.trainee, result.exam, result.finished, result.digests, tuple(again))
    if len(again) == len(result.played) and (claimed.percent, claimed.passed) != (whole.percent, whole.passed):
        yield both("practice.other-sum", claimed=claimed.percent, made=whole.percent)
