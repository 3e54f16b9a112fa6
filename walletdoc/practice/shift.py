"""Calls under way, on disk: one of a practice, or all of an exam; each move is written before the next question.

A journal `open` per trainee: its first record says which calls, each later one adds a move. It goes when the last call
is over and written into the history.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from walletdoc import journal
from walletdoc.failure import BAD_DATA, USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.practice.caller import Spec
from walletdoc.practice.desk import Move
from walletdoc.practice.history import folder

NAME = "open"
VERSION = 1


@frozen
class Exam:
    """What an exam was asked for with: seed, flows (none: all), the percentage that passes, where the result goes."""

    seed: int
    flows: tuple[str, ...]
    pass_: int
    out: str
    started: str


@frozen
class Shift:
    """The calls, and the moves made in each so far."""

    id: str
    specs: tuple[Spec, ...]
    hints: bool
    exam: Exam | None = None
    moves: tuple[tuple[Move, ...], ...] = ((),)

    @property
    def at(self) -> int:
        """Which call is under way, counted from 0."""
        return len(self.moves) - 1

    @property
    def is_over(self) -> bool:
        """Whether all calls are done."""
        return self.at == len(self.specs)


class Keeper:
    """Writes a shift down as it goes on; without a journal it only remembers."""

    def __init__(self, shift: Shift, opened: journal.Journal | None) -> None:
        """Go on from a shift."""
        self.shift = shift
        self._journal = opened

    @property
    def keeping(self) -> bool:
        """Whether anything is on disk."""
        return self._journal is not None

    def move(self, key: str, choice: str) -> None:
        """Write down a move; raises `Failure` (74), and the move is then not acknowledged."""
        self._put({"move": [key, choice]})

    def next(self) -> None:
        """Go on to the next call."""
        self._put({"next": True})

    def close(self) -> None:
        """Let go of the journal; a shift that is over, or in which nothing was done, leaves nothing behind."""
        if self._journal is None:
            return
        where = self._journal.path.parent
        self._journal.close()
        self._journal = None
        if self.shift.is_over or self.shift.moves == ((),):
            journal.delete(where, NAME)

    def _put(self, record: Mapping[str, Any]) -> None:
        if self._journal is not None:
            self._journal.append(record)
        self.shift = _fold(self.shift, record)


def begin(state: Path | None, trainee: str, shift: Shift) -> Keeper:
    """Return the keeper of a new shift; without a state folder nothing is kept. Raises `Failure` (2, 74, 75)."""
    if state is None:
        return Keeper(shift, None)
    return Keeper(shift, journal.create(folder(state, trainee), NAME, _header(shift)))


def take_up(state: Path, trainee: str) -> Keeper | None:
    """Return the keeper of the shift that was left; None where there is none. Raises `Failure` (65, 74, 75)."""
    if NAME not in journal.names(folder(state, trainee)):
        return None
    opened, records, _ = journal.open_(folder(state, trainee), NAME)
    try:
        return Keeper(_read(records), opened)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        opened.close()
        raise Failure(both("practice.foreign"), BAD_DATA) from error


def drop(state: Path, trainee: str) -> None:
    """Throw away the shift that was left, if there is one; raises `Failure` (74, 75)."""
    try:
        journal.delete(folder(state, trainee), NAME)
    except Failure as failure:
        if failure.code != USAGE:
            raise


def new_id() -> str:
    """Return an id that no other shift has."""
    return os.urandom(6).hex()


def _header(shift: Shift) -> dict[str, Any]:
    exam = shift.exam
    return {
        "shift": VERSION,
        "id": shift.id,
        "calls": [[each.flow, each.cause, each.level, each.seed] for each in shift.specs],
        "hints": shift.hints,
        "exam": [exam.seed, list(exam.flows), exam.pass_, exam.out, exam.started] if exam else None,
    }


def _read(records: Iterable[Mapping[str, Any]]) -> Shift:
    first, *rest = records
    if first["shift"] != VERSION:
        raise ValueError(first["shift"])
    exam = first["exam"]
    shift = Shift(
        str(first["id"]),
        tuple(Spec(*each) for each in first["calls"]),
        bool(first["hints"]),
        Exam(exam[0], tuple(exam[1]), *exam[2:]) if exam else None,
    )
    for record in rest:
        shift = _fold(shift, record)
    return shift


def _fold(shift: Shift, record: Mapping[str, Any]) -> Shift:
    match record:
        case {"move": [str(key), str(choice)]}:
            moves = (*shift.moves[:-1], (*shift.moves[-1], (key, choice)))
            return replace(shift, moves=moves)
        case {"next": True}:
            return replace(shift, moves=(*shift.moves, ()))
        case _:
            raise ValueError(record)
