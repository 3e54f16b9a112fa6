"""What a rule looks at: one file with its model and texts, or a pack as a whole; and what it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from walletdoc.decode import yaml_name
from walletdoc.flow import Flow, Node, Step
from walletdoc.library import Library
from walletdoc.packfiles import File
from walletdoc.text import Lang, Lines, Text
from walletdoc.truth import Proof, prove
from walletdoc.yamlfile import Document

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found: where in the file (at a key or its value), and what was wrong."""

    where: Where
    message: Text
    of_key: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One text for people in one language, and where it stands; `slot` is its key in the file: say, ask, how, steps, …"""

    where: Where
    lang: Lang
    slot: str
    text: str


@dataclass(frozen=True)
class Subject:
    """One flow or step with the pack around it."""

    file: File
    document: Document
    owner: Flow | Step
    library: Library
    as_of: date

    @property
    def flow(self) -> Flow | None:
        """The flow, or None for a step."""
        return self.owner if isinstance(self.owner, Flow) else None

    @property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes, by id."""
        return self.owner.nodes

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every text of the file, in both languages."""
        return tuple(said(self.owner, ()))

    @cached_property
    def proof(self) -> Proof | None:
        """The proof of the flow, made once for all rules that need it; None for a step."""
        return prove(self.owner, self.library) if isinstance(self.owner, Flow) else None


@dataclass(frozen=True)
class PackSubject:
    """A pack as a whole, for one rule: its notes by the key of the file, and the registries that could be read."""

    notes: Mapping[str, Any]
    registries: Mapping[str, Document]
    library: Library
    as_of: date


def said(self) -> tuple[Said, ...]:
        """Every text of the file, in both languages."""
        return tuple(said(self.owner, ()))

    @cached_property
    def proof(self) -> Proof | None:
        """The proof of the flow, made once for all rules that need it; None for a step."""
        return prove(self.owner, self.library) if isinstance(self.owner, Flow) else None


@dataclass(frozen=True)
class PackSubject:
    """A pack as a whole: every flow and step of it that could be read, and its registries' files."""

    subjects: tuple[Subject, ...]
    registries: Mapping[str, Document]
    library: Library
    as_of: date


def said(value: object, at: Where, slot: str = "") -> Iterator[Said]:
    """Yield every text below a value of the model, with the key that it stands under."""
    match value:
        case Text():
            yield Said((*at, "zh"), "zh", slot, value.zh)
            yield Said((*at, "en"), "en", slot, value.en)
        case Lines():
            for lang in ("zh", "en"):
                for index, text in enumerate(value.of(lang)):
                    yield Said((*at, lang, index), lang, slot, text)
        case Mapping():
            for key, each in value.items():
                yield from said(each, (*at, key), slot)
        case _ if is_dataclass(value):
            for name in (each.name for each in fields(value)):
                key = yaml_name(name)
                yield from said(getattr(value, name), (*at, key), key)
