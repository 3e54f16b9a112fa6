"""Numbers that are told digit by digit: in words, in turns of words and digits, one after another, or with 转 between.

`digits` reads what stands together. Here are the tricks that keep the digits of a number apart, so that no run of them is
long, and that an eye or an ear puts together again: 九、五、一、八、八; 95转188; ninety-five, one, eighty-eight.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from walletdoc.frozen import frozen

_UNITS = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "niner": 9,
}  # fmt: skip
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = {
    "twenty": 2, "thirty": 3, "forty": 4, "fifty": 5, "sixty": 6, "seventy": 7, "eighty": 8, "ninety": 9,
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3}
NUMERALS = dict(
    zip("〇零一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖貳參陸弌弍弎", "0012345678921123456789236123", strict=True)
)
"""The Chinese numerals of one digit, and their digits."""

_UNIT = f"(?:{'|'.join(_UNITS)})"
_WORD = (
    rf"(?<![a-z])(?:(?:{'|'.join(_TIMES)})[\s-]{_UNIT}|(?:{'|'.join(_TENS)})(?:[\s-]?{_UNIT})?|{'|'.join(_TEENS)}|{_UNIT})"
    r"(?![a-z])"
)
_PART = rf"(?:(?P<digits>[0-9]+)|(?P<numeral>[{''.join(NUMERALS)}])|(?P<word>{_WORD}))"
_BARE = re.sub(r"\?P<\w+>", "?:", _PART)
# No dots, dashes, colons and percent signs: what they part are decimals, periods, times of day.
_BETWEEN = r"[\s、，,。;/→+&·•|()「」“”\"'*_]{0,4}"
_THEN = r"(?:and|then|和|加|再按?|然后按?|接着按?|按)"
_LINK = rf"(?:-(?=[a-z])|{_BETWEEN}(?:{_THEN}{_BETWEEN})?)"
_TOLD = re.compile(rf"{_BARE}(?:{_LINK}{_BARE}){{2,}}")
_ONE = re.compile(_PART)
_TURNED = re.compile(r"(?<![0-9])(?:[0-9]{1,4}\s{0,2}[转轉]\s{0,2}){1,8}[0-9]{1,4}(?![0-9])")
_AMOUNT = re.compile(
    r"\s?(?:[元块年月日天点时分秒周个次笔条位岁%]|小时|工作日|yuan\b|days?\b|hours?\b|minutes?\b|weeks?\b|months?\b)"
)
_LONG = 5  # digits from which on nothing but a number to call is told so
_GROUP = 3  # digits that stand together in a number that takes turns; more are one by themselves


@frozen
class Spelled:
    """A number as it was told, and its digits."""

    shown: str
    digits: str


class _Part(NamedTuple):
    kind: str
    digits: str


def spelled(text: str) -> Iterator[Spelled]:
    """Yield what a text, folded, tells digit by digit: at least three digits in words, five otherwise."""
    for match in _TURNED.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _LONG:
            yield Spelled(match[0], digits)
    for match in _TOLD.finditer(text):
        parts = [_part(each) for each in _ONE.finditer(match[0])]
        counted = all(each.kind == "digits" for each in parts) and _AMOUNT.match(text, match.end())
        if not counted and _tells(parts):
            yield Spelled(match[0], "".join(each.digits for each in parts))


def _part(match: re.Match[str]) -> _Part:
    kind = str(match.lastgroup)
    said = match[0]
    if kind == "numeral":
        return _Part(kind, NUMERALS[said])
    return _Part(kind, said if kind == "digits" else _of_words(said))


def _of_words(said: str) -> str:
    """Return the digits of `double eight`, `ninety-five`, `twelve` or `nine`."""
    first, _, rest = said.replace("-", " ").partition(" ")
    if first in _TIMES:
        return str(_UNITS[rest]) * _TIMES[first]
    if first in _TEENS:
        return str(_TEENS.index(first) + 10)
    tens = next((each for each in _TENS if first.startswith(each)), None)
    if tens is None:
        return str(_UNITS[first])
    return f"{_TENS[tens]}{_UNITS.get(rest or first.removeprefix(tens), 0)}"


def _tells(parts: Sequence[_Part]) -> bool:
    """Tell a number from a list: a list goes up, and its parts are of one kind."""
    digits = "".join(each.digits for each in parts)
    kinds = {each.kind for each in parts}
    if kinds == {"word"} and len(digits) == len(parts) < _LONG:
        return True  # one one zero: whether it is a number is for whoever knows the numbers
    if len(digits) < _LONG or all(int(one.digits) <= int(next_.digits) for one, next_ in pairwise(parts)):
        return False
    if kinds == {"digits"}:
        return all(len(each.digits) == 1 for each in parts)
    turns = sum(one.kind != next_.kind for one, next_ in pairwise(parts))
    return len(kinds) == 1 or (turns > 1 and all(len(each.digits) <= _GROUP for each in parts))
