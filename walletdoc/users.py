"""Truthful users of a flow: every cause with every combination of what its user may answer to the facts.

A set of users is a mask, one bit a user: those of one cause stand side by side, and in them the value of the last fact
changes fastest. So the masks are worked out, and a user is made only when somebody asks for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import prod
from typing import NamedTuple, overload


class User(NamedTuple):
    """A user with one cause, and a value for each fact that the flow parts on."""

    cause: str
    facts: Mapping[str, str]


class Users(Sequence[User]):
    """All users of a flow, and the masks of those with one cause, and of those with one value of a fact."""

    def __init__(self, facts: Iterable[str], choices: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Take the facts, and by cause what its user may answer to each of them."""
        self.facts = tuple(facts)
        self.choices = choices
        sizes = [prod(map(len, each)) for each in choices.values()]
        self._starts = dict(zip(choices, accumulate(sizes, initial=0), strict=False))
        self._count = sum(sizes)
        self.everyone = (1 << self._count) - 1
        self.of_cause = {
            cause: ((1 << size) - 1) << start for (cause, start), size in zip(self._starts.items(), sizes, strict=True)
        }
        self.of_value: dict[tuple[str, str], int] = {}
        for cause, size in zip(choices, sizes, strict=True):
            self._add_values(cause, size)

    def _add_values(self, cause: str, size: int) -> None:
        run = size  # users side by side with the same value
        for fact, given in zip(self.facts, self.choices[cause], strict=True):
            period = run
            run = period // len(given) if given else 0
            again = ((1 << size) - 1) // ((1 << period) - 1) if period else 0  # a bit at the start of each period
            for at, value in enumerate(given):
                mask = (((1 << run) - 1) << (at * run)) * again << self._starts[cause]
                self.of_value[fact, value] = self.of_value.get((fact, value), 0) | mask

    def __len__(self) -> int:
        """Count the users."""
        return self._count

    @overload
    def __getitem__(self, at: int) -> User: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[User, ...]: ...
    def __getitem__(self, at: int | slice) -> User | tuple[User, ...]:
        """Return the user of a bit."""
        if isinstance(at, slice):
            return tuple(self._user(each) for each in range(*at.indices(self._count)))
        if not -self._count <= at < self._count:
            raise IndexError(at)
        return self._user(at % self._count)

    def _user(self, at: int) -> User:
        cause = next(cause for cause, start in reversed(self._starts.items()) if start <= at and self.of_cause[cause])
        rest = at - self._starts[cause]
        said: dict[str, str] = {}
        for fact, given in zip(reversed(self.facts), reversed(self.choices[cause]), strict=True):
            rest, which = divmod(rest, len(given))
            said[fact] = given[which]
        return User(cause, {fact: said[fact] for fact in self.facts})
