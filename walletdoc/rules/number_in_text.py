"""A telephone number in a text, in whatever disguise.

Numbers come from the registry of contacts alone, where each has a source and a day on which it was verified. A number in a
text is neither, and whoever changes it sends frightened people to a fraud. Full-width and Chinese digits, gaps and letters
that look like digits are seen through. Amounts, lengths of time and short counts are no numbers to call.

Bad:
    nodes:
      call-wallet:
        say: {zh: "请打九五 1 八8 查这一笔。", en: "Call 95l-88 to have it traced."}

Good:
    nodes:
      call-wallet:
        say: {zh: "请打{wallet.hotline}查这一笔，等 7 个工作日。", en: "Call {wallet.hotline}, and wait for 7 working days."}
"""

import re
from collections.abc import Collection, Iterator

from walletdoc.diagnostic import Severity
from walletdoc.digits import numbers
from walletdoc.library import Library
from walletdoc.spelled import spelled
from walletdoc.subject import Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Text, brief

ZH = """文字里的电话号码，不管怎么伪装。

号码只能来自联系方式登记表，那里的每一个都有出处和核实日期。写在文字里的两样都没有；谁改了它，就能把慌张的人引到骗子那里。
全角、中文数字、夹空格、用长得像数字的字母，都看得出来。金额、时间和小的数目不算电话号码。
"""
SEVERITY = Severity.ERROR

_LONG = 5  # digits; shorter ones only if they are listed: 110
_DIGITS = "〇零一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖貳參陸壱弐弌弍弎〡-〩○◯丨\u2776-\u2793\u24f5-\u24ff"
# It begins with a set of characters, and no choice of patterns, so that a search for it is quick.
_LIKELY = re.compile(rf"[\d{_DIGITS}](?:(?<=\d)|(?:[^\w\0]*[\u115f\u1160\u2800]*[{_DIGITS}]){{2}})")
_WORDS = ("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple")
# What a text has that tells digits in words alone, one after another; one with a digit is looked at anyway.
_TOLD = tuple(f"{before}{word}" for word in _WORDS[2:11] for before in " -")
_PAIR = re.compile(
    rf"(?:{'|'.join(_WORDS)}|ty|teen)[\s,.;/&+()-]{{1,4}}(?:(?:and|then)\s)?(?:{'|'.join(_WORDS)})(?![a-z])"
)
# What is written as numbers are, and is none: days, amounts with cents, versions, error codes, regulations, prices.
_NONE = re.compile(
    r"(?<![0-9./-])20[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?![0-9/-]|\.[0-9])"
    r"|(?<![0-9.,-])(?:[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{3,7})\.[0-9]{2}(?![0-9-]|[.,][0-9])"
    r"|(?:版本号?|[Vv]ersion|iOS|Android|安卓)\s?[0-9]{1,3}(?:\.[0-9]{1,5}){1,3}(?![0-9-]|[.,][0-9])"
    r"|(?:错误码|错误代码|[Ee]rror(?: code)?)[\s:：]{0,2}[0-9]{4,6}(?![0-9,-])"
    r"|〔20[0-9]{2}〕\s?[0-9]{1,4}\s?号"
    r"|(?<![0-9./,-])[1-9][0-9]{0,4}(?:/[1-9][0-9]{0,4})+(?=\s?(?:元|块|yuan))"
)
# These are the numbers of banks and wallets, whatever follows, and no amounts.
_CALLED = re.compile(r"(?<![0-9.,])95[0-9]{3}(?![0-9]|[.,][0-9])")


def check(subject: Subject) -> Iterator[Finding]:
    """Find numbers in the texts of a flow or step."""
    yield from _in(subject.texts, _listed(subject.library))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find numbers in the texts of the registries."""
    listed = _listed(pack.library)
    yield from pack.in_registries(lambda texts: _in(texts, listed))


def _listed(library: Library) -> frozenset[str]:
    given = (contact.number for contact in library.registries.contacts.values() if contact.number)
    return frozenset(re.sub(r"\D", "", number) for number in given)


def _in(texts: Texts, listed: Collection[str]) -> Iterator[Finding]:
    for prose in texts.prose.values():
        likely = dict(prose.of_folded(match.start() for match in _LIKELY.finditer(prose.folded)))
        told = {said: folded for said, folded in prose.with_words(_TOLD) if _PAIR.search(folded)}
        for said, folded in (likely | told).items():
            shown = list(_numbers(said.text, listed)) if said in likely else []
            yield from (_finding(said, each) for each in shown or _told(folded, listed))


def _numbers(text: str, listed: Collection[str]) -> Iterator[str]:
    bare = _NONE.sub(lambda match: match[0] if re.sub(r"\D", "", match[0]) in listed else ";", text)
    found = numbers(bare, lambda _: False)
    for number in found:
        digits = re.sub(r"\D", "", number.key)
        if len(digits) >= _LONG or digits in listed:
            yield number.shown
    if not found:
        yield from (match[0] for match in _CALLED.finditer(bare) if match[0] in listed)


def _told(folded: str, listed: Collection[str]) -> Iterator[str]:
    for each in spelled(folded):
        if len(each.digits) >= _LONG or each.digits in listed:
            yield each.shown


def _finding(said: Said, shown: str) -> Finding:
    text = Text(
        zh=f"“{brief(shown)}”像电话号码；号码只写在 contacts.yaml 里，这里用占位符",
        en=f"'{brief(shown)}' looks like a telephone number; write it in contacts.yaml, and a placeholder here",
    )
    return Finding(said.where, text)
