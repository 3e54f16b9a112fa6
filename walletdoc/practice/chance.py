"""Draws that come out alike for a seed, on every machine and every version of Python.

The numbers are SHA-256 of the seed and a counter: a call draws from some hundred seeds, and `random.Random` takes ten
times as long to begin at one.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

Thing = TypeVar("Thing")

_BYTES = 4  # of a number
_WHOLE = 1 << 8 * _BYTES


class Draw:
    """A sequence of draws that begins at a seed: any values that are told apart when written out."""

    def __init__(self, *seed: object) -> None:
        """Begin at a seed."""
        self._seed = "/".join(map(str, seed)).encode()
        self._drawn = self._numbers()

    def _numbers(self) -> Iterator[float]:
        """Yield numbers from 0 to below 1, evenly spread."""
        for count in itertools.count():
            digest = sha256(self._seed + count.to_bytes(4, "big")).digest()
            for at in range(0, len(digest), _BYTES):
                yield int.from_bytes(digest[at : at + _BYTES], "big") / _WHOLE

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Return one of some things, each as likely as the others; raises IndexError where there is none."""
        return things[int(next(self._drawn) * len(things))]

    def weighted(self, weights: Mapping[Thing, int]) -> Thing:
        """Return one of some things, each as likely as its weight says; all alike where no weight is above 0."""
        things = list(weights)
        at = next(self._drawn) * sum(weights.values())
        for thing in things:
            at -= weights[thing]
            if at < 0:
                return thing
        return self.pick(things)

    def shuffled(self, things: Iterable[Thing]) -> tuple[Thing, ...]:
        """Return all things in a drawn order."""
        kept = list(things)
        keys = [next(self._drawn) for _ in kept]
        return tuple(kept[at] for at in sorted(range(len(kept)), key=keys.__getitem__))

    def one_by_one(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield all things in a drawn order, each drawn when it is asked for."""
        left = list(things)
        while left:
            at = int(next(self._drawn) * len(left))
            left[at], left[-1] = left[-1], left[at]
            yield left.pop()

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in this share of all cases."""
        return next(self._drawn) < share

    def between(self, low: int, high: int) -> int:
        """Return a whole number within bounds, both included."""
        return low + int(next(self._drawn) * (high - low + 1))
