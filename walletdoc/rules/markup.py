"""A table, link, picture, heading, piece of code, quotation or HTML in a text.

Texts are shown on a terminal, read aloud by screen readers and printed: only paragraphs, `- ` lists and `**bold**`
mean anything there. Tables cut Chinese, and a link hides where it leads, which is how people are robbed.

Bad:
    nodes:
      record:
        how: {zh: "打开[账单](bill)，找到这一笔充值。", en: "Open the [bill](bill) and find this top-up."}

Good:
    nodes:
      record:
        how: {zh: "打开账单，找到这一笔充值。", en: "Open the bill and find this top-up."}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import LANGS, Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Text, brief

ZH = """文字里有表格、链接、图片、标题、代码、引用或 HTML。

这些文字显示在终端上，由读屏软件念出来，也会打印在纸上：只有段落、`- ` 列表和 `**加粗**` 有用。表格会切断中文；链接不让人看到去
哪里，骗子正是这样下手的。
"""
SEVERITY = Severity.ERROR

_KINDS = (
    (
        "link",
        r"\[[^\[\]\n]*\][(\[][^()\[\]\n]*[)\]]|<(?:https?|mailto|tel):[^<>\n]*>",
        "链接或图片",
        "a link or picture",
    ),
    ("html", r"</?[A-Za-z][^<>\n]*>|<!--|&(?:[a-z]+|#[0-9]+);", "HTML", "HTML"),
    ("code", r"`+", "代码", "code"),
    ("strike", r"~~|__(?=\S)", "加粗以外的格式", "formatting other than bold"),
    ("table", r"\|[ \t]*:?-{3,}|\|[^|\n]*\|", "表格", "a table"),
    ("heading", r"^[ \t]*#{1,6} ", "标题", "a heading"),
    ("quotation", r"^[ \t]*> ", "引用", "a quotation"),
    ("bullet", r"^[ \t]*[*+•] ", "别的列表符号，列表写“- ”", "a list mark other than '- '"),
    ("rule", r"^[ \t]*(?:-{3,}|={3,})[ \t]*$", "分隔线", "a rule across the page"),
)
_MARKUP = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _, _ in _KINDS), re.MULTILINE)
_SUSPECT = re.compile(r"[\[<`~|#>*+•=&_]|-(?=--)")  # ordinary texts have none, and cost one search
_WHAT = {name: Text(zh=zh, en=en) for name, _, zh, en in _KINDS}


def check(subject: Subject) -> Iterator[Finding]:
    """Find markup in a flow or step that texts may not have."""
    yield from _marked(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find markup in the registries that texts may not have."""
    yield from pack.in_registries(_marked)


def _marked(texts: Texts) -> Iterator[Finding]:
    for lang in LANGS:
        told: Said | None = None
        for said, _ in texts.prose[lang].find(_SUSPECT):
            if said is not told:
                told = said
                match = _MARKUP.search(said.text)
                if match and match.lastgroup:
                    what, shown = _WHAT[match.lastgroup], brief(match[0].strip())
                    en = f"'{shown}' is {what.en}, which no text may have"
                    yield Finding(said.where, Text(zh=f"“{shown}”是{what.zh}，这里不能用", en=en))
