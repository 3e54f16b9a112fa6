"""How Chinese and English are written: ideographs, marks, placeholders, names that stay as they are, sentences."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import combining, is_normalized, normalize

from walletdoc.text import Lang

IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The characters of Chinese words, as the inside of a character class."""
WIDE_MARKS = "\u3001-\u3003\u3008-\u301b\uff01-\uff60"
"""Chinese punctuation and full-width forms; quotes, dashes and dots that English has as well are not among them."""

IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")
PLACEHOLDER = re.compile(r"\{[^{}\0]*\}")

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
# Names of one word that look like any other word at the start of a sentence.
_NAMES = frozenset({
    "alipay", "android", "apple", "bluetooth", "douyin", "google", "huawei", "mastercard", "meituan", "taobao",
    "tencent", "visa", "wechat", "xiaomi",
})  # fmt: skip
_STOPS = {"zh": re.compile(r"[。！？；\n]+"), "en": re.compile(r"[.!?;]+[”’\")]*(?=\s|$)|\n")}
_UNSPOKEN = re.compile(r"[\s!-#%-*,-/:;?@\[-\]_{}“”‘’…—·、。，；：？！（）《》【】「」]+")


def is_name(text: str) -> bool:
    """Whether a text in Latin letters is one that Chinese writes so too: Apple Pay, iPhone, ATM; True if it has no letters."""
    words = _WORD.findall(PLACEHOLDER.sub("", text))
    if len(words) == 1 and words[0][1:].islower():
        return words[0].casefold() in _NAMES
    return all(word != word.lower() for word in words)


def sentences(text: str, lang: Lang) -> Iterator[str]:
    """Yield the sentences of a text, without what ends them."""
    yield from filter(None, map(str.strip, _STOPS[lang].split(text)))


def spoken(text: str) -> str:
    """Return a text as it is read aloud: without case, width, spaces and punctuation; signs such as + and < stay."""
    read = folded(text)
    return _UNSPOKEN.sub("", read) or read


def folded(text: str) -> str:
    """Return a text without differences of width and case: its NFKC form, case-folded."""
    if text.isascii():
        return text.lower()
    if is_normalized("NFKC", text):
        return text.casefold()
    forms = {char: _form(char) for char in set(text)}
    if None in forms.values():
        return normalize("NFKC", text).casefold()
    for char, form in forms.items():  # few change, and to replace those is quicker than to normalize all
        if form != char:
            text = text.replace(char, form or "")
    return text.casefold()


@cache
def _form(char: str) -> str | None:
    """Return the NFKC form of a character; None where it may depend on what stands beside it, as that of a mark does."""
    form = normalize("NFKC", char)
    return (
        form if all(each < "\u0300" or ("\u2010" <= each < "\ua000" and not combining(each)) for each in form) else None
    )
