"""Half-width punctuation beside Chinese characters.

Chinese is written with full-width marks: `，` and not `,`. Half-width ones look like a slip, and lines break at them in
the wrong place. Phrases are left alone: they are what people type.

Bad:
    nodes:
      record:
        how: {zh: "打开账单,找到这一笔充值(看金额).", en: "Open the bill and find this top-up by its amount."}

Good:
    nodes:
      record:
        how: {zh: "打开账单，找到这一笔充值（看金额）。", en: "Open the bill and find this top-up by its amount."}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import PARTING, Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Text, brief
from walletdoc.writing import IDEOGRAPH, IDEOGRAPHS

ZH = """汉字旁边的半角标点。

中文用全角标点，写“，”不写“,”。半角的看着像笔误，折行的地方也不对。“phrases”不管，那是用户打的字。
"""
SEVERITY = Severity.WARNING

_MARKS = re.compile("[,.!?:;()\"']+")
_WIDE = str.maketrans({",": "，", ".": "。", "!": "！", "?": "？", ":": "：", ";": "；", "(": "（", ")": "）"})
_CHINESE = re.compile(f"[{IDEOGRAPHS}”’）》}}]")
_CHINESE_NEXT = re.compile(f"(?P<space> ?)[{IDEOGRAPHS}“‘（《{{]")
_OPENING = frozenset("(\"'")
_AROUND = 6  # characters around a mark that are quoted with it


def check(subject: Subject) -> Iterator[Finding]:
    """Find half-width punctuation in the Chinese of a flow or step."""
    yield from _half_width(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find half-width punctuation in the Chinese of the registries."""
    yield from pack.in_registries(_half_width)


def _half_width(texts: Texts) -> Iterator[Finding]:
    told: Said | None = None
    for said, match in texts.prose["zh"].find(_MARKS):
        if said is not told and said.slot != "phrases" and _beside_chinese(match, said):
            told = said
            yield Finding(said.where, _message(match))


def _beside_chinese(match: re.Match[str], said: Said) -> bool:
    """Whether Chinese stands right before or after the marks, or they end a Chinese text."""
    string, (start, end), marks = match.string, match.span(), match[0]
    before = string[start - 1 : start]
    if _CHINESE.match(before):
        return True
    if before == " " and marks[0] in _OPENING and start > 1 and _CHINESE.match(string, start - 2):
        return True
    if marks == "." and before.isdigit():  # a list: 1. 打开应用
        return False
    after = _CHINESE_NEXT.match(string, end)
    if after:
        return not (after["space"] and marks[-1] in _OPENING)
    ends = string[end : end + 1] in {"", PARTING, "\n"} and marks[-1] not in _OPENING
    return ends and before.isalnum() and IDEOGRAPH.search(said.text) is not None


def _message(match: re.Match[str]) -> Text:
    string, (start, end), marks = match.string, match.span(), match[0]
    before = string[max(start - _AROUND, 0) : start].rpartition(PARTING)[2]
    around = brief(before + marks + string[end : end + _AROUND].partition(PARTING)[0])
    wide = "“”" if marks[0] in "\"'" else "……" if marks.startswith("..") else marks.translate(_WIDE)
    return Text(
        zh=f"“{around}”里的半角“{marks}”要写成“{wide}”",
        en=f"half-width '{marks}' beside Chinese in '{around}', expected '{wide}'",
    )
