"""A label that does not fit one line of a screen of 60 columns: an option, the title of a flow, a step or a cause.

Labels are read as a list. One that runs over two lines looks like two, and on a narrow terminal pushes others out of
sight. A Chinese character takes two columns; the mark and the number before a label take the rest of the line.

Bad:
    nodes:
      record:
        options:
          done:
            say: {zh: "充值成功", en: "The record says that this top-up is done and has arrived"}
            go: refresh

Good:
    nodes:
      record:
        options:
          done:
            say: {zh: "充值成功", en: "Done, it has arrived"}
            go: refresh
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Said, Subject, Texts
from walletdoc.terminal import width
from walletdoc.text import Text
from walletdoc.writing import PLACEHOLDER

ZH = """标签太宽，在 60 列的屏幕上放不进一行：选项，以及流程、步骤、原因的标题。

标签是一条一条看的，一条占两行就像两条；屏幕窄的时候，还会把别的选项挤出去。一个汉字占两列，标签前面的记号和编号占掉其余的位置。
"""
SEVERITY = Severity.WARNING

MOST = 54
"""Columns of 60 that a mark, a number of two digits or the frame around a title leave."""


def check(subject: Subject) -> Iterator[Finding]:
    """Find labels of a flow or step that are too wide."""
    yield from _wide(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find labels of the facts that are too wide."""
    yield from pack.in_registries(_wide)


def _wide(texts: Texts) -> Iterator[Finding]:
    for said in texts.said:
        if len(said.text) * 2 > MOST and _is_label(said):
            wide = width(PLACEHOLDER.sub("", said.text))
            if wide > MOST:
                zh = f"标签宽 {wide} 列，60 列的屏幕最多放 {MOST} 列"
                message = Text(zh=zh, en=f"the label is {wide} columns wide, a 60-column screen has room for {MOST}")
                yield Finding(said.where, message)


def _is_label(said: Said) -> bool:
    if said.slot == "say":
        return "options" in said.where
    return said.slot == "title" and said.where[0] in {"title", "causes"}
