"""Builds the values of a YAML document, and their places, out of what a parser reports; knows no parser.

The strict subset and its limits are held here: one pass, no recursion, nothing looked up twice. What is refused is
told to `Findings` and the building goes on with something in its place, so that all else is found as well. Places
count characters from 0.
"""

import re

from walletdoc.findings import Findings
from walletdoc.slip import Slip, after_colon, ends_in_comment, feature, follows_unquoted, place_of, unseen
from walletdoc.span import at
from walletdoc.text import brief, forbidden

MAX_DEPTH = 24
MAX_VALUES = 50_000
MAX_TEXT = 4_000

Value = str | list["Value"] | dict[str, "Value"]
Items = list[Value] | dict[str, Value]
Where = tuple[str | int, ...]
Place = tuple[int, int]

_LANGUAGES = frozenset({"zh", "en"})
_ID = re.compile(r"[a-z0-9.-]+")
REPLACED = "\ue000"  # stands in the source for a hidden character that was told; no text that is accepted has one

_BLOCK = frozenset({"|", ">"})
_NO_KEYS = {"": "yaml.key", "<<": "yaml.merge"}  # of keys without quotes; with them they are texts like others


class Frame:
    """A list or mapping, while it is built and afterwards, with the places of what is in it.

    `key` is, in a mapping, the key whose value comes next, None where a key comes next; in a list, the list's own key.
    `keys` and `values` say where each key and each value stands, a list or mapping among the values by its own frame:
    paths are followed from the root when somebody asks, which few do. `told` says that a slip was found: what follows
    here is an echo.
    """

    __slots__ = ("flow", "items", "key", "keys", "start", "stop", "told", "values")

    def __init__(self, items: Items, key: str | None, start: int, *, flow: bool) -> None:
        """Take an empty list or mapping, its `key`, where it starts, and whether it has brackets."""
        self.items = items
        self.key = key
        self.start = self.stop = start
        self.flow = flow
        self.told = False
        self.keys: dict[str | int, Place] = {}
        self.values: dict[str | int, Place | Frame] = {}


