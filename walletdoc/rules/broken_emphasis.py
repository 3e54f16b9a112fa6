"""Bold marks that don't make anything bold, so that the stars stay on the screen.

Markdown takes `**` as a mark only if what is inside touches it, and if, where a punctuation mark is on the inside, there
is a space or another punctuation mark on the outside. In Chinese without spaces `**“付款”**页面` fails: put the quotes
outside the stars. A contact's name may end in a bracket, so `{wallet.name}` counts as punctuation. Two stars on each
side, opened and closed on the same line, are the only emphasis there is.

Bad:
    nodes:
      record:
        how: {zh: "打开**“账单”**页面，找到这一笔。", en: "Open the **bill** and find this top-up."}

Good:
    nodes:
      record:
        how: {zh: "打开“**账单**”页面，找到这一笔。", en: "Open the **bill** and find this top-up."}
"""

import re
from collections.abc import Iterator
from unicodedata import category

from walletdoc.diagnostic import Severity
from walletdoc.subject import LANGS, Finding, PackSubject, Subject, Texts
from walletdoc.text import Text, brief

ZH = """加粗的星号不起作用，原样留在屏幕上。

Markdown 认 `**` 有条件：里面的字要紧挨着它；里面挨着的是标点时，外面要是空格或标点。中文没有空格，`**“付款”**页面` 就不会变粗，
要把引号放到星号外面。联系对象的名字可能以括号结尾，所以 `{wallet.name}` 也算标点。加粗只有一种写法：两边各两个星号，在同一行里。
"""
SEVERITY = Severity.WARNING

_STARS = re.compile(r"\*+")
_BULLET = re.compile(r"^[ \t]*\* ")  # told of by markup
_TIME = re.compile(r"\{time\.[^{}\0]*\}")  # comes out as a number and a word
_MARK = "**"


def check(subject: Subject) -> Iterator[Finding]:
    """Find emphasis in a flow or step that will not show."""
    yield from _broken(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find emphasis in the registries that will not show."""
    yield from pack.in_registries(_broken)


def _broken(texts: Texts) -> Iterator[Finding]:
    for lang in LANGS:
        if "*" not in texts.prose[lang].joined:
            continue
        for said in texts.prose[lang].texts:
            if "*" in said.text:
                message = next(filter(None, map(_wrong, said.text.split("\n"))), None)
                if message is not None:
                    yield Finding(said.where, message)


def _wrong(line: str) -> Text | None:
    """Return what is wrong with the first mark of a line that does not do what it is there for."""
    line = _TIME.sub("1", line)
    opened: re.Match[str] | None = None
    for stars in _STARS.finditer(_BULLET.sub(_blank, line)):
        if stars[0] != _MARK:
            return Text(
                zh=f"“{stars[0]}”会原样显示；加粗写成“**字**”", en=f"'{stars[0]}' stays as it is; bold is '**word**'"
            )
        inside, outside = stars.end(), stars.start() - 1
        if opened is not None:
            inside, outside = outside, inside
        if not _takes(line, inside, outside):
            return _beside_mark(line, stars)
        opened = stars if opened is None else None
    if opened is None:
        return None
    return Text(zh="加粗的“**”没有在这一行里结束", en="the '**' of bold text is not closed on this line")


def _blank(bullet: re.Match[str]) -> str:
    return " " * len(bullet[0])


def _takes(line: str, inside: int, outside: int) -> bool:
    """Whether Markdown takes stars with these characters beside them as a mark (CommonMark 0.31, 6.2: flanking)."""
    kind = _kind(line, inside)
    return kind == "letter" or (kind == "punctuation" and _kind(line, outside) != "letter")


def _kind(line: str, index: int) -> str:
    if not 0 <= index < len(line) or line[index].isspace():
        return "space"
    return "punctuation" if category(line[index])[0] in "PS" else "letter"


def _beside_mark(line: str, stars: re.Match[str]) -> Text:
    around = brief(line[max(stars.start() - 6, 0) : stars.end() + 6])
    zh = f"“{around}”里的“**”不会变成加粗；把标点放到星号外面，里面不留空格"
    en = f"'**' in '{around}' makes nothing bold; put the punctuation outside the stars, and no space inside"
    return Text(zh=zh, en=en)
