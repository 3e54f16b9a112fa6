"""Examples laid over flows: what a rule's manual shows, made a pack and checked.

The pack has our registries, steps and some of our flows, and beside them the example; it stands for our own while it is checked.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from walletdoc import packfiles
from walletdoc.packfiles import REGISTRIES
from walletdoc.yamlfile import Value, parse

RULES = Path(packfiles.__file__).parent / "rules"
OURS = packfiles.home()
PARTING = re.compile(r"^---$", re.MULTILINE)
TOP = re.compile(r"^([a-z-]+):", re.MULTILINE)


@dataclass(frozen=True)
class Pack:
    """A folder that is walletdoc's own pack, with what is laid over it."""

    folder: Path

    def lay(self, example: str, *, raw: bool) -> None:
        """Lay the pieces of an example over the files that they belong to."""
        for piece in [example] if raw else PARTING.split(example):
            if raw:
                path = self.folder / "help/example.yaml"
                path.write_text(replaced(path.read_text(encoding="utf-8"), piece), encoding="utf-8")
            else:
                value = parse(piece.encode(), "piece").value
                path, base = self._base(value)
                path.parent.mkdir(exist_ok=True)
                text = json.dumps(laid(base, value), ensure_ascii=False, indent=1)
                path.write_text(text, encoding="utf-8")

    def _base(self, piece: dict[str, Value]) -> tuple[Path, Value]:
        """Return where a piece is written, and what it is laid over."""
        if "step" in piece:
            path = self.folder / "steps" / f"{piece['step']}.yaml"
            return path, read(path if path.exists() else RULES / "example-step.yaml")
        registry = next(
            (name for name in REGISTRIES if name in piece or (name == "prepare" and "never" in piece)), None
        )
        if registry:
            path = self.folder / f"{registry}.yaml"
            return path, read(path)
        id_ = piece.get("flow", "example")
        path = next(self.folder.rglob(f"{id_}.yaml"), self.folder / "help" / f"{id_}.yaml")
        return path, read(path if path.exists() else RULES / "example.yaml")


def read(path: Path) -> Value:
    return parse(path.read_bytes(), str(path)).value


def laid(base: Value, over: Value) -> Value:
    """Return a value laid over another: keys replace, maps are laid over in turn, `~` takes a key out."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    whole = base | {key: laid(base.get(key, ""), value) for key, value in over.items()}
    return {key: value for key, value in whole.items() if value != "~"}


def replaced(text: str, piece: str) -> str:
    """Return a text with the top-level keys of a piece, and all lines of theirs, in place of its own."""
    keys = [match[1] for match in TOP.finditer(piece)]
    for key in keys:
        text = re.sub(rf"^{key}:.*\n(?:(?:[ #].*)?\n)*", "", text, flags=re.MULTILINE)
    return f"{piece}\n{text}"


def stand_for_ours(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make the folder `flows` in a folder walletdoc's own pack."""
    patch.setattr(packfiles, "HERE", folder)


FLOWS = frozenset({"paid-no-order", "refund-missing", "scammed", "verify-contact"})
"""One of our flows and all that are switched to from it: enough of our pack for most tests, and quicker to judge."""


def small(folder: Path) -> Path:
    """Write our pack with these flows only, or write it anew: what has not changed is not written."""
    write(folder, files())
    return folder


def make(folder: Path) -> Pack:
    """Write our pack with these flows only and the example in it, as `small` does."""
    write(folder, {**files(), Path("help/example.yaml"): (RULES / "example.yaml").read_bytes()})
    return Pack(folder)


def files() -> dict[Path, bytes]:
    kept = (path for path in OURS.rglob("*.yaml") if path.stem in FLOWS or path.parent in {OURS, OURS / "steps"})
    return {path.relative_to(OURS): path.read_bytes() for path in kept}


def write(folder: Path, files: dict[Path, bytes]) -> None:
    for path in folder.rglob("*.yaml"):
        if path.relative_to(folder) not in files:
            path.unlink()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
