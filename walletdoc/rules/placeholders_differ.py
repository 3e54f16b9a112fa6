"""A placeholder that stands in one language of a text and not in the other.

Whoever reads the other language then misses a name, a number or a length of time. In a list the same item of both
languages is compared.

Bad:
    nodes:
      call-wallet:
        say: {zh: "请{wallet.name}查这一笔：{wallet.hotline}。", en: "Ask {wallet.name} to trace it."}

Good:
    nodes:
      call-wallet:
        say: {zh: "请{wallet.name}查这一笔：{wallet.hotline}。", en: "Ask {wallet.name} to trace it: {wallet.hotline}."}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Subject, Texts, Where
from walletdoc.text import Text, brief
from walletdoc.writing import PLACEHOLDER

ZH = """同一段文字，一种语言里有占位符，另一种语言里没有。

看另一种语言的人就少看到一个名字、一个电话或一段时间。列表按同一条来比。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find texts of a flow or step whose placeholders differ between the languages."""
    yield from _uneven(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find texts of the registries whose placeholders differ between the languages."""
    yield from pack.in_registries(_uneven)


def _uneven(texts: Texts) -> Iterator[Finding]:
    for at, _, text in texts.pairs:
        if isinstance(text, Text):
            if "{" in text.zh or "{" in text.en:
                yield from _compared((*at, "zh"), text.zh, (*at, "en"), text.en)
        elif len(text.zh) == len(text.en):
            for index, (zh, en) in enumerate(zip(text.zh, text.en, strict=True)):
                if "{" in zh or "{" in en:
                    yield from _compared((*at, "zh", index), zh, (*at, "en", index), en)


def _compared(at_zh: Where, zh: str, at_en: Where, en: str) -> Iterator[Finding]:
    in_zh, in_en = (dict.fromkeys(PLACEHOLDER.findall(each)) for each in (zh, en))
    missing_en = brief(" ".join(each for each in in_zh if each not in in_en), 80)
    missing_zh = brief(" ".join(each for each in in_en if each not in in_zh), 80)
    if missing_en:
        text = Text(zh=f"中文里有“{missing_en}”，英文里没有", en=f"the Chinese has '{missing_en}', the English has not")
        yield Finding(at_en, text)
    if missing_zh:
        text = Text(zh=f"英文里有“{missing_zh}”，中文里没有", en=f"the English has '{missing_zh}', the Chinese has not")
        yield Finding(at_zh, text)
