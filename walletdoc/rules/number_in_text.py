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
_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b"
_SPELLED = re.compile(rf"{_WORD}(?:[\s,.-]*{_WORD}){{4,}}")


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
        for said, _ in prose.of_folded(match.start() for match in _LIKELY.finditer(prose.folded)):
            yield from (_finding(said, each) for each in _numbers(said.text, listed))
        for said, folded in prose.of_folded(match.start() for match in _SPELLED.finditer(prose.folded)):
            yield from (_finding(said, match[0]) for match in _SPELLED.finditer(folded))


def _numbers(text: str, listed: Collection[str]) -> Iterator[str]:
    for number in numbers(text, lambda _: False):
        digits = re.sub(r"\D", "", number.key)
        if len(digits) >= _LONG or digits in listed:
            yield number.shown


def _finding(said: Said, shown: str) -> Finding:
    text = Text(
        zh=f"“{brief(shown)}”像电话号码；号码只写在 contacts.yaml 里，这里用占位符",
        en=f"'{brief(shown)}' looks like a telephone number; write it in contacts.yaml, and a placeholder here",
    )
    return Finding(said.where, text)
