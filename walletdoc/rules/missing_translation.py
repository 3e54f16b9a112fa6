"""A text that says the same in Chinese and in English, or a flow without phrases in one of the two.

Half of the readers then meet a language that they can't read, in the middle of a worry about money. Names that Chinese
writes in letters as well, such as Apple Pay or ATM, may be the same in both.

Bad:
    nodes:
      done:
        prevent: {zh: "充值以后先看充值记录。", en: "充值以后先看充值记录。"}

Good:
    nodes:
      done:
        prevent: {zh: "充值以后先看充值记录。", en: "After a top-up look at its record first."}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Pair, Subject, Texts, Where
from walletdoc.text import Lines, Text, brief
from walletdoc.writing import IDEOGRAPH, is_name

ZH = """中英文两边写的一样，或者“phrases”少了一种语言。

这样一来，总有一半的人在为钱着急的时候，碰到一句看不懂的话。中文里本来就写字母的名字（Apple Pay、ATM）两边可以一样。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find texts of a flow or step that were not translated."""
    yield from _untranslated(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find texts of the registries that were not translated."""
    yield from pack.in_registries(_untranslated)


def _untranslated(texts: Texts) -> Iterator[Finding]:
    for pair in texts.pairs:
        at, text = pair.where, pair.text
        if pair.slot == "phrases":
            yield from _without_phrases(pair)
        elif isinstance(text, Text):
            if text.zh == text.en:
                yield from _same((*at, "zh"), (*at, "en"), text.en)
        else:
            for index, (zh, en) in enumerate(zip(text.zh, text.en, strict=False)):
                if zh == en:
                    yield from _same((*at, "zh", index), (*at, "en", index), en)


def _without_phrases(pair: Pair) -> Iterator[Finding]:
    if isinstance(pair.text, Lines) and bool(pair.text.zh) != bool(pair.text.en):
        lang, zh, en = ("en", "英文", "English") if pair.text.zh else ("zh", "中文", "Chinese")
        yield Finding((*pair.where, lang), Text(zh=f"没有{zh}的说法", en=f"there are no {en} phrases"), of_key=True)


def _same(in_zh: Where, in_en: Where, text: str) -> Iterator[Finding]:
    shown = brief(text)
    if IDEOGRAPH.search(text):
        yield Finding(in_en, Text(zh=f"英文写的还是中文“{shown}”", en=f"'{shown}' is Chinese, expected English"))
    elif not is_name(text):
        yield Finding(in_zh, Text(zh=f"中文写的还是英文“{shown}”", en=f"the Chinese is still English: '{shown}'"))
