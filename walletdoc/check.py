"""Checks packs and files: reads what can be read, asks the rules, and tells all that is found.

What was found is kept in the cache for as long as no file, no code and not the day changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from walletdoc import cache
from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.failure import Failure
from walletdoc.forked import processors, spread
from walletdoc.packfiles import File
from walletdoc.plan import UNREADABLE, Plan, of_file, plans
from walletdoc.readfile import read
from walletdoc.verdict import Verdict, diagnostic_from_plain, diagnostic_to_plain, from_plain, to_plain

if TYPE_CHECKING:  # needed to check, which a kept report does without
    from walletdoc.judge import Judge
    from walletdoc.rules import Rule
    from walletdoc.salvage import Salvage

MANY = 32  # files from which on several processes are worth their start


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in the order of path and place, and how many files were checked."""

    found: tuple[Diagnostic, ...]
    files: int


def check(
    paths: Sequence[Path],
    as_of: date,
    pack: Path | None = None,
    cache_folder: Path | None = None,
    processes: int | None = None,
) -> Report:
    """Return what is found in packs, folders and files; in our own pack where none is named.

    `pack` is a pack to stand beside ours for files that are in none; `as_of` the day on which things are to be fresh;
    `processes` how many to use at most (None: as many as there are processors). Raises Failure (2) for a path that is
    not there, or a folder without a flow.
    """
    found: set[Diagnostic] = set()
    files: set[Path] = set()
    for plan in plans(paths, pack):
        found.update(each for each in _kept(plan, as_of, cache_folder, processes) if plan.wants(each.path))
        every = (*(each.path for each in plan.all_files), *(path for _, path, _ in plan.registries))
        files.update(path for path in every if plan.wants(path))
    return Report(tuple(sorted(found, key=_order)), len(files))


def _order(found: Diagnostic) -> tuple[object, ...]:
    return found.path, found.span, found.rule, found.message.en


# --- what is kept


def _kept(plan: Plan, as_of: date, folder: Path | None, processes: int | None) -> Iterable[Diagnostic]:
    """Return what is found in a pack, from the cache if it was found there before."""
    if folder is None:
        return _found(plan, as_of, processes)
    name = "check-" + sha256(repr((plan.root, plan.named)).encode(errors="surrogatepass")).hexdigest()
    key = _key(plan, as_of)
    kept = cache.load(folder, name)
    if kept is not None and kept[0] == key:
        return map(diagnostic_from_plain, kept[1])
    found = tuple(_found(plan, as_of, processes))
    cache.store(folder, name, (key, tuple(map(diagnostic_to_plain, found))))
    return found


def _key(plan: Plan, as_of: date) -> str:
    """Return what the findings depend on: every file, the day, and the code."""
    whole = sha256(repr((cache.whole_edition(), as_of)).encode())
    for _, path, data in plan.registries:
        whole.update(repr(str(path)).encode() + sha256(data).digest())
    for file in plan.all_files:
        whole.update(repr((file.key, str(file.path))).encode() + _digest(file))
    return whole.hexdigest()


def _digest(file: File) -> bytes:
    try:
        return sha256(read(file.path)).digest()
    except Failure as failure:
        return repr(failure.message).encode()


# --- what is found


def _found(plan: Plan, as_of: date, processes: int | None) -> Iterator[Diagnostic]:
    from walletdoc.ignores import silence
    from walletdoc.packrules import ask
    from walletdoc.rules import load
    from walletdoc.salvage import salvage

    rules = load()
    saved = salvage(plan.registries)
    yield from (*plan.found, *saved.found)
    judge = _judge(plan, saved, rules, as_of)
    verdicts = _verdicts(plan, judge, processors() if processes is None else processes)
    by_path: dict[str, list[Diagnostic]] = {}
    for each in ask(plan, judge, saved.documents, verdicts):
        by_path.setdefault(each.path, []).append(each)
    for file, verdict in zip(plan.all_files, verdicts, strict=True):
        path = str(file.path)
        found = (*verdict.found, *by_path.pop(path, ()))
        yield from silence(path, found, verdict.ignores, judged=verdict.judged)
    yield from (each for rest in by_path.values() for each in rest)


def _judge(plan: Plan, saved: "Salvage", rules: "Mapping[str, Rule]", as_of: date) -> "Judge":
    from walletdoc.judge import Judge
    from walletdoc.library import Library

    files = {each.key: each for each in plan.files}
    library = Library.of(files, saved.registries, {_id(each): each for each in plan.named})
    return Judge(library, saved.lost | plan.lost, rules, as_of)


def _id(file: File) -> str:
    """Return the id that a single file says, or its name where it can't be read."""
    from walletdoc.readpack import id_in

    try:
        return id_in(read(file.path), file.path) or file.id
    except (Faulty, Failure):
        return file.id


def _verdicts(plan: Plan, judge: "Judge", processes: int) -> list[Verdict]:
    files = plan.all_files

    def work(at: int) -> object:
        return to_plain(_verdict(files[at], judge, by_name=files[at] not in plan.named))

    return list(map(from_plain, spread(work, len(files), processes if len(files) >= MANY else 1)))


def _verdict(file: File, judge: "Judge", *, by_name: bool) -> Verdict:
    try:
        data = read(file.path)
    except Failure as failure:
        return Verdict((of_file(file.path, UNREADABLE, failure.message),))
    return judge.judge(file, data, by_name=by_name)
