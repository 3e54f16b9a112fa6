"""A sentence too long to take in: over 40 characters in Chinese, over 25 words in English.

The reader is worried and looks at a phone or a narrow terminal. A long sentence is read twice or not at all; two short
ones are understood at once. What a placeholder stands for counts as one word, or three characters.

Bad:
    nodes:
      done:
        prevent:
          zh: "充值以后先看充值记录。"
          en: >-
            After every top-up that you make from a card of your bank to this wallet you should first look at the record
            of it in the bill before you pay again.

Good:
    nodes:
      done:
        prevent:
          zh: "充值以后先看充值记录。"
          en: "After a top-up look at its record in the bill. Don't pay again before that."
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Text, brief
from walletdoc.writing import PLACEHOLDER, sentences

ZH = """句子太长，一遍看不懂：中文超过 40 个字，英文超过 25 个词。

看的人正着急，屏幕又窄。长句要看两遍，或者干脆不看；拆成两个短句，一眼就明白。占位符算一个词，或三个字。
"""
SEVERITY = Severity.WARNING

MOST_CHARACTERS = 40
MOST_WORDS = 25


def check(subject: Subject) -> Iterator[Finding]:
    """Find sentences of a flow or step that are too long."""
    yield from _long(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find sentences of the registries that are too long."""
    yield from pack.in_registries(_long)


def _long(texts: Texts) -> Iterator[Finding]:
    for said in texts.said:
        if said.lang == "zh":
            if len(said.text) > MOST_CHARACTERS:
                yield from _chinese(said)
        elif said.text.count(" ") >= MOST_WORDS or "\n" in said.text:
            yield from _english(said)


def _chinese(said: Said) -> Iterator[Finding]:
    for each in sentences(PLACEHOLDER.sub("□□□", said.text), "zh"):
        if len(each) > MOST_CHARACTERS:
            message = Text(
                zh=f"“{brief(each, 12)}”这一句有 {len(each)} 个字，最多 {MOST_CHARACTERS} 个",
                en=f"the sentence '{brief(each, 12)}' has {len(each)} characters, at most {MOST_CHARACTERS} are taken in",
            )
            yield Finding(said.where, message)


def _english(said: Said) -> Iterator[Finding]:
    for each in sentences(said.text, "en"):
        words = len(each.split())
        if words > MOST_WORDS:
            message = Text(
                zh=f"“{brief(each, 24)}”这一句有 {words} 个词，最多 {MOST_WORDS} 个",
                en=f"the sentence '{brief(each, 24)}' has {words} words, at most {MOST_WORDS} are taken in",
            )
            yield Finding(said.where, message)
