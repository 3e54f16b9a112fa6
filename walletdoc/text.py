"""A text in its languages, and what of a text may reach a screen.

What may stand in a text is decided in one place, `hidden`, by an allow-list of Unicode general categories: letters,
marks, numbers, punctuation, symbols, the plain and the ideographic space, the end of a line. Refused are control and
format characters (bidirectional overrides, zero-width joiners, tags), private, unassigned and lone surrogate code
points, odd spaces, the tab (its width is the screen's, not the author's), letters and marks that print nothing, and
marks heaped on one letter. `forbidden` finds them in packs, `visible` spells them out everywhere else.
"""

import unicodedata
from collections.abc import Iterator
from typing import Literal

from walletdoc.frozen import frozen

Lang = Literal["zh", "en"]

MAX_HEAPED = 4  # marks on one letter; living languages need no more, a fifth runs over the lines above and below

_CATEGORIES = frozenset({
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No",
    "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
})  # fmt: skip
_SPACES = frozenset(" \n\u3000")
_HEAPING = frozenset({"Mn", "Me"})
# Of an allowed category and yet without a shape: joiners, fillers, variation selectors, the Braille blank.
_SHAPELESS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\U00016fe4\U0001d159"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# Characters known to be fine wherever they stand. It grows with what is read, so that a text costs two set operations;
# a regular expression of these ranges takes longer to compile than all texts of a session to check.
_fine = {chr(code) for code in range(ord(" "), ord("~") + 1)} | {"\n"}


@frozen
class Text:
    """One text for people, in both languages."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.zh if lang == "zh" else self.en


@frozen
class Lines:
    """A list for people (numbered steps, phrases), in both languages."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def of(self, lang: Lang) -> tuple[str, ...]:
        """Return the list in one language."""
        return self.zh if lang == "zh" else self.en


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Yield index and character of all that may not stand in a text, in their order."""
    strange = set(text) - _fine
    if not strange:
        return
    kinds = {char: unicodedata.category(char) for char in strange}
    refused = {char for char, category in kinds.items() if not _may_stand(char, category)}
    heaping = {char for char, category in kinds.items() if category in _HEAPING}
    _fine.update(strange - refused - heaping)
    heap = 0
    for index, char in enumerate(text if refused or heaping else ""):
        heap = heap + 1 if char in heaping else 0
        if heap > MAX_HEAPED or char in refused:
            yield index, char


def forbidden(text: str) -> tuple[int, str] | None:
    """Return index and character of the first that may not stand in a pack text; None where all may."""
    return next(hidden(text), None)


def visible(text: str, *, lines: bool = False) -> str:
    """Return the text with each character that may not stand spelled out as `<U+202E>`; never raises.

    Ends of lines are spelled out too, unless `lines` keeps them.
    """
    found = list(hidden(text))
    if found:
        shown = list(text)
        for index, char in found:
            shown[index] = spelled(char)
        text = "".join(shown)
    return text if lines else text.replace("\n", spelled("\n"))


def brief(text: str, most: int = 40) -> str:
    """Return the text on one line, visible and cut after `most` characters, to be quoted in a message."""
    return visible(text if len(text) <= most else f"{text[: most - 1]}…")


def spelled(char: str) -> str:
    """Return one character as `<U+202E>`."""
    return f"<U+{ord(char):04X}>"


def _may_stand(char: str, category: str) -> bool:
    return char in _SPACES or (category in _CATEGORIES and char not in _SHAPELESS)
