"""Reads a YAML file into plain values with their places; a strict subset, within limits; the only importer of yaml.

The parser's events are read in one pass and nothing is ever constructed: each scalar stays the text that was written.
Whatever the bytes, `parse` returns a `Document` or raises `Faulty`. With libyaml, which every wheel of PyYAML brings,
it takes less than half a second; the parser in Python is a fallback, 15 times slower, that also refuses an unquoted
`?` inside `{…}`.
"""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from walletdoc.findings import Findings
from walletdoc.readfile import MAX_BYTES, read
from walletdoc.slip import Problem, Slip, explain, feature, unseen
from walletdoc.span import Span, at
from walletdoc.text import forbidden, hidden
from walletdoc.yamltree import REPLACED, Place, Tree, Value, Where

# libyaml's first, where PyYAML was built with it
PARSERS: tuple[Any, ...] = tuple(getattr(yaml, kind) for kind in ("CSafeLoader", "SafeLoader") if hasattr(yaml, kind))

__all__ = ["MAX_BYTES", "PARSERS", "Document", "Value", "Where", "parse", "read"]


@dataclass(frozen=True)
class Document:
    """A file that was read: its value, the span of the value and of the key at each path, and its text.

    A path is the keys and indices from the root: `("nodes", "message", "options")`; the root's is empty. The text has
    no byte order mark, and its lines end in a line feed.
    """

    path: str
    value: Value
    spans: "Spans"
    keys: "Spans"
    source: str

    def place(self, where: Where, *, of_key: bool = False) -> Span:
        """Return where a thing stands, or the nearest thing around it that does stand in the file."""
        while where:
            if of_key and where in self.keys:
                return self.keys[where]
            if where in self.spans:
                return self.spans[where]
            where = where[:-1]
        return self.spans.get((), Span(1, 1, 1, 2))

    def texts(self) -> Iterator[Place]:
        """Yield where each text starts and stops, keys included, in characters from 0; what is outside is no text."""
        yield from self.keys.places.values()
        yield from (self.spans.places[where] for where in _texts(self.value, ()))


class Spans(Mapping[Where, Span]):
    """Spans by path, each worked out when asked for, as few ever are."""

    def __init__(self, source: str, places: Mapping[Where, Place]) -> None:
        """Take the text and, by path, where in it a thing starts and stops."""
        self._source = source
        self.places = places

    def __getitem__(self, where: Where) -> Span:
        """Return the span at a path; raises KeyError where nothing is."""
        return at(self._source, *self.places[where])

    def __contains__(self, where: object) -> bool:
        """Tell whether something is at a path."""
        return where in self.places

    def __iter__(self) -> Iterator[Where]:
        """Iterate over the paths in the order of the file."""
        return iter(self.places)

    def __len__(self) -> int:
        """Count the paths."""
        return len(self.places)


def _texts(value: Value, where: Where) -> Iterator[Where]:
    if isinstance(value, str):
        yield where
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _texts(each, (*where, key))


def parse(data: bytes, path: str, parser: Any = PARSERS[0]) -> Document:  # noqa: ANN401 - the parsers share no type
    """Return the one document in `data`; `path` names the file in findings, `parser` is one of `PARSERS`.

    Raises Faulty, and nothing else, with all that is wrong: what follows a syntax error, too deep a nesting or too
    many values is not read; of more than 100 findings the first 100 are given.
    """
    findings = Findings(path)
    findings.source = source = _decoded(data, findings)
    tree = Tree(_without_hidden(source, findings), findings)
    for event in _events(tree, parser):
        _take(event, tree)
    if not findings.found and tree.root.get("", "") == "":
        findings.add(Slip("yaml", "yaml.empty", 0, 0))
    if findings.found:
        findings.stop()
    return Document(path, tree.root[""], Spans(source, tree.places), Spans(source, tree.keys), source)


def _decoded(data: bytes, findings: Findings) -> str:
    if len(data) > MAX_BYTES:
        findings.end(Slip("limit", "yaml.bytes", 0, 0, {"most": f"{MAX_BYTES:,}"}))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _lines(data.decode())
    except UnicodeDecodeError as error:
        findings.source = _lines(data.decode(errors="replace"))
        start = len(_lines(data[: error.start].decode()))
        findings.end(Slip("encoding", "yaml.encoding", start, start + 1, {"byte": f"0x{data[error.start]:02X}"}))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _without_hidden(source: str, findings: Findings) -> str:
    """Report hidden characters and put others in their place, one for one, so that all else is found as well.

    A tab may stand between texts; in a text it is found when that is read.
    """
    untabbed = source.replace("\t", " ")
    if forbidden(untabbed) is None:
        return source
    cleaned = list(source)
    for index, char in hidden(untabbed):
        findings.add(unseen(char, index, index + 1))
        cleaned[index] = " " if category(char) == "Zs" else REPLACED
    return "".join(cleaned)


def _events(tree: Tree, parser: Any) -> Iterator[Event]:  # noqa: ANN401 - as in `parse`
    try:
        yield from iter(parser(tree.source).get_event, None)  # what `yaml.parse` does, without its detours
    except Exception as error:  # noqa: BLE001 - both parsers let out more than YAMLError
        _tell(error, tree)


def _take(event: Any, tree: Tree) -> None:  # noqa: ANN401 - PyYAML types marks as absent where they never are
    """Hand an event to the tree; the kinds stand in the order of how often they come."""
    start, stop = event.start_mark.index, event.end_mark.index
    if isinstance(event, ScalarEvent):
        if event.anchor is not None or event.tag is not None:
            tree.properties(event.anchor, event.tag, start)
        tree.scalar(event.value, event.style, start, stop)
    elif isinstance(event, CollectionEndEvent):
        tree.stop(stop)
    elif isinstance(event, CollectionStartEvent):
        if event.anchor is not None or event.tag is not None:
            tree.properties(event.anchor, event.tag, start)
        tree.start({} if isinstance(event, MappingStartEvent) else [], start, flow=bool(event.flow_style))
    elif isinstance(event, AliasEvent):
        tree.alias(start, stop)
    elif isinstance(event, DocumentStartEvent):
        _refuse_second(tree, start)


def _refuse_second(tree: Tree, start: int) -> None:
    if tree.root:
        tree.findings.end(Slip("strict", "yaml.second", start, start + 3))
    if tree.source[start : start + 1] == "%":
        tree.findings.add(feature("directive", start, start + 1))


def _tell(error: Exception, tree: Tree) -> None:
    """Report what stopped the parser, unless it only follows from a slip that was already found."""
    place = _index(error, "problem_mark", tree.end)
    if tree.is_echo(place):
        return
    words = getattr(error, "problem", None) or type(error).__name__
    context = getattr(error, "context", None) or ""
    since = _index(error, "context_mark", place)
    tree.findings.add(explain(Problem(tree.source, words, place, context, since, tree.unquoted)))


def _index(error: Exception, mark: str, otherwise: int) -> int:
    """Return the place of a mark of PyYAML's, which its errors may lack."""
    index = getattr(getattr(error, mark, None), "index", otherwise)
    return index if isinstance(index, int) else otherwise
