"""Checks packs and files: reads what can be read, asks the rules, and tells all that is found.

What was found is kept in the cache for as long as no file, no code and not the day changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from walletdoc import cache
from walletdoc.contents import Digests, digests, key
from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.failure import Failure
from walletdoc.packfiles import File
from walletdoc.plan import Plan, plans
from walletdoc.readfile import read
from walletdoc.report import Report, shown
from walletdoc.verdict import diagnostic_from_plain, diagnostic_to_plain

if TYPE_CHECKING:  # needed to check, which a kept report does without
    from walletdoc.judge import Judge
    from walletdoc.rules import Rule
    from walletdoc.salvage import Salvage


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
    relative = (replace(each, path=shown(each.path)) for each in found)
    return Report(tuple(sorted(relative, key=_order)), len(files))


def _order(found: Diagnostic) -> tuple[object, ...]:
    return found.path, found.span, found.rule, found.message.en


def _kept(plan: Plan, as_of: date, folder: Path | None, processes: int | None) -> Iterable[Diagnostic]:
    """Return what is found in a pack, from the cache if it was found there before."""
    read_as = digests(plan)
    whole = key(read_as, as_of, plan.wanted)
    kept = cache.load_plain(folder, plan.name("check")) if folder else None
    if kept is not None and kept[0] == whole:
        return map(diagnostic_from_plain, kept[1])
    found = tuple(each for each in _found(plan, as_of, read_as, folder, processes) if plan.wants(each.path))
    if folder:
        cache.store_plain(folder, plan.name("check"), (whole, tuple(map(diagnostic_to_plain, found))))
    return found


def _found(
    plan: Plan, as_of: date, read_as: Digests, folder: Path | None, processes: int | None
) -> Iterator[Diagnostic]:
    from walletdoc.ignores import silence
    from walletdoc.packrules import ask
    from walletdoc.rules import load
    from walletdoc.salvage import salvage
    from walletdoc.verdicts import verdicts

    saved = salvage(plan.registries)
    yield from (*plan.found, *saved.found)
    judge = _judge(plan, saved, load(), as_of)
    said = verdicts(plan, judge, read_as, folder, processes)
    by_path: dict[str, list[Diagnostic]] = {}
    for each in ask(plan, judge, saved.documents, said):
        by_path.setdefault(each.path, []).append(each)
    for file, verdict in zip(plan.all_files, said, strict=True):
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
