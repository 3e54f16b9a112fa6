"""The model of a test file: what is given, what is to come of it, and what always holds in a flow."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, ClassVar, Literal, TypeAlias

from walletdoc.decode import Count, Flag, Format, Id, OneOrMany
from walletdoc.flow import STRICT
from walletdoc.frozen import frozen

Kind = Literal["fixed", "hand-off", "wait", "stop", "info"]
Many: TypeAlias = Annotated[tuple[str, ...] | None, OneOrMany()]
CAUSE = "cause"
"""The name in `given` whose value is a cause: its truthful user answers all that is not given, and must be helped unless
what is given is not what that user would say."""


@frozen
class Said:
    """A text as it is to be shown, in either language or in both."""

    __pydantic_config__: ClassVar = STRICT
    zh: str | None = None
    en: str | None = None


@frozen
class Expect:
    """Where a session is to stop: at an end, or at a switch to another flow; what is left out may be anything."""

    __pydantic_config__: ClassVar = STRICT
    end: Kind | None = None
    at: Id | None = None
    flow: Id | None = None
    causes: Many = None
    contacts: Many = None
    prepare: Many = None
    protects: Many = None
    switch: Id | None = None
    text: Said | None = None


@frozen
class Move:
    """One line of a transcript: something asked and answered, a step back, a change, a switch, or the end."""

    __pydantic_config__: ClassVar = STRICT
    asked: str | None = None
    options: Many = None
    answer: str | None = None
    back: Flag | None = None
    change: Mapping[str, str] | None = None
    dropped: Many = None
    switch: Id | None = None
    end: Kind | None = None
    at: Id | None = None
    flow: Id | None = None
    causes: Many = None
    contacts: Many = None
    prepare: Many = None
    protects: Many = None
    text: Said | None = None


MOVES: Mapping[str, tuple[str, ...]] = {
    "asked": ("options", "answer", "text"),
    "back": (),
    "change": ("dropped",),
    "switch": (),
    "end": ("at", "flow", "causes", "contacts", "prepare", "protects", "text"),
}
"""The keys that say what a line of a transcript is, each has one of them; and the others that go with each."""


@frozen
class Case:
    """One test: a row of `given` and `expect`, or a transcript in `steps`; `after` goes on where another stopped."""

    __pydantic_config__: ClassVar = STRICT
    given: Mapping[str, str] | None = None
    expect: Expect | None = None
    steps: tuple[Move, ...] | None = None
    after: Id | None = None
    marks: Annotated[tuple[str, ...], OneOrMany()] = ()


@frozen
class Always:
    """What holds on every way through a flow.

    End `never` is not reached after the answer `after` (`key=answer`); contact `contact` is shown on every way to the end
    `at`; at most `questions` stop for an answer.
    """

    __pydantic_config__: ClassVar = STRICT
    never: Id | None = None
    after: str | None = None
    contact: Id | None = None
    at: Id | None = None
    questions: Count | None = None


@frozen
class Cases:
    """A test file: the tests of one flow by name, and what always holds in it."""

    __pydantic_config__: ClassVar = STRICT
    test: Id
    format: Format
    tests: Mapping[Id, Case] = field(default_factory=dict)
    always: Mapping[Id, Always] = field(default_factory=dict)
