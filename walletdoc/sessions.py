"""Sessions on disk: what is written after each answer, and how it becomes a session again.

A journal's first record says which flow was started, from which pack. Each later one adds answers, sets them anew (after
back, change, start over), pins the content of what was entered, keeps something to have ready, or says that the end was reached.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from walletdoc import engine, journal
from walletdoc.engine import Answer, Replay, Session, Tables
from walletdoc.failure import BAD_DATA, USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.locales import both
from walletdoc.mend import Mended
from walletdoc.packfiles import STEPS

FOLDER = "sessions"
VERSION = 1
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@frozen
class Saved:
    """What the records of a session say.

    `pins` maps each flow and step that was entered to the digest of its file; `filled` what was written down to have ready;
    `ended` the day on which an end was reached.
    """

    id: str
    flow: str
    file: str | None
    pack: str | None
    presets: Mapping[str, str]
    started: str
    touched: str
    answers: tuple[Answer, ...] = ()
    pins: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)
    ended: date | None = None

    @property
    def touched_on(self) -> date:
        """The day of the last change, where the user is."""
        return datetime.fromisoformat(self.touched).astimezone().date()

    def library(self, near: Library) -> tuple[Library, str]:
        """Return the packs that the session was walked with, cached as `near` is, and the id of its flow."""
        library = near.beside(Path(self.pack) if self.pack else None)
        return library, library.add_file(Path(self.file)) if self.file else self.flow

    def changed(self, library: Library) -> tuple[str, ...]:
        """Return the flows and steps whose files have changed since the session entered them."""
        return tuple(key for key, digest in self.pins.items() if digest_of(library, key) != digest)


def digest_of(library: Library, key: str) -> str | None:
    """Return the digest of what was entered; None where it is gone or can't be read."""
    try:
        return library.digest(key)
    except Failure:
        return None


class Recorder:
    """Writes a session down as it goes on; without a journal it only remembers what it would have written."""

    def __init__(self, saved: Saved, open_journal: journal.Journal | None) -> None:
        """Go on from what is saved."""
        self.saved = saved
        self._journal = open_journal

    @property
    def saving(self) -> bool:
        """Whether anything is kept."""
        return self._journal is not None

    def follow(self, session: Session, library: Library) -> None:
        """Write down the answers of a session; raises `Failure` (74), and the answer is then not acknowledged."""
        old, new = self.saved.answers, session.answers
        if new != old:
            goes_on = new[: len(old)] == old
            self._put({"add": new[len(old) :]} if goes_on else {"set": new})
        pins = {key: library.digest(key) for key in entered(session)}
        if not pins.items() <= self.saved.pins.items():
            self._put({"pin": {key: each for key, each in pins.items() if self.saved.pins.get(key) != each}})

    def fill(self, item: str, value: str) -> None:
        """Keep something to have ready, already redacted."""
        self._put({"fill": {item: value}})

    def end(self, on: date) -> None:
        """Write down that an end was reached."""
        if self.saved.ended is None:
            self._put({"end": on.isoformat()})

    def close(self) -> None:
        """Let go of the journal; a session without an answer leaves nothing behind."""
        if self._journal is None:
            return
        self._journal.close()
        if not self.saved.answers and not self.saved.filled:
            journal.delete(self._journal.path.parent, self.saved.id)
        self._journal = None

    def _put(self, record: dict[str, Any]) -> None:
        record["at"] = _now()
        if self._journal is not None:
            self._journal.append(record)
        self.saved = _fold(self.saved, record)


def entered(session: Session) -> tuple[str, ...]:
    """Return the flows and steps that a session has entered, and the facts, as `Library.digest` names them."""
    places = [*(visit.place for visit in engine.visits(session)), session.place]
    found = dict.fromkeys(["facts"])
    for place in places:
        found[place.flow.flow] = None
        for frame in place.frames:
            found[f"{STEPS}/{frame.call.call}"] = None
    return tuple(found)


