"""The telephone numbers in a text, read as the eye reads them, whatever they are dressed up in.

Every character becomes a mark: `0-9` a digit of any script; `a-j` a Chinese numeral; `A-J` a letter that looks like a
digit; `W` another letter of an alphabet; `Z` an ideograph; `;` the end of a sentence or line; `¥` a currency; `~` any
other symbol. Spaces, dashes and ASCII punctuation stand for themselves, and what can't be seen has no mark. Then all is
patterns.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal
from unicodedata import category, digit, normalize, numeric

from walletdoc.frozen import frozen

Place = Literal["alone", "extension", "address"]
Span = tuple[int, int]


@frozen
class Number:
    """A number as it was written, hostile characters and all; what it reads; and whether something belongs to it.

    `key` holds the digits, and `+`, `*`, `#` where they stand. `place` says that an extension follows, or that the
    number is a part of an address or account name and not to be dialled.
    """

    shown: str
    key: str
    place: Place


def numbers(text: str, listed: Callable[[str], bool]) -> tuple[Number, ...]:
    """Return the numbers in a text, in order; `listed` says of a key that somebody is known to have it.

    Groups parted by spaces, dashes, brackets or dots are one number. Where it is open whether letters or commas belong
    to it, they do if that makes it a listed one. Amounts, lengths of time and less than three digits are no numbers.
    Takes any text, in time linear in its length.
    """
    marks, at = _read(text)
    found: list[Number] = []
    extension = -1
    for start, end in _spans(text, marks, at, listed):
        key = _key(marks, (start, end))
        if at[start] == extension or len(key) < _SHORTEST:
            continue
        after = at[end - 1] + 1
        place: Place = "address" if _in_address(text, marks, at, (start, end)) else "alone"
        if (begins := _extension(text, at, after)) is not None:
            place, extension = "extension", begins
        found.append(Number(text[at[start] : after], key, place))
    return tuple(found)


# --- characters to marks

_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029，。、；：！？｡､…")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LOOK_ALIKES = {
    "A": "OoОоΟοՕօסØø",
    "B": "Il|ІіΙιӀӏǀı",
    "C": "ZzΖƧƨ",
    "D": "ЗзƷʒӠӡ",
    "E": "Чч",
    "F": "SsЅѕƼƽ",
    "G": "bБбЬь",
    "I": "BВΒȢȣ",
    "J": "gqԛ",
}
_EYE = {char: mark for mark, chars in _LOOK_ALIKES.items() for char in chars}
_EYE |= {"○": "a", "◯": "a", "丨": "b", "两": "c", "−": "-", "ー": "-", "\t": " "}
_LETTER_VALUES = str.maketrans("ABCDEFGHIJ", "0123456789")
_NUMERAL_VALUES = str.maketrans("abcdefghij", "0123456789")


@lru_cache(maxsize=4096)
def _marks(char: str) -> str:
    if char in _ENDS:
        return ";"
    return "".join(map(_mark, normalize("NFKD", char)))


def _mark(char: str) -> str:
    """Return the mark of one decomposed character, or nothing for one that can't be seen."""
    value = digit(char, None)
    if value is not None:
        return str(value)
    kind = category(char)
    if char in _EYE:
        return _EYE[char]
    if kind in {"Mn", "Me", "Cf", "Cc"} or char in _BLANK_LETTERS:
        return ""
    if kind in {"Lo", "Nl"} and (value_ := numeric(char, -1)) in range(10):
        return "abcdefghij"[int(value_)]
    if char.isascii() and kind[0] in "PS" and kind != "Sc":
        return "," if char == ";" else char
    return {"Zs": " ", "Sc": "¥", "Pd": "-", "Lo": "Z"}.get(kind, "W" if kind[0] in "LN" else "~")


