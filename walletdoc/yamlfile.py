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
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from walletdoc.findings import Findings
from walletdoc.readfile import MAX_BYTES, read
from walletdoc.slip import Problem, Slip, explain, feature, unseen
from walletdoc.span import Span, at
from walletdoc.text import forbidden, hidden
from walletdoc.yamltree import REPLACED, Frame, Place, Tree, Value, Where

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
        yield from self.spans.texts()


class Spans(Mapping[Where, Span]):
    """Spans of all keys or of all values by path, each worked out when asked for, as few ever are."""

    def __init__(self, source: str, base: Frame, *, of_keys: bool) -> None:
        """Take the text, and the frame around the root."""
        self._source = source
        self._base = base
        self._of_keys = of_keys

    def __getitem__(self, where: Where) -> Span:
        """Return the span at a path; raises KeyError where nothing is."""
        return at(self._source, *self._place(where))

    def __contains__(self, where: object) -> bool:
        """Tell whether something is at a path."""
        try:
            self._place(where)  # type: ignore[arg-type]  # whatever else it is, it is no path, and nothing is there
        except (KeyError, TypeError):
            return False
        return True

    def __iter__(self) -> Iterator[Where]:
        """Iterate over the paths in the order of the file."""
        return self._below(self._base, None)

    def __len__(self) -> int:
        """Count the paths."""
        return sum(1 for _ in self)

    def _place(self, where: Where) -> Place:
        frame = self._base
        last: str | int = ""
        for part in where:
            inside = frame.values[last]
            if not isinstance(inside, Frame):
                raise KeyError(where)
            frame, last = inside, part
        found = frame.keys[last] if self._of_keys else frame.values[last]
        return (found.start, found.stop) if isinstance(found, Frame) else found

    def _below(self, frame: Frame, around: Where | None) -> Iterator[Where]:
        for key, each in frame.values.items():
            where = () if around is None else (*around, key)
            if not self._of_keys or key in frame.keys:
                yield where
            if isinstance(each, Frame):
                yield from self._below(each, where)

    def texts(self) -> Iterator[Place]:
        """Yield where each text starts and stops, keys included."""
        waiting = [self._base]
        while waiting:
            frame = waiting.pop()
            yield from frame.keys.values()
            for each in frame.values.values():
                if isinstance(each, Frame):
                    waiting.append(each)
                else:
                    yield each


def parse(data: bytes, path: str, parser: Any = PARSERS[0]) -> Document:  # noqa: ANN401 - the parsers share no type
    """Return the one document in `data`; `path` names the file in findings, `parser` is one of `PARSERS`.

    Raises Faulty, and nothing else, with all that is wrong: what follows a syntax error, too deep a nesting or too
    many values is not read; of more than 100 findings the first 100 are given.
    """
    findings = Findings(path)
    findings.source = source = _decoded(data, findings)
    tree = Tree(_without_hidden(source, findings), findings)
    _read(tree, parser)
    if not findings.found and tree.root.get("", "") == "":
        findings.add(Slip("yaml", "yaml.empty", 0, 0))
    if findings.found:
        findings.stop()
    return Document(
        path, tree.root[""], Spans(source, tree.base, of_keys=False), Spans(source, tree.base, of_keys=True), source
    )


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


def _read(tree: Tree, parser: Any) -> None:  # noqa: ANN401, C901 - as in `parse`; a call for each event costs a tenth
    """Hand all events to the tree, or what kept the parser from going on."""
    try:
        next_event = parser(tree.source).get_event  # what `yaml.parse` does, without its detours
    except Exception as error:  # noqa: BLE001 - both parsers let out more than YAMLError
        _tell(error, tree)
        return
    scalar, start, stop = tree.scalar, tree.start, tree.stop
    while True:
        try:
            event = next_event()
        except Exception as error:  # noqa: BLE001 - as above
            _tell(error, tree)
            return
        kind = type(event)  # in the order of how often they come
        if kind is ScalarEvent:
            begin = event.start_mark.index
            if event.anchor is not None or event.tag is not None:
                tree.properties(event.anchor, event.tag, begin)
            scalar(event.value, event.style, begin, event.end_mark.index)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            stop(event.end_mark.index)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            begin = event.start_mark.index
            if event.anchor is not None or event.tag is not None:
                tree.properties(event.anchor, event.tag, begin)
            start({} if kind is MappingStartEvent else [], begin, flow=bool(event.flow_style))
        elif event is None:
            return
        elif kind is AliasEvent:
            tree.alias(event.start_mark.index, event.end_mark.index)
        elif kind is DocumentStartEvent:
            _refuse_second(tree, event.start_mark.index)


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
