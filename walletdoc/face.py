"""What a face is: it shows a question and returns what was said; the runner owns the loop.

Four faces: `rich`, `plain`, `script`, `jsonl`, one module each in `faces/`. Whatever is said of a question without
answering it (why, how) stays inside the face.
"""

from typing import Protocol

from walletdoc.ending import Ending
from walletdoc.frozen import frozen
from walletdoc.question import Choice, Question


@frozen
class Answered:
    """An answer to the question shown; a number as its digits, `unsure` where that is offered."""

    answer: str


@frozen
class Words:
    """What is wrong in a person's own words, where a list was offered."""

    words: str


@frozen
class Back:
    """Take the last answer back."""


@frozen
class Change:
    """Change an earlier answer: to this one, or to what is said when it is asked again."""

    key: str
    answer: str | None = None


@frozen
class Restart:
    """Start over, in the same flow."""


@frozen
class Quit:
    """Save and quit."""


@frozen
class Fill:
    """At an end: write down what is to be prepared."""


@frozen
class Done:
    """At an end: that was all."""


Reply = Answered | Back | Change | Restart | Quit
Parting = Done | Fill | Back | Restart


@frozen
class Given:
    """An earlier answer that may be changed: its key, what was asked, what was answered."""

    key: str
    asked: str
    answered: str


class EndOfInput(Exception):  # noqa: N818 - it is no fault of the face
    """The input ended before the end of the flow was reached (exit code 66)."""


class Face(Protocol):
    """One way of talking. Ctrl-C raises KeyboardInterrupt, a closed input `EndOfInput`, with the terminal as it was."""

    def ask(self, question: Question, earlier: tuple[Given, ...]) -> Reply:
        """Show a question and return what was said; `earlier` are the answers that may be changed."""
        ...

    def end(self, ending: Ending) -> Parting:
        """Show the end of a session, and return what to do next."""
        ...

    def choose(self, title: str, choices: tuple[Choice, ...]) -> str | None:
        """Offer a list and return the id chosen; None for none of these."""
        ...

    def fill(self, item: Choice) -> str | None:
        """Ask for something to have ready; None where it is left out."""
        ...

    def tell(self, notice: str) -> None:
        """Say something that needs no answer, such as what was kept after a change."""
        ...

    def refuse(self, reason: str) -> None:
        """Say why the last answer was not taken; the question stands."""
        ...


class PersonFace(Face, Protocol):
    """A face for a person, who may also say in their own words what is wrong."""

    def what(self, title: str, choices: tuple[Choice, ...]) -> str | Words | None:
        """Offer a list and return the id chosen, or what was typed instead; None for none of these."""
        ...