def begin(state: Path | None, flow: str, library: Library, file: Path | None, presets: Mapping[str, str]) -> Recorder:
    """Return the recorder of a new session; raises `Failure` (74) where nothing can be kept.

    Without a state folder nothing is.
    """
    pack = str(library.pack.absolute()) if library.pack else None
    at = _now()
    saved = Saved("", flow, str(file.absolute()) if file else None, pack, dict(presets), at, at)
    if state is None:
        return Recorder(saved, None)
    header = {"session": VERSION, "flow": flow, "file": saved.file, "pack": pack, "presets": saved.presets, "at": at}
    while True:
        id_ = _new_id()
        try:
            return Recorder(replace(saved, id=id_), journal.create(state / FOLDER, id_, header))
        except Failure as failure:
            if failure.code != USAGE:  # else the name is taken
                raise


def take_up(state: Path, id_: str) -> tuple[Recorder, Mended | None]:
    """Return the recorder of a saved session, and what had to be mended; raises what `journal.open_` does, and 65."""
    opened, records, mended = journal.open_(state / FOLDER, id_)
    try:
        return Recorder(_saved(id_, records), opened), mended
    except Failure:
        opened.close()
        raise


def look(state: Path, id_: str) -> Saved:
    """Return what is saved under an id, without taking it up."""
    return _saved(id_, journal.read(state / FOLDER, id_).records)


def ids(state: Path) -> tuple[str, ...]:
    """Return the ids of all saved sessions, readable or not."""
    return journal.names(state / FOLDER)


def every(state: Path) -> tuple[Saved, ...]:
    """Return all saved sessions, the latest first; one that can't be read is left out (`walletdoc resume ID` says why)."""
    found: list[Saved] = []
    for id_ in ids(state):
        try:
            found.append(look(state, id_))
        except Failure:
            continue
    return tuple(sorted(found, key=lambda saved: (saved.touched, saved.id), reverse=True))


def delete(state: Path, id_: str) -> None:
    """Delete a session; raises `Failure` (2) if there is none, 75 if another process has it."""
    journal.delete(state / FOLDER, id_)


def latest(state: Path) -> str:
    """Return the id of the session touched last; raises `Failure` (2) if there is none."""
    found = every(state)
    if not found:
        raise Failure(both("sessions.none"), USAGE)
    return found[0].id


def replay(saved: Saved, library: Library, flow: str) -> Replay:
    """Return the session that the saved answers make, with what was kept and dropped if the flow was edited since."""
    return engine.replay(Tables(library, flow), saved.answers, saved.presets)


def _saved(id_: str, records: Iterable[Mapping[str, Any]]) -> Saved:
    first, *rest = records or [{}]
    try:
        if first["session"] != VERSION:
            raise ValueError(first["session"])  # noqa: TRY301 - told as every other way of being none
        saved = Saved(
            id_, str(first["flow"]), first["file"], first["pack"], dict(first["presets"]), first["at"], first["at"]
        )
        for record in rest:
            saved = _fold(saved, record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Failure(both("sessions.foreign", id=id_), BAD_DATA) from error
    return saved


def _fold(saved: Saved, record: Mapping[str, Any]) -> Saved:
    saved = replace(saved, touched=str(record["at"]))
    match record:
        case {"add": added}:
            return replace(saved, answers=(*saved.answers, *_answers(added)), ended=None)
        case {"set": given}:
            return replace(saved, answers=_answers(given), ended=None)
        case {"pin": pins}:
            return replace(saved, pins={**saved.pins, **pins})
        case {"fill": filled}:
            return replace(saved, filled={**saved.filled, **filled})
        case {"end": on}:
            return replace(saved, ended=date.fromisoformat(on))
        case _:
            raise ValueError(record)


def _answers(given: Iterable[Iterable[str]]) -> tuple[Answer, ...]:
    return tuple((str(key), str(answer)) for key, answer in given)


def _new_id() -> str:
    """Return an id that is short to type and says the day: `1122-k3f9`."""
    tail = "".join(_LETTERS[each % len(_LETTERS)] for each in os.urandom(4))
    return f"{date.today():%m%d}-{tail}"  # noqa: DTZ011 - the user's own day


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")  # two sessions of one second are told apart by it
