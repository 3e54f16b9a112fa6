"""Where a shift begins and ends: what was left is taken up, calls are handled, the record and the result are written."""

import json
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from walletdoc.answers import never_asked
from walletdoc.context import Context
from walletdoc.conversation import INTERRUPTED
from walletdoc.face import EndOfInput, Face
from walletdoc.faces.jsonl import JsonlFace
from walletdoc.faces.plain import PlainFace
from walletdoc.faces.script import ScriptFace
from walletdoc.failure import CANNOT_WRITE, FINDINGS, NO_INPUT, USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both, say
from walletdoc.outfile import write_out
from walletdoc.page import WIDEST, Line, show
from walletdoc.practice import history, shift
from walletdoc.practice.bestway import Call, Plans
from walletdoc.practice.desk import Desk, replay
from walletdoc.practice.exam import Played, Result, digests, played, to_json
from walletdoc.practice.history import Finished, History
from walletdoc.practice.review import as_json, lost_in_words, page
from walletdoc.practice.room import Room, can_go_on
from walletdoc.practice.score import PASS, score
from walletdoc.practice.shift import Exam, Keeper, Shift
from walletdoc.signals import Interrupted, ending_signals
from walletdoc.streams import complain
from walletdoc.terminal import columns
from walletdoc.text import visible

YOU = "me"
"""The trainee who gave no name."""


@frozen
class Setting:
    """Who practises on which face: `by_hand` a face for people, `scripted` answers given beforehand; the time, if it is set.

    Without `saving` nothing is kept.
    """

    trainee: str
    face: Face
    by_hand: bool
    scripted: bool
    json: bool
    saving: bool
    now: datetime | None = None

    @property
    def time(self) -> datetime:
        """The time to reckon with, in UTC, to the second."""
        return (self.now or datetime.now(UTC)).replace(microsecond=0)


