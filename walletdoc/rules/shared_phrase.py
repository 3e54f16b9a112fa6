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

from array import array
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain, pairwise

from walletdoc.diagnostic import Severity
from walletdoc.subject import LANGS, Finding, PackSubject, Subject
from walletdoc.text import Text
from walletdoc.writing import spoken

ZH = """两个流程写了同一条“phrases”，或者一个流程里写了两遍。

靠这些说法决定打开哪个流程。两个流程都有的，什么也决定不了；写两遍也不多算。大小写、全角半角、空格和标点不算差别。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> Mapping[str, bytes]:
    """Return the digests of a flow's phrases by language, one after the other: all phrases of a pack would be large."""
    if subject.flow is None:
        return {}
    return {lang: b"".join(map(_digest, subject.flow.phrases.of(lang))) for lang in LANGS}


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find phrases that come up again, at the later place."""
    for lang in LANGS:
        noted = {key: array("Q", each[lang]) for key, each in pack.notes.items() if lang in each}
        again = _more_than_once(chain.from_iterable(noted.values()))
        first: dict[int, str] = {}
        places = ((key, at, digest) for key, all_ in noted.items() for at, digest in enumerate(all_) if digest in again)
        for key, at, digest in places:
            if digest in first:
                yield key, Finding(("phrases", lang, at), _message(key, first[digest]))
            else:
                first[digest] = key


def _digest(phrase: str) -> bytes:
    return blake2b(spoken(phrase).encode(errors="surrogatepass"), digest_size=8).digest()


def _more_than_once(digests: Iterable[int]) -> frozenset[int]:
    return frozenset(each for each, next_ in pairwise(sorted(digests)) if each == next_)


def _message(flow: str, first: str) -> Text:
    if first == flow:
        return Text(zh="这条说法写了两遍", en="this phrase is listed twice")
    return Text(zh=f"流程“{first}”里也有这条说法", en=f"'{first}' has this phrase too")
