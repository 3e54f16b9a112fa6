"""A list with more items in one language than in the other.

The steps are numbered on the screen and spoken of by their numbers; whoever reads the shorter list misses one.
Phrases may differ: people complain in different words.

Bad:
    nodes:
      refresh:
        steps:
          zh: ["关掉应用。", "自己打开应用。", "看余额。"]
          en: ["Close the app.", "Open the app yourself and look at the balance."]

Good:
    nodes:
      refresh:
        steps:
          zh: ["关掉应用。", "自己打开应用，看余额。"]
          en: ["Close the app.", "Open the app yourself and look at the balance."]
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Subject, Texts
from walletdoc.text import Lines, Text

ZH = """中英文列表的条数不一样。

步骤在屏幕上有编号，客服会说“做第 3 步”；看短的那一边，就少做一步。“phrases”不用一样多。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find lists of a flow or step that are longer in one language."""
    yield from _uneven(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find lists of the registries that are longer in one language."""
    yield from pack.in_registries(_uneven)


def _uneven(texts: Texts) -> Iterator[Finding]:
    for at, slot, text in texts.pairs:
        if isinstance(text, Lines) and slot != "phrases" and len(text.zh) != len(text.en):
            zh, en = len(text.zh), len(text.en)
            message = Text(
                zh=f"中文 {zh} 条，英文 {en} 条，要一样多", en=f"{zh} in Chinese, {en} in English, expected as many"
            )
            yield Finding((*at, "zh" if zh < en else "en"), message, of_key=True)
