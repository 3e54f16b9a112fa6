"""The script face: answers were given beforehand; prints the way that they take, and the end."""

from typing import TextIO

from walletdoc.answers import ScriptAnswers, never_asked
from walletdoc.ending import Ending
from walletdoc.endwords import as_lines
from walletdoc.face import Answered, Done, EndOfInput, Given, Parting, Reply
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import say
from walletdoc.question import Choice, Question
from walletdoc.questionwords import asked, missing
from walletdoc.quoted import quoted
from walletdoc.terminal import put, unmarked
from walletdoc.text import Lang, Text, visible


class ScriptFace:
    """Answers from what was given; ignores none of it."""

    def __init__(self, lang: Lang, answers: ScriptAnswers, sink: TextIO) -> None:
        """Take the answers, and where to print."""
        self.lang = lang
        self._answers = answers
        self._sink = sink
        self._begun = False

    def ask(self, question: Question, earlier: tuple[Given, ...]) -> Reply:  # noqa: ARG002 - see Face
        """Return the answer given; raises `EndOfInput` where there is none, `Failure` (2) where a key is ambiguous."""
        if not self._begun and not question.ours:
            put(self._sink, say(self.lang, "face.unverified"))
        self._begun = True
        answer = self._answers.take(asked(question))
        if answer is None:
            raise EndOfInput(missing(question, self.lang))
        words = next((choice.text for choice in question.choices if choice.id == answer), None) or quoted(answer)
        put(self._sink, f"{unmarked(question.text)} → {unmarked(words)}")
        return Answered(answer)

    def end(self, ending: Ending) -> Parting:
        """Print the end; raises `Failure` (2) where an answer was never asked for."""
        put(self._sink, "", *map(unmarked, as_lines(ending, self.lang)))
        if self.unused():
            raise never_asked(self.unused())
        return Done()

    def choose(self, title: str, choices: tuple[Choice, ...]) -> str | None:  # noqa: ARG002 - see Face
        """Choose nothing: a list is offered to people alone."""
        return None

    def fill(self, item: Choice) -> str | None:  # noqa: ARG002 - see Face
        """Leave it out: this is asked of people alone."""
        return None

    def tell(self, notice: str) -> None:
        """Print a notice."""
        put(self._sink, visible(notice))

    def refuse(self, reason: str) -> None:
        """Raise the reason as `Failure` (2): there is nobody to ask again."""
        raise Failure(Text(zh=reason, en=reason), USAGE)

    def unused(self) -> tuple[str, ...]:
        """Return the lines that no question has used so far."""
        return self._answers.unused()
