"""Which files a pack has: flows by folder, steps in `steps/`, and the registries beside them."""

import os
from collections.abc import Iterator
from pathlib import Path

from walletdoc.frozen import frozen

HERE = Path(__file__).parent
REGISTRIES = ("facts", "contacts", "prepare", "times")
STEPS = "steps"
DEEPEST = 4  # folders below a pack


@frozen
class File:
    """A flow's or a step's file: its id, the folder it is in below the pack, and whether the pack is ours."""

    id: str
    path: Path
    group: str
    ours: bool

    @property
    def key(self) -> str:
        """The id among all files: flows and steps may share a name."""
        return f"{STEPS}/{self.id}" if self.group == STEPS else self.id


def home() -> Path:
    """Return the folder of our own pack: the checkout's own, so that an edit shows at once, else the installed one."""
    checkout = HERE.parent / "flows"
    return checkout if (HERE.parent / "pyproject.toml").is_file() and checkout.is_dir() else HERE / "flows"


def is_home(folder: Path) -> bool:
    """Whether a folder is our own pack, by whatever name."""
    try:
        return folder.samefile(home())
    except OSError:
        return False


def pack_around(file: Path) -> Path | None:
    """Return the pack that a flow's file stands in: the nearest of the two folders above that has registries or steps."""
    for folder in file.absolute().parents[:2]:
        if (folder / STEPS).is_dir() or any((folder / f"{name}.yaml").is_file() for name in REGISTRIES):
            return folder
    return None


def files(pack: Path) -> tuple[File, ...]:
    """Return the flows and steps of a pack, by folder and name; registries and hidden files left out."""
    return tuple(sorted(_walk(pack, (), (), ours=is_home(pack)), key=lambda each: (each.group, each.id)))


def _walk(folder: Path, group: tuple[str, ...], above: tuple[tuple[int, int], ...], *, ours: bool) -> Iterator[File]:
    try:
        entries = list(os.scandir(folder))
        here = (*above, _identity(folder))
    except OSError:
        return
    if here[-1] in above:  # a link to a folder above leads round and round
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if _is_folder(entry) and len(group) < DEEPEST:
            yield from _walk(Path(entry.path), (*group, name), here, ours=ours)
        elif name.endswith(".yaml") and not name.endswith(".test.yaml") and (group or name[:-5] not in REGISTRIES):
            yield File(name[:-5], Path(entry.path), "/".join(group), ours)


def _identity(folder: Path) -> tuple[int, int]:
    stat = folder.stat()
    return stat.st_dev, stat.st_ino


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself: a file that can't be read
        return False
