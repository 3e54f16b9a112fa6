"""Two options of one question that are so much alike that they are taken for each other.

In English, one letter in one longer word is all that differs, or an article. In Chinese, only particles such as 的 and
了 differ, or characters that are often confused, such as 帐 and 账; any other character makes another meaning. Numbers
and negations part options, however short.

Bad:
    nodes:
      record:
        options:
          done: {say: {zh: "充值成功", en: "The top-up is processed"}, go: refresh}
          processing: {say: {zh: "处理中", en: "The top-up is processes"}, go: waited}

Good:
    nodes:
      record:
        options:
          done: {say: {zh: "充值成功", en: "The top-up is done"}, go: refresh}
          processing: {say: {zh: "处理中", en: "The top-up is being processed"}, go: waited}
"""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from unicodedata import normalize

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, FactOption, Option
from walletdoc.subject import LANGS, Finding, PackSubject, Subject, Where
from walletdoc.text import Lang, Text, brief
from walletdoc.writing import spoken

ZH = """同一个问题的两个选项太像，容易看错。

中文只差“的”“了”这类虚字，或者“帐”和“账”这类常混的字，就算太像；差别的字意思就不同了。英文只差一个冠词，或者一个长单词里的一个
字母，也算太像。数字和否定词不同的，不算。
"""
SEVERITY = Severity.WARNING

_PARTICLES = re.compile("[的地得了呢吗吧啊呀哦太很]")
_CONFUSED = str.maketrans("帐陆象它她份", "账录像他他分")
_WORDS = re.compile(r"[a-z0-9]+|[^\sa-z0-9,.;:!?()\"“”…—·-]+")
_FILLERS = frozenset({"a", "an", "the", "i", "im", "it", "its", "is"})
_LONG = 5  # letters from which on one more or less is a slip and no other word
_ROLES = ("er", "or", "ee")  # payer and payee are not alike


def check(subject: Subject) -> Iterator[Finding]:
    """Find options of a question that are easily confused."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Ask):
            yield from _similar(("nodes", id_, "options"), node.options)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find options of a fact that are easily confused."""
    for id_, fact in pack.own("facts").items():
        yield from (("facts.yaml", each) for each in _similar(("facts", id_, "options"), fact.options))


def _similar(at: Where, options: Mapping[str, Option] | Mapping[str, FactOption]) -> Iterator[Finding]:
    for lang in LANGS:
        labels = {id_: option.say.of(lang) for id_, option in options.items()}
        read = [(id_, _read(label, lang)) for id_, label in labels.items()]
        for (first, words), (second, others) in combinations(read, 2):
            if len(words) == len(others) and _close(words, others) and spoken(labels[first]) != spoken(labels[second]):
                shown, other = brief(labels[second]), brief(labels[first])
                zh, en = f"“{shown}”和“{other}”太像，容易选错", f"'{shown}' is easily taken for '{other}'"
                yield Finding((*at, second, "say", lang), Text(zh=zh, en=en))


def _read(label: str, lang: Lang) -> tuple[str, ...]:
    """Return what of a label makes the difference: words of English, all of Chinese in one piece."""
    if lang == "zh":
        bare = spoken(label).translate(_CONFUSED)
        return (_PARTICLES.sub("", bare) or bare,)
    plain = label if label.isascii() else normalize("NFKC", label).replace("’", "'")
    words = _WORDS.findall(plain.lower().replace("'", ""))
    return tuple([each for each in words if each not in _FILLERS] or words)


def _close(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether as many words differ in nothing, or in one slip of one word."""
    if first == second:
        return True
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _one_slip(*differing[0])


def _one_slip(first: str, second: str) -> bool:
    """Whether two long words differ in one letter: another, one more, or two in the other order."""
    if min(len(first), len(second)) < _LONG or first[0] != second[0] or not (first + second).isascii():
        return False
    if any(char.isdigit() for char in first + second) or (first.endswith(_ROLES) and second.endswith(_ROLES)):
        return False
    if len(first) > len(second):
        first, second = second, first
    at = next((index for index, char in enumerate(first) if char != second[index]), len(first))
    if len(first) < len(second):
        return first[at:] == second[at + 1 :]
    swapped = first[at : at + 2] == second[at : at + 2][::-1] and first[at + 2 :] == second[at + 2 :]
    return first[at + 1 :] == second[at + 1 :] or swapped