_ROUND_THE_CLOCK = re.compile(r"(?<![0-9])(?:24[/*]7|7[/*]24)(?![0-9])")
_FULL_STOP = re.compile(r"\.(?= )")
_NUMERALS = re.compile(r"[a-j](?:[^0-9A-JWZa-j;¥]*[a-j])*")
_LETTERS = re.compile(r"[A-JW]+")


def _read(text: str) -> tuple[str, list[int]]:
    """Return the marks of a text, and for each the index of its character."""
    pairs = [(mark, index) for index, char in enumerate(text) for mark in _marks(char)]
    marks = "".join(mark for mark, _ in pairs)
    marks = _LETTERS.sub(_letters, _NUMERALS.sub(_numerals, marks))
    marks = _ROUND_THE_CLOCK.sub(";;;;", _FULL_STOP.sub(",", marks))
    return marks, [index for _, index in pairs]


def _numerals(match: re.Match[str]) -> str:
    """Make Chinese numerals digits, but not one that is a part of a word: 一下, 第三方, 统一."""
    run, around = match[0], _around(match)
    if len(run) == 1 and "Z" in around:
        return "Z"
    return run.translate(_NUMERAL_VALUES)


def _letters(match: re.Match[str]) -> str:
    """Make letters that look like digits digits where they touch one; leave them open elsewhere; a word is a word."""
    run, around = match[0], _around(match)
    if "W" in run:
        return "W" * len(run)
    return run.translate(_LETTER_VALUES) if _DIGIT.search(around) else run


def _around(match: re.Match[str]) -> str:
    start, end = match.span()
    return match.string[max(0, start - 1) : start] + match.string[end : end + 1]


# --- marks to spans

_SHORTEST = 3  # 110
_SURE = 5  # from this length on, commas inside are no fraction or date: 1/10 is not the police
_DIGIT = re.compile("[0-9]")
_NUMERAL = re.compile("[0-9a-jA-J]")
_RUN = re.compile("[^WZ;¥]+")
_CORE = re.compile("(?:[+*#](?! )|[0-9A-J])(?:.*(?:(?<! )[*#]|[0-9A-J]))?", re.DOTALL)
_STRESSED = re.compile(r"(\*{1,3})[^*#]*\1")  # **95188** is bold; a code to dial ends in #
_NOT_KEY = re.compile("[^0-9A-J+*#]")
_LONG_GROUP = re.compile("[0-9]{3}")
_OPEN_LETTERS = re.compile("[A-J]+")
# A list's commas part numbers; but a group of one or two digits that touches one belongs to what it touches: 95188,1.
_COMMA = re.compile(
    r"(?<=[0-9])[,/&](?=[0-9]{1,2}(?![0-9]))"
    r"|(?:(?<=(?<![0-9])[0-9])|(?<=(?<![0-9])[0-9][0-9]))[,/&](?=[0-9])"
    r"|(?P<parts>[,/&:!?])"
)


def _spans(text: str, marks: str, at: list[int], listed: Callable[[str], bool]) -> Iterator[Span]:
    for run in _RUN.finditer(marks):
        span = _core(marks, run.span())
        span = span and _without_amounts(text, marks, at, span)
        if span:
            yield from _parts(marks, span, listed)


def _parts(marks: str, span: Span, listed: Callable[[str], bool]) -> Iterator[Span]:
    """Part a run into its numbers, as few as may be if they are listed."""
    start, end = span
    inside, key = marks[start:end], _key(marks, span)
    commas = list(_COMMA.finditer(inside))
    likely = not commas or len(key) >= _SURE or _LONG_GROUP.search(inside)
    known = likely and listed(key)
    parting = [match.span() for match in commas if match["parts"]]
    cuts = parting or [match.span() for match in _OPEN_LETTERS.finditer(inside)]
    if known or not cuts:
        if known or (likely and _DIGIT.search(inside)):
            yield span
        return
    edges = [0, *(each for cut in cuts for each in cut), len(inside)]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        part = _core(marks, (start + left, start + right))
        if part:
            yield from _parts(marks, part, listed)


