"""Answers given beforehand, as lines of `key=value`, and the names that a question goes by in them.

A node's own name will do (`message`), with its flow's or step's before it where that alone is ambiguous
(`pay-failed/message`, `log-in-again/log-out`), or the whole key of the session. A fact is `fact.wallet`; `wallet` is
understood.
"""

import re
from collections.abc import Iterable

from walletdoc.failure import USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.quoted import quoted

FACT = "fact."
_LINE = re.compile(r"\s*(?P<key>[^\s=＝#]+)\s*[=＝]\s*(?P<answer>[^\s=＝#]+)\s*(?:#.*)?", re.DOTALL)
_BLANK = re.compile(r"\s*(?:#.*)?", re.DOTALL)


@frozen
class Asked:
    """Where something is asked: the key of the session, the flow, the node, the shared step it stands in if any."""

    key: str
    flow: str
    node: str
    step: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it goes by, the most exact first."""
        found = [self.key, f"{self.flow}/{self.node}"]
        if self.step:
            found.append(f"{self.step}/{self.node}")
        found.append(self.node)
        if self.key.startswith(FACT):
            found.append(self.key.removeprefix(FACT))
        return tuple(found)

    @property
    def name(self) -> str:
        """The name to type for it, where no other place shares it."""
        return self.key if self.key.startswith(FACT) else self.node


def from_key(key: str) -> Asked:
    """Return where the question of a key is asked; which step it stands in a key does not say."""
    if key.startswith(FACT):
        return Asked(key, "", key)
    leg, *path = key.split("/")
    return Asked(key, leg.partition(".")[2], path[-1] if path else key)


def named(name: str, places: Iterable[Asked]) -> tuple[str, ...]:
    """Return the keys of the places that go by a name."""
    return tuple(dict.fromkeys(each.key for each in places if name in each.names))


def apart(one: Asked, other: Asked) -> tuple[str, str]:
    """Return the shortest names that tell two places apart."""
    return _apart(one, other), _apart(other, one)


def _apart(one: Asked, other: Asked) -> str:
    if one.key.startswith(FACT):
        return one.key
    return next((name for name in one.names[1:-1] if name not in other.names), one.key)


@frozen
class Line:
    """One answer given: its line's number, the key as written, the answer."""

    number: int
    key: str
    answer: str


class ScriptAnswers:
    """Answers given beforehand; each is for one place of the session."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Take the lines, in any order; raises `Failure` (2) where two have the same key."""
        self._lines: dict[str, Line] = {}
        self._used: dict[str, Asked] = {}
        for line in lines:
            twin = self._lines.setdefault(line.key, line)
            if twin is not line:
                key = quoted(line.key)
                raise Failure(both("script.twice", number=line.number, key=key, before=twin.number), USAGE)

    def take(self, asked: Asked) -> str | None:
        """Return the answer to a question, None where none is given.

        Raises `Failure` (2) where the line was used at another place already: its key is ambiguous.
        """
        for name in asked.names:
            line = self._lines.get(name)
            if line is None:
                continue
            used = self._used.setdefault(name, asked)
            if used.key != asked.key:
                one, other = apart(used, asked)
                raise Failure(both("script.ambiguous", key=name, one=one, other=other), USAGE)
            return line.answer
        return None

    def unused(self) -> tuple[str, ...]:
        """Return the lines that no question has used, as `key=value`."""
        return tuple(f"{each.key}={each.answer}" for key, each in self._lines.items() if key not in self._used)


def parse(lines: Iterable[str]) -> ScriptAnswers:
    """Read lines of `key=value`, blank ones and comments among them; raises `Failure` (2) for a bad one."""
    return ScriptAnswers(filter(None, (line_in(number, line) for number, line in enumerate(lines, 1))))


def never_asked(lines: Iterable[str]) -> Failure:
    """Return the failure of answers that no question has used."""
    return Failure(both("script.unused", lines=", ".join(map(quoted, lines))), USAGE)


def takes(options: Iterable[str], between: tuple[int, int] | None) -> str:
    """Return what a question takes, for those who write ids: `balance, limit, unsure`; `0–400, unsure`."""
    bounds = [f"{between[0]}–{between[1]}"] if between else []
    return ", ".join([*bounds, *options])


def line_in(number: int, line: str) -> Line | None:
    """Return the answer that a line gives, None for a blank one or a comment; raises `Failure` (2) for a bad one."""
    line = line.removeprefix("\ufeff")
    if _BLANK.fullmatch(line):
        return None
    match = _LINE.fullmatch(line)
    if match is None:
        raise Failure(both("script.malformed", number=number, line=quoted(line.strip())), USAGE)
    return Line(number, match["key"], match["answer"])
