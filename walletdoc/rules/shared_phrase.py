"""A phrase that two flows list, or one flow lists twice.

Phrases decide which flow is opened. One that stands in two flows decides nothing, and one that stands twice counts for
no more. Case, width, spaces and punctuation make no difference.

Bad:
    flow: pay-failed
    phrases:
      zh: ["付款失败", "付不了款"]
    ---
    phrases:
      zh: ["充值没到账", "付款，失败！"]

Good:
    phrases:
      zh:
        ["充值没到账", "充值失败", "充了钱余额没变", "充值不成功", "充值一直处理中", "充进去的钱不见了", "零钱充值没到",
        "充了没反应", "往钱包转钱没到", "银行说充好了", "充值要多久", "余额充不进去", "充职没到帐", "昨天充的还没来",
        "找不到充值记录"]
"""

from collections.abc import Iterator, Mapping

from walletdoc.diagnostic import Severity
from walletdoc.subject import LANGS, Finding, PackSubject, Subject
from walletdoc.text import Text, brief
from walletdoc.writing import spoken

ZH = """两个流程写了同一条“phrases”，或者一个流程里写了两遍。

靠这些说法决定打开哪个流程。两个流程都有的，什么也决定不了；写两遍也不多算。大小写、全角半角、空格和标点不算差别。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the phrases of a flow by language, each as it is read and as it is written."""
    if subject.flow is None:
        return {}
    return {lang: tuple((spoken(each), each) for each in subject.flow.phrases.of(lang)) for lang in LANGS}


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find phrases that come up again, at the later place."""
    seen: dict[tuple[str, str], str] = {}
    for key, phrases in pack.notes.items():
        for lang, listed in phrases.items():
            for index, (read, written) in enumerate(listed):
                first = seen.get((lang, read))
                if first is None:
                    seen[lang, read] = key
                else:
                    yield key, Finding(("phrases", lang, index), _message(written, None if first == key else first))


def _message(phrase: str, flow: str | None) -> Text:
    shown = brief(phrase)
    if flow is None:
        return Text(zh=f"“{shown}”写了两遍", en=f"'{shown}' is listed twice")
    return Text(zh=f"流程“{flow}”里也有“{shown}”", en=f"'{shown}' is a phrase of '{flow}' too")
