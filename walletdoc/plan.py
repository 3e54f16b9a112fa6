"""What is to be checked: the packs that paths belong to, the files of each, and which of them were asked for."""

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.failure import USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.packfiles import REGISTRIES, STEPS, File, files, home, is_home, pack_around
from walletdoc.readfile import read
from walletdoc.registries import ALL
from walletdoc.span import Span
from walletdoc.text import Text, visible

UNREADABLE, TWICE, OURS = "unreadable", "id-twice", "id-of-ours"


@frozen
class Plan:
    """One pack beside ours: its files, ours among them, by how they are found; and the findings so far.

    `named` are files in no pack; `twins` those whose key another has, so that nothing can refer to them. `wanted` are
    the files and folders whose findings were asked for, absolute.
    """

    root: Path
    files: tuple[File, ...]
    named: tuple[File, ...]
    twins: tuple[File, ...]
    registries: tuple[tuple[str, Path, bytes], ...]
    wanted: tuple[Path, ...]
    found: tuple[Diagnostic, ...]

    @property
    def lost(self) -> frozenset[tuple[str, str]]:
        """The registries that can't be read, as `salvage` says it."""
        return frozenset((Path(each.path).stem, ALL) for each in self.found if each.rule == UNREADABLE)

    @property
    def all_files(self) -> tuple[File, ...]:
        """Every flow and step."""
        return (*self.files, *self.named, *self.twins)

    def name(self, what: str) -> str:
        """Return the name under which something about this pack is kept in the cache."""
        whole = repr((str(self.root), [str(each.path) for each in self.named]))
        return f"{what}-{sha256(whole.encode(errors='surrogatepass')).hexdigest()}"

    def wants(self, path: Path | str) -> bool:
        """Tell whether the findings of a file were asked for."""
        return any(Path(path).is_relative_to(each) for each in self.wanted)


def plans(paths: Sequence[Path], pack: Path | None) -> tuple[Plan, ...]:
    """Return what to check for these paths: packs, folders in packs, files; without any, the pack that was named, or ours.

    Raises Failure (2) for a path that is not there, and for a folder without a flow.
    """
    beside = _absolute(pack) if pack else home()
    wanted: dict[Path, list[Path]] = {}
    named: dict[Path, list[Path]] = {}
    for path in map(_absolute, paths or [beside]):
        if not path.exists():
            raise Failure(both("file.missing", name=visible(str(path))), USAGE)
        root = _root(path)
        if root is None:
            root = beside
            named.setdefault(root, []).append(path)
        elif is_home(root):
            root, path = home(), home() / path.relative_to(root)  # noqa: PLW2901 - by whatever name it was given
        wanted.setdefault(root, []).append(path)
    return tuple(_plan(root, each, named.get(root, ())) for root, each in wanted.items())


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - without `..`, and without following links


def _root(path: Path) -> Path | None:
    """Return the pack that a path is or belongs to; None for a file in none."""
    if not path.is_dir():
        return pack_around(path)
    return path if _is_pack(path) else pack_around(path / "any.yaml") or path


def _is_pack(folder: Path) -> bool:
    return (folder / STEPS).is_dir() or any((folder / f"{name}.yaml").is_file() for name in REGISTRIES)


def _plan(root: Path, wanted: Iterable[Path], named: Iterable[Path]) -> Plan:
    ours = files(home())
    theirs = () if is_home(root) else files(root)
    alone = tuple(File(path.stem, path, "", ours=False) for path in named)
    found: list[Diagnostic] = []
    by_key: dict[str, File] = {}
    twins: list[File] = []
    for file in (*ours, *theirs):
        other = by_key.setdefault(file.key, file)
        if other is not file:
            twins.append(file)
            found.append(_twin(file, other))
    folders = [home(), *([] if is_home(root) else [root])]
    registries = tuple(_registries(folders, found))
    plan = Plan(root, tuple(by_key.values()), alone, tuple(twins), registries, tuple(wanted), tuple(found))
    for path in plan.wanted:
        if path.is_dir() and not any(plan.wants(each.path) for each in plan.all_files):
            raise Failure(both("check.no-flow", folder=visible(str(path))), USAGE)
    return plan


def _twin(file: File, other: File) -> Diagnostic:
    key = "check.id-of-ours" if other.ours and not file.ours else "check.id-twice"
    rule = OURS if other.ours and not file.ours else TWICE
    return of_file(file.path, rule, both(key, id=visible(file.id), other=visible(str(other.path))))


def _registries(folders: Iterable[Path], found: list[Diagnostic]) -> Iterator[tuple[str, Path, bytes]]:
    for folder in folders:
        for name in REGISTRIES:
            path = folder / f"{name}.yaml"
            if path.exists():
                try:
                    yield name, path, read(path)
                except Failure as failure:
                    found.append(of_file(path, UNREADABLE, failure.message))


def of_file(path: Path, rule: str, message: Text) -> Diagnostic:
    """Return a finding about a file as a whole."""
    return Diagnostic(str(path), Span(1, 1, 1, 2), rule, Severity.ERROR, message)
