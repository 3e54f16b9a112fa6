"""What a rule looks at: one file with its model and texts, or a pack as a whole; and what it finds."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from walletdoc.decode import yaml_name
from walletdoc.flow import Flow, Node, Step
from walletdoc.frozen import frozen
from walletdoc.known import Known
from walletdoc.library import Library
from walletdoc.packfiles import File
from walletdoc.text import Lang, Lines, Text
from walletdoc.truth import Proof, prove
from walletdoc.writing import folded
from walletdoc.yamlfile import Document, Value

Where = tuple[str | int, ...]

LANGS: tuple[Lang, ...] = ("zh", "en")
PARTING = "\0"


@frozen
class Finding:
    """One thing that a rule found: where in the file (at a key or its value), and what was wrong."""

    where: Where
    message: Text
    of_key: bool = False


class Said(NamedTuple):
    """One text for people in one language, and where it stands; `slot` is its key in the file, such as `say`."""

    where: Where
    lang: Lang
    slot: str
    text: str


class Pair(NamedTuple):
    """One text, or one list of texts, in both languages, and where it stands; `slot` is its key as in `Said`."""

    where: Where
    slot: str
    text: Text | Lines


class Prose:
    """Texts in one language, and all of them as one string, so that a pattern goes over them in a single search.

    In that string a NUL stands between two texts; no text has one.
    """

    def __init__(self, texts: Iterable[Said]) -> None:
        """Take the texts in the order of the file."""
        self.texts = tuple(texts)
        self.joined = PARTING.join([each.text for each in self.texts])

    @cached_property
    def folded(self) -> str:
        """All texts as one string, without differences of width and case; what stands at its n-th NUL follows text n."""
        return folded(self.joined)

    def of_folded(self, places: Iterable[int]) -> Iterator[tuple[Said, str]]:
        """Yield each text in which one of these characters of `folded` stands, once and in order, and the text folded."""
        parts = self._folded_parts
        starts = self._folded_starts
        for at in sorted({bisect_right(starts, place) - 1 for place in places}):
            yield self.texts[at], parts[at]

    @cached_property
    def _folded_parts(self) -> list[str]:
        return self.folded.split(PARTING)

    @cached_property
    def _folded_starts(self) -> list[int]:
        return list(accumulate([len(each) + 1 for each in self._folded_parts], initial=0))

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(each.text) + 1 for each in self.texts), initial=0))

    def with_words(self, words: Iterable[str]) -> Iterator[tuple[Said, str]]:
        """Yield each text that has one of these words, as `of_folded`; quicker than a pattern with a choice of them."""
        return self.of_folded([at for word in words for at in _places(self.folded, word)])

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[Said, re.Match[str]]]:
        """Yield each match with the text that it is in; its positions count in the joined string."""
        for match in pattern.finditer(self.joined):
            yield self.texts[bisect_right(self._starts, match.start()) - 1], match


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


class Texts:
    """Every text of a file: both languages together, each alone, and all of a language as one string."""

    def __init__(self, found: Iterable[Pair]) -> None:
        """Take the texts in the order of the file."""
        self.pairs = tuple(found)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Each text in each language."""
        return tuple(said(self.pairs))

    @cached_property
    def prose(self) -> Mapping[Lang, Prose]:
        """Each text by language, to be searched at once."""
        return {lang: Prose(each for each in self.said if each.lang == lang) for lang in LANGS}

    @cached_property
    def untranslated(self) -> frozenset[Where]:
        """Where a text stands that is the same in both languages; what is wrong with it is said once, not by each rule."""
        alike = (pair.where for pair in self.pairs if pair.text.zh == pair.text.en)
        return frozenset((*where, lang) for where in alike for lang in LANGS)


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
    def texts(self) -> Texts:
        """Every text of the file."""
        return Texts(pairs(self.owner, ()))

    @property
    def said(self) -> tuple[Said, ...]:
        """Every text of the file, in both languages."""
        return self.texts.said

    @cached_property
    def proof(self) -> Proof | None:
        """The proof of the flow, made once for all rules that need it; None for a step."""
        return prove(self.owner, self.library) if isinstance(self.owner, Flow) else None

    @cached_property
    def known(self) -> Known:
        """What is known of the facts at each node, found out once for all rules that need it."""
        return Known(self.owner, self.library)


@dataclass(frozen=True)
class PackSubject:
    """A pack as a whole, for one rule: its notes by the key of the file, and the registries that could be read."""

    notes: Mapping[str, Any]
    registries: Mapping[str, Document]
    library: Library
    as_of: date

    @cached_property
    def texts(self) -> Mapping[str, Texts]:
        """Every text of each registry, by its key."""
        return {key: Texts(self._pairs(key, document.value)) for key, document in self.registries.items()}

    def own(self, name: str) -> Mapping[str, Any]:
        """Return the entries of this pack's own facts, contacts, prepare or times, by id; none without that file."""
        document = self.registries.get(f"{name}.yaml")
        every: Mapping[str, Any] = getattr(self.library.registries, name)
        return {id_: each for id_, each in every.items() if document and (name, id_) in document.keys}

    def _pairs(self, key: str, value: Value) -> Iterator[Pair]:
        name = key.removesuffix(".yaml")
        yield from pairs(self.own(name), (name,))
        never = value.get("never") if isinstance(value, dict) else None
        lists = [never.get(lang) for lang in LANGS] if isinstance(never, dict) else []
        if lists and all(isinstance(each, list) for each in lists):  # else it is told of where it is read
            zh, en = (tuple(map(str, each or ())) for each in lists)
            yield Pair(("never",), "never", Lines(zh, en))

    def in_registries(self, find: Callable[[Texts], Iterator[Finding]]) -> Iterator[tuple[str, Finding]]:
        """Yield what is found in the texts of each registry, with its key."""
        for key, texts in self.texts.items():
            yield from ((key, each) for each in find(texts))


def pairs(value: object, at: Where) -> list[Pair]:
    """Return every text and list below a value of the model, with the key that it stands under."""
    found: list[Pair] = []
    _collect(value, at, "", found)
    return found


def _collect(value: object, at: Where, slot: str, found: list[Pair]) -> None:
    if isinstance(value, Text | Lines):
        found.append(Pair(at, slot, value))
    elif isinstance(value, dict):
        for key, each in value.items():
            _collect(each, (*at, key), slot, found)
    else:
        for name, key in _slots(type(value)):  # type: ignore[arg-type]  # mypy takes a class's __hash__ for its instances'
            each = getattr(value, name)
            if each is not None:
                _collect(each, (*at, key), key, found)


@cache
def _slots(model: type) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model that hold texts or other models, by name and key; a plain value has none."""
    named = fields(model) if is_dataclass(model) else ()
    return tuple((each.name, yaml_name(each.name)) for each in named if "walletdoc." in str(each.type))


def said(found: Iterable[Pair]) -> list[Said]:
    """Return each text of these pairs in each of its languages."""
    told: list[Said] = []
    for at, slot, text in found:
        if isinstance(text, Text):
            told += (Said((*at, "zh"), "zh", slot, text.zh), Said((*at, "en"), "en", slot, text.en))
        else:
            for lang in LANGS:
                told += [Said((*at, lang, index), lang, slot, each) for index, each in enumerate(text.of(lang))]
    return told
