"""The result of an exam as a file, and the check that it is what its moves make it.

The file has the whole record: what was asked for, each call with its moves, the points. Verifying draws the calls anew
from the seed, plays the moves and compares. It finds what was changed in the figures, not who made the moves.
"""

import json
from collections.abc import Iterator
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
    exam = result.exam
    return (
        json.dumps(
            {
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
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def from_json(data: bytes, name: str) -> tuple[Result, tuple[float, bool]]:
    """Return the result in a file, with the percentage and verdict that it claims; raises `Failure` (65) for any other."""
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
        return result, (float(read["percent"]), bool(read["passed"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Failure(both("practice.bad-file", file=visible(name)), BAD_DATA) from error


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


def findings(result: Result, claimed: tuple[float, bool], plans: Plans) -> Iterator[Text]:
    """Yield what does not hold of a result; nothing where all comes out as the file says."""
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
    if len(again) == len(result.played) and claimed != (whole.percent, whole.passed):
        yield both("practice.other-sum", claimed=claimed[0], made=whole.percent)
