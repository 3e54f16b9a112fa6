"""What a text says in each of the ways it may be written: English, Chinese, and Chinese typed as it sounds."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from walletdoc import chinese, english, pinyin
from walletdoc.frozen import frozen
from walletdoc.writing import IDEOGRAPHS

WAYS = ("en", "zh", "py")
LONGEST = 2000  # characters; what comes later in a story adds nothing
BESIDE = 0.4  # what the sound of a text that is written in characters counts: it finds 失拜 for 失败

_RUN = re.compile(f"[{IDEOGRAPHS}]+")
_LETTERS = re.compile(r"[a-zü]+")
_THRICE = re.compile(r"([^\W\d_])\1{2,}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_QUOTES = str.maketrans("’‘`´ʼ", "'''''")

Features = Mapping[str, tuple[float, str]]
"""By feature what it counts, and the word that it stands for, if it stands for one."""


@frozen
class Reading:
    """A text read once for all that look at it: legible, its Chinese in plain characters, and its English words."""

    text: str
    plain: str
    words: tuple[str, ...]


def read(text: str) -> Reading:
    """Return what a text reads as."""
    text = legible(text)
    return Reading(text, chinese.plain(text), english.words(text))


def features(reading: Reading, known: Collection[str] = ()) -> dict[str, Features]:
    """Return the features of a text by way of writing, empty where it is not written so; `known` are English stems."""
    runs = _RUN.findall(reading.plain)
    syllables = _typed_sounds(reading.text, known)
    typed = () if syllables else reading.words
    heard = chinese.syllabic(syllables) if syllables else _quieter(chinese.sounded(runs))
    ways = (english.said(typed, known), chinese.written(runs), heard)
    return {way: {each: (counts, word) for each, counts, word in said} for way, said in zip(WAYS, ways, strict=True)}


def of_phrase(text: str) -> dict[str, Features]:
    """Return the features of a phrase to find texts by: in Chinese, its sound too; Latin letters within that are names."""
    text = legible(text)
    runs = _RUN.findall(chinese.plain(text))
    typed = () if runs else english.words(text)
    ways = (english.said(typed), chinese.written(runs), chinese.sounded(runs))
    return {way: {each: (counts, word) for each, counts, word in said} for way, said in zip(WAYS, ways, strict=True)}


def legible(text: str) -> str:
    """Return a text in small letters and compatible forms, without what can't be seen and letters held down too long."""
    text = normalize("NFKC", _UNSEEN.sub("", text[:LONGEST])).casefold().translate(_QUOTES)
    return _THRICE.sub(r"\1", text)


def _quieter(said: Iterable[tuple[str, float, str]]) -> Iterator[tuple[str, float, str]]:
    """Yield the sound of what is written in characters: pairs alone, since one syllable is too many characters."""
    return ((each, counts * BESIDE, "") for each, counts, _ in said if " " in each)


def _typed_sounds(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the syllables of a text whose letters are more Chinese than English; nothing for any other."""
    if not known:
        return ()
    letters: Sequence[str] = _LETTERS.findall(text.replace("ü", "v"))
    told = [each for each in letters if not english.brand(each)]
    strange = [each for each in told if len(each) > 1 and english.stem(each) not in known and not english.empty(each)]
    half = sum(map(len, told)) / 2
    if sum(map(len, strange)) <= half or sum(len(each) for each in strange if pinyin.spelt(each)) <= half:
        return ()
    return tuple(syllable for each in told for syllable in pinyin.spelt(each))
