"""Chinese words or Chinese punctuation in an English text, outside quotes.

Words to look for on a Chinese screen are wanted, in quotes and with their meaning: `Search for “冻结” (freeze).`
Anything else was forgotten in translating, and who reads English can't read it.

Bad:
    nodes:
      record:
        how: {zh: "在钱包里打开账单。", en: "Open the 账单 in the wallet。"}

Good:
    nodes:
      record:
        how: {zh: "在钱包里打开账单。", en: "Open “账单” (bills) in the wallet."}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Subject, Texts
from walletdoc.text import Text, brief
from walletdoc.writing import IDEOGRAPHS, WIDE_MARKS

ZH = """英文里有引号以外的中文，或者中文标点。

要人在中文界面上找的字应该写，但要放在引号里，并带上意思：`Search for “冻结” (freeze).`。别的多半是漏译，看英文的人看不懂。
"""
SEVERITY = Severity.ERROR

_CHINESE = re.compile(f"“[^“”]*”|([{IDEOGRAPHS}{WIDE_MARKS}]+)")


def check(subject: Subject) -> Iterator[Finding]:
    """Find Chinese in the English of a flow or step."""
    yield from _chinese(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find Chinese in the English of the registries."""
    yield from pack.in_registries(_chinese)


def _chinese(texts: Texts) -> Iterator[Finding]:
    for said in texts.prose["en"].texts:
        found = None if said.text.isascii() else next(filter(None, _CHINESE.findall(said.text)), None)
        if found and said.where not in texts.untranslated:
            shown = brief(found)
            zh = f"英文里有中文“{shown}”；界面上的字放进“”，别的译成英文"
            en = f"'{shown}' in an English text; put words of the screen into “”, translate anything else"
            yield Finding(said.where, Text(zh=zh, en=en))