class Office:
    """One run of the practice."""

    def __init__(self, context: Context, plans: Plans, setting: Setting) -> None:
        """Take what a shift needs."""
        self.context = context
        self.plans = plans
        self.setting = setting
        self.totals: list[int] = []

    @property
    def state(self) -> Path | None:
        """Where things are kept; None where nothing is."""
        return self.context.state if self.setting.saving else None

    def past(self) -> History:
        """Return what the trainee has done so far."""
        return history.read(self.state, self.setting.trainee) if self.state else History()

    def practise(self, fresh: Callable[[History], Shift], *, anew: bool, certain: bool) -> int:
        """Take one call, the one that was left or a fresh one, and return the exit code.

        A `certain` call was asked for, so that another that was left must be ended or thrown away first.
        """
        keeper = self._started(lambda: self._left(None, anew=anew, certain=certain) or self._begun(fresh(self.past())))
        return self._walked(keeper, self._closed, lambda: 0 if min(self.totals, default=0) >= PASS else FINDINGS)

    def examine(self, fresh: Shift, *, anew: bool) -> int:
        """Hold an exam, or go on with the one that was left, and return the exit code."""
        keeper = self._started(lambda: self._left(fresh, anew=anew, certain=False) or self._begun(fresh))
        return self._walked(keeper, self._filed, lambda: self._judged(keeper.shift))

    # --- what was left, what begins

    def _started(self, start: Callable[[], Keeper]) -> Keeper:
        """Return the keeper of a shift; where nothing can be kept that is said, and the call comes in all the same."""
        try:
            return start()
        except Failure as failure:
            if failure.code != CANNOT_WRITE or not self.setting.saving:
                raise
            complain(failure.message.of(self.context.lang), say(self.context.lang, "practice.not-saving"))
            self.setting = replace(self.setting, saving=False)
            return start()

    def _left(self, exam: Shift | None, *, anew: bool, certain: bool) -> Keeper | None:
        """Return what was left, if it is a call of practice, or this exam.

        Raises `Failure` (2) for what must be ended or thrown away first.
        """
        state, trainee = self.state, self.setting.trainee
        if state is None or self.setting.scripted:
            return None
        if anew:
            shift.drop(state, trainee)
            return None
        keeper = shift.take_up(state, trainee)
        if keeper is None:
            return None
        if certain or not _same(keeper.shift, exam):
            keeper.close()
            raise Failure(both("practice.other-left"), USAGE, both("practice.other-left-hint"))
        if not can_go_on(keeper, self.plans):
            keeper.close()
            raise Failure(both("practice.edited"), USAGE, both("practice.edited-hint"))
        self.setting.face.tell(say(self.context.lang, "practice.going-on"))
        return keeper

    def _begun(self, fresh: Shift) -> Keeper:
        """Return the keeper of a new shift; of a script nothing is kept until a call is over."""
        return shift.begin(None if self.setting.scripted else self.state, self.setting.trainee, fresh)

    # --- the calls

    def _walked(self, keeper: Keeper, close: Callable[[Desk, Finished], None], end: Callable[[], int]) -> int:
        lang, setting = self.context.lang, self.setting
        room = Room(setting.face, self.plans, lang, keeper, by_hand=setting.by_hand)
        try:
            with ending_signals():
                if not room.run(close):
                    return self._way_on(keeper, 0)
            code = end()
        except KeyboardInterrupt:
            return self._way_on(keeper, INTERRUPTED)
        except Interrupted as interrupted:
            return self._way_on(keeper, interrupted.code)
        except EndOfInput as ended:
            complain(str(ended) or say(lang, "run.no-input"))
            return self._way_on(keeper, NO_INPUT)
        finally:
            keeper.close()
        if isinstance(setting.face, JsonlFace | ScriptFace) and setting.face.unused():
            raise never_asked(setting.face.unused())
        return code

    def _way_on(self, keeper: Keeper, code: int) -> int:
        if keeper.keeping and any(keeper.shift.moves):
            complain(say(self.context.lang, "practice.way-on", command=self._command(keeper.shift)))
        return code

    def _command(self, left: Shift) -> str:
        """Return the command that goes on with what was left: a call by its flow would be another one."""
        exam, trainee = left.exam, self.setting.trainee
        words = ["walletdoc", "practice"]
        if exam is not None:
            words += ["exam", "--seed", str(exam.seed), "--calls", str(len(left.specs)), "--pass", str(exam.pass_)]
        if self.context.pack is not None:
            words += ["--flows", visible(str(self.context.pack))]
        words += [] if trainee == YOU else ["--trainee", visible(trainee)]
        return shlex.join(words)

    def _kept(self, finished: Finished) -> None:
        self.totals.append(finished.score.total)
        if self.state is not None:
            history.add(self.state, self.setting.trainee, finished, self.setting.time)

    def _closed(self, desk: Desk, finished: Finished) -> None:
        """Keep a call of practice, and show its review."""
        self._kept(finished)
        if self.setting.json:
            self._event(as_json(desk, finished.score, self.context.lang))
        else:
            show(page(desk, finished.score, self.context.lang, self._columns()))

    def _columns(self) -> int:
        """How wide the review may be; none for what is read line by line, where two columns would be one muddle."""
        if not self.setting.by_hand or isinstance(self.setting.face, PlainFace) or not sys.stdout.isatty():
            return 0
        return min(columns(sys.stdout), WIDEST)

    def _filed(self, _desk: Desk, finished: Finished) -> None:
        """Keep a call of an exam; its review waits until all are over."""
        self._kept(finished)

    def _event(self, event: dict[str, object]) -> None:
        print(json.dumps(event, ensure_ascii=False), flush=True)  # noqa: T201 - the conversation's last line

    # --- the end of an exam

    def _judged(self, done: Shift) -> int:
        exam = done.exam
        if exam is None:
            raise TypeError(done.id)
        result = self._result(done, exam)
        out = Path(exam.out)
        write_out(out, to_json(result))
        if self.setting.json:
            totals = [each.total for each in result.played]
            self._event(
                {
                    "event": "exam",
                    "percent": result.percent,
                    "passed": result.passed,
                    "totals": totals,
                    "file": str(out),
                }
            )
        else:
            show(self._page(result, out))
        return 0 if result.passed else FINDINGS

    def _result(self, done: Shift, exam: Exam) -> Result:
        calls = zip(done.specs, done.moves, strict=False)
        made = tuple(played(Call(spec, self.plans), moves) for spec, moves in calls)
        finished = self.setting.time.isoformat(timespec="seconds")
        return Result(self.setting.trainee, exam, finished, digests(self.plans), made)

    def _page(self, result: Result, out: Path) -> Iterable[Line]:
        lang = self.context.lang
        state = "passed" if result.passed else "failed"
        yield Line()
        yield Line(
            say(lang, f"practice.exam-{state}", percent=result.percent, least=result.exam.pass_), style="heading"
        )
        for number, each in enumerate(result.played, 1):
            yield Line(f"{number}. {self._title(each)}{say(lang, 'case.colon')}{self._points(each)}", 1)
            lost = lost_in_words(score(replay(Call(each.spec, self.plans), each.moves, hints=False)), lang)
            if lost:
                yield Line(lost, 2)
        yield Line(say(lang, "practice.exam-file", file=visible(str(out))))

    def _title(self, each: Played) -> str:
        return self.plans.entries[each.spec.flow].title.of(self.context.lang)

    def _points(self, each: Played) -> str:
        key = "practice.exam-unsafe" if each.unsafe else "practice.exam-points"
        return say(self.context.lang, key, total=each.total)


def _same(left: Shift, exam: Shift | None) -> bool:
    """Whether what was left is what is asked for now: the same exam, or a call of practice."""
    if left.exam is None or exam is None or exam.exam is None:
        return left.exam is None and exam is None
    return left.specs == exam.specs and left.exam.pass_ == exam.exam.pass_
