"""Digits as the eye reads them and puts them together: of any script, in words, disguised, spread out, over lines."""

import re
from functools import lru_cache
from unicodedata import category, digit, normalize

from walletdoc.frozen import frozen

Span = tuple[int, int]


# --- characters, as the eye reads them

_NUMERALS = {
    char: str(value)
    for value, chars in enumerate(
        ("零〇○◯", "一壹幺弌丨", "二贰貳弍两兩", "三叁參参弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_SHAPES = {"0": "oοоօ", "1": "liıіιӏ", "2": "zƨ", "5": "sѕƽ", "8": "bв", "x": "xхχ×"}
_LOOK_ALIKES = {char: value for value, chars in _SHAPES.items() for char in chars}
_TO_DIGITS = str.maketrans(_LOOK_ALIKES)
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LONG_MARK = "ー"  # a letter by its category, a dash to the eye
_LETTERS = re.compile("[ow]+")
_COMMON = re.compile("(?<![a-z0-9])(?:is|so)(?![a-z0-9])")  # words of nothing but letters that look like digits


@frozen
class Reading:
    """What can be seen of a text: characters in lower case with digits as 0-9; their kinds; where each stands in it.

    Kinds: `d` digit, `c` Chinese numeral, `o` letter that looks like a digit or is the X of an identity number, `w`
    letter of a word, `h` ideograph or opaque, space for spaces, signs and line breaks.
    """

    chars: str
    kinds: str
    at: tuple[int, ...]


def read(text: str, opaque: re.Pattern[str]) -> Reading:
    """Read any text; what `opaque` finds in what is seen of it is no part of a run of digits, and parts them."""
    seen = [(char, kind, index) for index, raw in enumerate(text) for char, kind in _seen(raw)]
    chars = "".join(char for char, _, _ in seen)
    kinds = list(_LETTERS.sub(_word, "".join(kind for _, kind, _ in seen)))
    for found in (*_COMMON.finditer(chars), *opaque.finditer(chars)):
        kinds[slice(*found.span())] = "h" * len(found[0])
    return Reading(chars, "".join(kinds), tuple(index for _, _, index in seen))


def _word(letters: re.Match[str]) -> str:
    """Make letters that look like digits a part of the word they stand in: the o of "no 6222"."""
    return "w" * len(letters[0]) if "w" in letters[0] else letters[0]


@lru_cache(maxsize=4096)
def _seen(raw: str) -> tuple[tuple[str, str], ...]:
    """Return what one character shows, each with its kind; nothing for one that can't be seen."""
    if raw.isspace():
        return ((" ", " "),)
    return tuple(pair for char in normalize("NFKC", raw).casefold() if (pair := _kind(char)))


def _kind(char: str) -> tuple[str, str] | None:
    value = digit(char, None)
    if value is not None:
        return str(value), "d"
    if char in _NUMERALS:
        return _NUMERALS[char], "c"
    if char in _LOOK_ALIKES:
        return char, "o"
    kind = category(char)
    if kind in _UNSEEN or char in _BLANK:
        return None
    if kind[0] in "LN" and char != _LONG_MARK:
        return char, "h" if kind in {"Lo", "Nl", "No"} else "w"
    return char, " "


# --- digits, put together


@frozen
class Token:
    """Digits of one kind that touch."""

    start: int
    end: int
    kind: str
    digits: str


Run = tuple[Token, ...]  # tokens that touch
Chain = list[Run]  # runs with nothing but spaces, signs and line breaks between them

_CHAIN = re.compile("[dco]+(?: {1,6}[dco]+)*")
_RUN = re.compile("[dco]+")
_TOKEN = re.compile("d+|c+|o+")
_GROUP = 3  # shorter ones may be words


def chains(seen: Reading) -> list[Chain]:
    """Return what may be numbers, in order."""
    found = []
    for chain in _CHAIN.finditer(seen.kinds):
        runs = [_run(seen, run.span()) for run in _RUN.finditer(seen.kinds, *chain.span())]
        found.append(without_words(runs))
    return [chain for chain in found if chain]


def _run(seen: Reading, span: Span) -> Run:
    return tuple(
        Token(*token.span(), token[0][0], seen.chars[slice(*token.span())].translate(_TO_DIGITS))
        for token in _TOKEN.finditer(seen.kinds, *span)
    )


def without_words(chain: Chain) -> Chain:
    """Leave out what stands at either end and is a word, not digits: a lone I, the 一 of 123456，一直不行."""
    start, end = 0, len(chain)
    while start < end and _is_word(chain[start], chain[start + 1 : min(start + 2, end)]):
        start += 1
    while start < end and _is_word(chain[end - 1], chain[max(start, end - 2) : end - 1]):
        end -= 1
    return chain[start:end]


def _is_word(run: Run, beside: Chain) -> bool:
    kinds = {token.kind for token in run}
    if kinds == {"o"}:
        return not beside or (size(run) < _GROUP and size(run) != size(beside[0]))
    return kinds == {"c"} and bool(beside) and size(run) < _GROUP and all(token.kind != "c" for token in beside[0])


def size(run: Run) -> int:
    """Return how many digits a run has."""
    return run[-1].end - run[0].start
