"""English words in a Chinese text: one in small letters, three or more in a row, or a text without one Chinese character.

Names such as Apple Pay, iPhone or ATM are as good in Chinese. A sentence that was left in English is not: who needs the
Chinese can't read it. Words that a screen shows in English stand in quotes.

Bad:
    nodes:
      record:
        options:
          done: {say: {zh: "充值成功 and on the balance", en: "Done, and on the balance"}, go: refresh}

Good:
    nodes:
      record:
        options:
          done: {say: {zh: "充值成功，余额里有了", en: "Done, and on the balance"}, go: refresh}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Text, brief
from walletdoc.writing import IDEOGRAPH, is_name

ZH = """中文里有小写的英文词、连着三个以上的英文词，或者整段没有一个汉字。

Apple Pay、iPhone、ATM 这样的名字写在中文里没有问题。别的词留着英文就不行，看中文的人看不懂。屏幕上就是英文的，写在引号里。
"""
SEVERITY = Severity.WARNING

_WORD = r"[A-Za-z][A-Za-z'’-]*"
_RUN = re.compile(rf"{_WORD}(?:[,.]? +{_WORD}){{2,}}")
_LOWER = re.compile(r"(?<![A-Za-z'’-])[a-z]")
# A word in small letters outside quotes; what belongs to a name, a command or a placeholder is none.
_SMALL = re.compile(
    r"“[^”\0]*”|\{[^}\0]*\}|walletdoc [a-z]+|[A-Z0-9][\w’'-]*(?: [a-z]+)+|(?<![\w'’.-])([a-z]{3,})(?![\w'’.-])",
    re.ASCII,
)
# What is looked at closer; it begins with a set of characters, so that a search for it is quick.
_LIKELY = re.compile(r"[a-z](?<![\w'’.{-][a-z])[a-z]{2}", re.ASCII)
_USUAL = frozenset({
    "alipay", "android", "app", "apps", "apple", "bug", "euro", "ios", "iphone", "nfc", "pay", "paypal", "pin", "pos", "sim",
    "vip", "visa", "walletdoc", "wechat", "wifi", "wlan",
})  # fmt: skip
_FEW = 2  # words in small letters; of a name no more are, as in "Bank of China"


def check(subject: Subject) -> Iterator[Finding]:
    """Find English in the Chinese of a flow or step."""
    yield from _english(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find English in the Chinese of the registries."""
    yield from pack.in_registries(_english)


def _english(texts: Texts) -> Iterator[Finding]:
    found = {said.where: said.text for said in texts.prose["zh"].texts if _without_chinese(said)}
    for said, match in texts.prose["zh"].find(_RUN):
        if len(_LOWER.findall(match[0])) >= _FEW:
            found.setdefault(said.where, match[0])
    for said, _ in texts.prose["zh"].find(_LIKELY):
        if said.slot != "phrases":
            small = [match[1] for match in _SMALL.finditer(said.text) if match[1] and match[1] not in _USUAL]
            if small:
                found.setdefault(said.where, small[0])
    for where, text in found.items():
        if where not in texts.untranslated:
            shown = brief(text)
            zh = f"中文里有英文“{shown}”，请译出来"
            yield Finding(where, Text(zh=zh, en=f"English in a Chinese text: '{shown}'"))


def _without_chinese(said: Said) -> bool:
    if "一" <= said.text[:1] <= "鿿":  # as nearly all begin
        return False
    return IDEOGRAPH.search(said.text) is None and said.slot != "phrases" and not is_name(said.text)
