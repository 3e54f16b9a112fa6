"""The room in which calls come in: asks on a face, writes each move down, closes the call with its score."""

from collections.abc import Callable

from walletdoc.engine import Refused
from walletdoc.face import Answered, Face, Quit
from walletdoc.failure import Failure
from walletdoc.locales import say
from walletdoc.practice.bestway import Call, Plans
from walletdoc.practice.desk import LONGEST_NOTE, Desk, after, answer_phone, replay
from walletdoc.practice.history import Finished
from walletdoc.practice.prompts import NOTE, prompt
from walletdoc.practice.score import known, missed, score
from walletdoc.practice.shift import Keeper
from walletdoc.practice.speech import Speech
from walletdoc.question import Choice
from walletdoc.redact import MASK, redact
from walletdoc.text import Lang

Close = Callable[[Desk, Finished], None]


class Room:
    """All calls of a shift on one face; `close` is told of each call that is over.

    `by_hand` says that the face shows free text by `fill`, as those for people do.
    """

    def __init__(self, face: Face, plans: Plans, lang: Lang, keeper: Keeper, *, by_hand: bool) -> None:
        """Take what calls need."""
        self.face = face
        self.plans = plans
        self.lang = lang
        self.keeper = keeper
        self.by_hand = by_hand

    def run(self, close: Close) -> bool:
        """Take the calls one after another; return whether the last is over, rather than left for later.

        Raises what the face raises, and `Failure` (74) when a move could not be written down.
        """
        while not self.keeper.shift.is_over:
            desk = self._taken_up()
            if not self._handled(desk, close):
                return False
        return True

    def _taken_up(self) -> Desk:
        shift = self.keeper.shift
        call = Call(shift.specs[shift.at], self.plans)
        moves = shift.moves[-1]
        desk = answer_phone(call, hints=shift.hints)
        for _, choice in moves:
            self._retell(desk, choice)
            desk = after(desk, choice)
        return desk

    def _retell(self, desk: Desk, choice: str) -> None:
        """Say again what was said before the call was left: who takes it up again has it in mind no more than a stranger."""
        speech = Speech(desk.call, self.lang)
        for line in speech.heard(desk):
            self.face.tell(line)
        self.face.tell(say(self.lang, "practice.said", words=speech.label(desk, desk.stage, choice)))

    def _handled(self, desk: Desk, close: Close) -> bool:
        while not desk.is_over:
            moved = self._moved(desk)
            if moved is None:
                return False
            desk = moved
        for line in Speech(desk.call, self.lang).heard(desk):
            self.face.tell(line)
        close(desk, self._finished(desk))
        self.keeper.next()
        return True

    def _finished(self, desk: Desk) -> Finished:
        shift = self.keeper.shift
        return Finished(
            id=f"{shift.id}-{shift.at}",
            spec=desk.call.spec,
            hints=shift.hints,
            moves=shift.moves[-1],
            score=score(desk),
            missed=missed(desk),
            known=known(desk),
        )

    def _moved(self, desk: Desk) -> Desk | None:
        """Return the desk after the next move, which is on disk by then; None where the call is left for later."""
        said = self._note(desk) if desk.stage == NOTE and self.by_hand else self._asked(desk)
        if said is None:
            return None
        choice = said if desk.stage != NOTE else redact(" ".join(said.split())[:LONGEST_NOTE])
        try:
            moved = after(desk, choice)
        except Refused as refused:
            self.face.refuse(refused.message.of(self.lang))
            return desk
        if desk.stage == NOTE and MASK in choice:
            self.face.tell(say(self.lang, "practice.masked"))
        self.keeper.move(desk.key, choice)
        return moved

    def _asked(self, desk: Desk) -> str | None:
        """Return what was chosen; None where it was asked to leave. What was said can't be taken back."""
        shift = self.keeper.shift
        crumbs = self._crumb(desk)
        question = prompt(desk, self.lang, f"call-{shift.at + 1}", (crumbs,))
        while True:
            match self.face.ask(question, ()):
                case Answered(answer):
                    return answer
                case Quit():
                    return None
                case _:
                    self.face.refuse(say(self.lang, "practice.said-is-said"))

    def _crumb(self, desk: Desk) -> str:
        """Return which call it is, and how hard: an exam has many, practice has one."""
        shift = self.keeper.shift
        key = "practice.crumb" if len(shift.specs) > 1 else "practice.crumb-one"
        return say(self.lang, key, number=shift.at + 1, count=len(shift.specs), level=desk.call.spec.level)

    def _note(self, desk: Desk) -> str | None:
        shift = self.keeper.shift
        question = prompt(desk, self.lang, f"call-{shift.at + 1}", ())
        return self.face.fill(Choice(NOTE, question.text)) or ""


def can_go_on(keeper: Keeper, plans: Plans) -> bool:
    """Return whether a shift that was left can be gone on with: its flows may have been edited since."""
    shift = keeper.shift
    try:
        for at, moves in enumerate(shift.moves[: len(shift.specs)]):
            replay(Call(shift.specs[at], plans), moves, hints=shift.hints)
    except (Failure, KeyError):
        return False
    return True
