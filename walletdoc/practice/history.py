"""What a trainee has done: a durable journal, one record a call, and what follows from it by replay.

A record has all that the call can be worked out from again (its seed and moves), its score, and the cards of the skills
that it practised, as they were after it: so that a hundred thousand calls are replayed without scheduling anew. Moves and cards
are one text each, which a reader of JSON passes over ten times as fast as lists. A journal that is full is followed by
the next (`0001`, `0002`, …).
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from walletdoc import journal
from walletdoc.failure import BAD_DATA, CANNOT_WRITE, USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.mend import MAX_FILE
from walletdoc.practice.caller import Spec
from walletdoc.practice.desk import Move
from walletdoc.practice.schedule import AGAIN, GOOD, Card, rating, reviewed
from walletdoc.practice.score import Score
from walletdoc.text import visible

FOLDER = "practice"
VERSION = 1
_FULL = MAX_FILE - 256 * 1024  # bytes after which the next journal begins
_WAIT = 5.0  # seconds for another window that writes


class Past(NamedTuple):
    """One call that is over: when, its flow and cause, its level, its points, whether it was unsafe."""

    at: str
    flow: str
    cause: str
    level: int
    total: int
    unsafe: bool


@frozen
class History:
    """All that a trainee has done: the calls in order, and the cards of the skills; `last` is the id of the last call."""

    calls: tuple[Past, ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)
    last: str = ""


@frozen
class Finished:
    """A call that is over, to be written down; `id` tells it from all others of this trainee."""

    id: str
    spec: Spec
    hints: bool
    moves: tuple[Move, ...]
    score: Score
    missed: tuple[str, ...]
    known: tuple[str, ...]


def folder(state: Path, trainee: str) -> Path:
    """Return where a trainee's journals are."""
    return state / FOLDER / trainee


def trainees(state: Path) -> tuple[str, ...]:
    """Return who has practised on this machine."""
    try:
        found = [each.name for each in (state / FOLDER).iterdir() if each.is_dir()]
    except OSError:
        return ()
    return tuple(sorted(found))


def volumes(state: Path, trainee: str) -> tuple[str, ...]:
    """Return the names of a trainee's journals, the oldest first; raises `Failure` (74)."""
    return tuple(name for name in journal.names(folder(state, trainee)) if name.isdecimal())


def read(state: Path, trainee: str) -> History:
    """Return what a trainee has done; damage ends what is read of one journal. Raises `Failure` (65, 74)."""
    at = folder(state, trainee)
    with _unhurried():
        return replay(record for name in volumes(state, trainee) for record in journal.read(at, name).records[1:])


@contextmanager
def _unhurried() -> Iterator[None]:
    """Within the block nobody looks for garbage: of so many records there is none, and looking takes as long as reading."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def replay(records: Iterable[Mapping[str, Any]]) -> History:
    """Return what follows from records; raises `Failure` (65) for one that is none of ours."""
    calls: list[Past] = []
    cards: dict[str, str] = {}
    last = ""
    try:
        for record in records:
            flow, cause, level, _ = record["call"]
            calls.append(Past(record["at"], flow, cause, level, record["total"], bool(record["unsafe"])))
            cards.update(record["cards"])
            last = record["id"]
        known = {skill: card_of(card) for skill, card in cards.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Failure(both("practice.foreign"), BAD_DATA) from error
    return History(tuple(calls), known, last)


def card_of(text: str) -> Card:
    """Return the card that `text_of` wrote; raises ValueError for any other text."""
    rated, state, step, stability, difficulty, due, last, cause = text.split(" ")
    at_step = None if step == "-" else int(step)
    return Card(int(rated), int(state), at_step, float(stability), float(difficulty), due, last, cause)


def text_of(card: Card) -> str:
    """Return a card as one text; a figure comes back as it was to the last bit."""
    return " ".join("-" if each is None else str(each) for each in card)


def moves_of(text: str) -> tuple[Move, ...]:
    """Return the moves of a record."""
    parted = (line.partition("=") for line in text.split("\n") if line)
    return tuple((key, choice) for key, _, choice in parted)


def skills(finished: Finished, cards: Mapping[str, Card]) -> dict[str, int]:
    """Return the skills that a call has practised, each with its rating.

    The flow and the cause by the score; an answer after which a mistake was made as `again`, and as `good` when what
    comes after it was known the next time.
    """
    flow, cause = finished.spec.flow, finished.spec.cause
    rated = rating(finished.score)
    found = {f"flow:{flow}": rated, f"cause:{flow}/{cause}": rated}
    for edge in finished.missed:
        found[f"edge:{flow}/{edge}"] = AGAIN
    for edge in finished.known:
        if f"edge:{flow}/{edge}" in cards:
            found[f"edge:{flow}/{edge}"] = GOOD
    return found


def record(finished: Finished, cards: Mapping[str, Card], at: datetime) -> dict[str, Any]:
    """Return the record of a call, with the cards of its skills after it."""
    spec, score = finished.spec, finished.score
    rated = skills(finished, cards)
    after = {skill: reviewed(cards.get(skill), each, at, spec.cause) for skill, each in rated.items()}
    return {
        "id": finished.id,
        "at": at.isoformat(timespec="seconds"),
        "call": [spec.flow, spec.cause, spec.level, spec.seed],
        "hints": finished.hints,
        "moves": "\n".join(f"{key}={choice}" for key, choice in finished.moves),
        "total": score.total,
        "unsafe": list(score.unsafe),
        "cards": {skill: text_of(card) for skill, card in after.items()},
    }


def add(state: Path, trainee: str, finished: Finished, at: datetime) -> History:
    """Write a call down, once, and return what follows; raises `Failure` (74, 75), and the call is then not kept."""
    where = folder(state, trainee)
    names = volumes(state, trainee)
    name = names[-1] if names else "0001"
    if names and _size(where, name) > _FULL:
        name = f"{int(name) + 1:04}"
    header = {"practice": VERSION, "trainee": trainee}
    opened, _, _ = journal.open_or_create(where, name, header, wait=_WAIT)
    with opened:
        before = read(state, trainee)
        if before.last == finished.id:
            return before
        written = record(finished, before.cards, at)
        opened.append(written)
    spec, score = finished.spec, finished.score
    past = Past(written["at"], spec.flow, spec.cause, spec.level, score.total, bool(score.unsafe))
    cards = {**before.cards, **{skill: card_of(card) for skill, card in written["cards"].items()}}
    return History((*before.calls, past), cards, finished.id)


def _size(where: Path, name: str) -> int:
    try:
        return (where / f"{name}.jsonl").stat().st_size
    except OSError as error:
        raise Failure(both("practice.unreadable", trainee=visible(where.name)), CANNOT_WRITE) from error


def named(trainee: str) -> str:
    """Return the name of a trainee as it was given; raises `Failure` (2) for what can't be one."""
    if not trainee or len(trainee) > 64 or not all(char.isalnum() or char == "-" for char in trainee):  # noqa: PLR2004 - as names of journals
        raise Failure(both("practice.bad-name", name=visible(trainee)), USAGE)
    return trainee.casefold()