class Tree:
    """The values so far, the root under the key "" of `root`; `frame` is the innermost open list or mapping.

    Every method may raise Faulty: a limit was passed, or the findings are too many.
    """

    def __init__(self, source: str, findings: Findings) -> None:
        """Take the text that places count in, and where to tell what is refused."""
        self.source = source
        self.findings = findings
        self.root: dict[str, Value] = {}
        self.frame = self.base = Frame(self.root, "", 0, flow=False)
        self.open: list[Frame] = []  # the frames around
        self.count = 0
        self.end = 0  # of the last thing built: a list or mapping without brackets ends where its last item does
        self.unquoted = (0, 0)
        self.slipped = -1  # where the last slip was
        self._may_hide = "\\" in source or "\t" in source  # else a text has only what the source was searched for

    def scalar(self, text: str, style: str | None, start: int, stop: int) -> None:
        """Take a text; `style` is its opening mark, empty where it has none."""
        if len(text) > MAX_TEXT:
            values = {"count": f"{len(text):,}", "most": f"{MAX_TEXT:,}"}
            self.findings.add(Slip("limit", "yaml.text", start, start + 1, values))
        elif self._may_hide:
            self._check_hidden(text, style, start, stop)
        frame = self.frame
        self.end = stop
        if frame.key is None:
            if text in frame.items or text in _NO_KEYS:
                self._check_key(text, start, stop, plain=not style)
            frame.key = text
            frame.keys[text] = (start, stop)
            return
        if style in _BLOCK:
            stop = self.end = start + len(self.source[start:stop].rstrip())
        elif not style:
            if text:
                self._check_unquoted(text, start, stop)
            else:
                start = stop = self.end = self._empty(start)
        self._value(frame, text, (start, stop), start)

    def start(self, items: Items, start: int, *, flow: bool) -> None:
        """Open an empty list or mapping; `flow` says that it has brackets."""
        if len(self.open) >= MAX_DEPTH:
            self.findings.end(Slip("limit", "yaml.depth", start, start + 1, {"most": MAX_DEPTH}))
        around = self.frame
        key = around.key
        self.frame = frame = Frame(items, None if isinstance(items, dict) else key or "", start, flow=flow)
        if key is None:
            self._unusable_key(around, start)
        else:
            self._value(around, items, frame, start)
        self.open.append(around)
        if flow and frame.key is None and self.source[start] not in "{&!":
            self._slip(Slip("yaml", "yaml.colon", start, start + 1))

    def stop(self, stop: int) -> None:
        """Close the innermost list or mapping; `stop` is where its bracket does."""
        frame = self.frame
        if not frame.flow:
            stop = self.end
        elif "zh" in frame.items or "en" in frame.items:
            self._check_languages(frame)
        self.end = frame.stop = stop
        self.frame = self.open.pop()

    def alias(self, start: int, stop: int) -> None:
        """Refuse an alias, in the place of a value or a key."""
        self.findings.add(feature("alias", start, stop))
        if self.frame.key is None:
            self._expect(self.frame, f"\0{start}", start, stop)
        else:
            self._value(self.frame, "", (start, stop), start)

    def properties(self, anchor: str | None, tag: str | None, start: int) -> None:
        """Refuse the anchor and the tag that stand before a value or a key, from `start` on."""
        for kind, mark, given in (("anchor", "&", anchor), ("tag", "!", tag)):
            if given is not None:
                place = max(self.source.find(mark, start), start)
                self.findings.add(feature(kind, place, place + 1))

    def is_echo(self, place: int) -> bool:
        """Tell whether a syntax error here follows from what was already told.

        That is: from a hidden character or a slip on its line, or a slip in brackets that are still open.
        """
        if REPLACED in self.source[self.source.rfind("\n", 0, place) + 1 : place]:
            return True
        if self.slipped < 0:
            return False
        if "\n" not in self.source[self.slipped : place]:
            return True
        still_open = (self.frame, *self.open)
        return any(frame.flow and frame.start <= self.slipped for frame in still_open)

    # --- keys and values -----------------------------------------------------------------------------------------

    def _check_key(self, text: str, start: int, stop: int, *, plain: bool) -> None:
        frame = self.frame
        if text in frame.items and not frame.told and REPLACED not in text:
            values = {"key": brief(text), "line": at(self.source, *frame.keys[text]).line}
            self.findings.add(Slip("duplicate-key", "yaml.duplicate", start, stop, values))
        if plain and text in _NO_KEYS:
            self.findings.add(Slip("strict", _NO_KEYS[text], start, stop))

    def _unusable_key(self, frame: Frame, start: int) -> None:
        """Refuse a list or mapping as a key; its value gets a key that no text can be."""
        self.findings.add(Slip("strict", "yaml.key", start, start + 1))
        self._expect(frame, f"\0{start}", start, start + 1)

    def _expect(self, frame: Frame, key: str, start: int, stop: int) -> None:
        frame.key = key
        frame.keys[key] = (start, stop)

    def _value(self, frame: Frame, value: Value, place: Place | Frame, start: int) -> None:
        if self.count > MAX_VALUES:  # the root is not counted
            self.findings.end(Slip("limit", "yaml.values", start, start + 1, {"most": f"{MAX_VALUES:,}"}))
        self.count += 1
        items = frame.items
        if isinstance(items, list):
            frame.values[len(items)] = place
            items.append(value)
        else:
            key = frame.key or ""
            items[key] = value
            frame.values[key] = place
            frame.key = None

    # --- slips ---------------------------------------------------------------------------------------------------

    def _check_hidden(self, text: str, style: str | None, start: int, stop: int) -> None:
        found = forbidden(text)
        if found is not None:
            place = place_of(found[1], self.source, start, stop, escapes=style == '"')
            self.findings.add(unseen(found[1], *place))

    def _check_unquoted(self, text: str, start: int, stop: int) -> None:
        self.unquoted = (start, stop)
        if self.frame.key in _LANGUAGES and ends_in_comment(self.source, stop):
            self._slip(Slip("yaml", "yaml.comment", start, stop, {"text": brief(text)}))

    def _empty(self, start: int) -> int:
        """Return where a value that was left out stands: after the colon, whatever the parser says.

        A key without a colon is what is left of an unquoted text with a comma in it, or starting with `{`.
        """
        frame = self.frame
        if isinstance(frame.items, list) or frame is self.base:
            return start
        key_start, key_stop = frame.keys[frame.key or ""]
        colon = after_colon(self.source, key_stop)
        if colon is not None:
            return colon
        if frame.key and not frame.told:
            self._slip(self._without_colon(frame, key_start, key_stop))
        return start

    def _without_colon(self, frame: Frame, start: int, stop: int) -> Slip:
        if frame.flow and not frame.items:
            return Slip("yaml", "yaml.brace", frame.start, stop, {"mark": "{"})
        values = {"text": brief(self.source[start:stop])}
        return Slip("yaml", "yaml.comma" if frame.flow else "yaml.no-colon", start, stop, values)

    def _check_languages(self, frame: Frame) -> None:
        """Refuse `{zh: 好, 注意: 别付, en: Ok}`, where the text was meant to go on after the comma."""
        if frame.told or isinstance(frame.items, list):
            return
        for key in frame.items:
            start, stop = frame.keys[key]
            if not _ID.fullmatch(key) and follows_unquoted(self.source, start):
                self._slip(Slip("yaml", "yaml.comma", start, stop, {"text": brief(key)}))
                return

    def _slip(self, slip: Slip) -> None:
        self.frame.told = True
        self.slipped = slip.start
        self.findings.add(slip)