def _core(marks: str, span: Span) -> Span | None:
    """Cut what is not a part of a number off both ends; None where nothing is left."""
    core = _CORE.search(marks, *span)
    if not core:
        return None
    stressed = _STRESSED.fullmatch(core[0])
    margin = len(stressed[1]) if stressed else 0
    return core.start() + margin, core.end() - margin


def _key(marks: str, span: Span) -> str:
    return _NOT_KEY.sub("", marks[slice(*span)]).translate(_LETTER_VALUES)


# --- what stands around a number

_FAR = 16  # how far around a number is looked
_MONEY = re.compile(r"\s*(?:元|块|圆|万(?![一万])|%|yuan\b|rmb\b|cny\b)", re.IGNORECASE)
_CURRENCY = re.compile(r"(?<![A-Za-z])(?:RMB|CNY|USD|HKD)\s?$|人民币\s?$")
_UNIT = re.compile(
    r"\s*(?:年|月|日|天(?!天)|点|时|分(?![机機])|秒|周|个|次|笔|条|位|岁|小时|工作日"
    r"|(?:days?|hours?|h|hrs?|minutes?|mins?|weeks?|months?|years?|times?)\b)",
    re.IGNORECASE,
)
_LAST_GROUP = re.compile(r"(?<![0-9])[0-9]+(?:[.,*][0-9]+)*$")
_FIRST_GROUP = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_RICH = 10  # digits, commas and dots of an amount; more are a number, with a word for money behind it as a disguise
_BRIEF = 4  # digits of an amount of time; more before 天 are a number that comes every day
_EXTENSION = re.compile(
    r"[\s\xad\u200b-\u200f\u2060\ufeff:：,，()（）-]*(?:转接?|轉接?|分机号?|分機號?|内线|ext(?:ension)?|x)"
    r"[\s\xad\u200b-\u200f\u2060\ufeff:：,.-]*",
    re.IGNORECASE,
)
_ADDRESS_BEFORE = re.compile(r"[A-JW](?:://|[@._/\\=&-]+)?$")
_ADDRESS_AFTER = re.compile(r"[@._/\\=&-]*[A-JW]")
_LABEL = re.compile(r"(?:^|[^a-z])(?:tel|phone|ph|no|call|dial|hotline|number|mob|fax)[.:/-]*$", re.IGNORECASE)


def _without_amounts(text: str, marks: str, at: list[int], span: Span) -> Span | None:
    """Leave out a group of digits before a unit or after a currency: 95188 24小时, ¥110."""
    start, end = span
    after = at[end - 1] + 1
    tail = normalize("NFKC", text[after : after + _FAR])
    last = _LAST_GROUP.search(marks[max(start, end - _FAR) : end])
    if last and ((_MONEY.match(tail) and len(last[0]) <= _RICH) or (_UNIT.match(tail) and len(last[0]) <= _BRIEF)):
        end -= len(last[0])
    money = marks[max(0, start - _FAR) : start].rstrip(" ").endswith("¥")
    if money or _CURRENCY.search(text[max(0, at[start] - _FAR) : at[start]]):
        first = _FIRST_GROUP.match(marks, start, end)
        start = first.end() if first else start
    return _core(marks, (start, end))


def _in_address(text: str, marks: str, at: list[int], span: Span) -> bool:
    start, end = span
    before = marks[max(0, start - _FAR) : start]
    label = text[max(0, at[start] - _FAR) : at[start]]
    joined = _ADDRESS_BEFORE.search(before) and not _LABEL.search(label)
    return bool(joined or _ADDRESS_AFTER.match(marks, end))


def _extension(text: str, at: list[int], after: int) -> int | None:
    """Return where the digits of an extension begin, if a word for one and then digits follow."""
    word = _EXTENSION.match(text, after)
    next_ = bisect_left(at, word.end()) if word else len(at)
    if next_ == len(at) or not _NUMERAL.match(_marks(text[at[next_]])):
        return None
    return at[next_]
