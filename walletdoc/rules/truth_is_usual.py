"""A truth that is what everybody answers.

A cause's truth says where this user answers otherwise than usual. What equals `usual` says nothing, and is often a slip:
the wrong option, or the wrong question.

Bad:
    causes:
      slow-bank: {truth: {record: processing}}

Good:
    causes:
      slow-bank: {truth: {record: [processing, unsure]}}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, Number
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """和通常的回答一样的 truth。

truth 写的是有这个原因的用户和通常不一样的回答。跟“usual”一样，就等于没写，而且多半是选错了选项或写错了题。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find truths that say nothing."""
    for id_, cause in subject.flow.causes.items() if subject.flow else ():
        for key, said in cause.truth.items():
            usual = _usual(subject, key)
            if usual is not None and tuple(said) == (usual,):
                text = Text(zh=f"“{usual}”就是通常的回答，不用写", en=f"'{usual}' is the usual answer; leave it out")
                yield Finding(("causes", id_, "truth", key), text)


def _usual(subject: Subject, key: str) -> str | None:
    if key.startswith("fact."):
        return subject.library.facts[key.removeprefix("fact.")].usual
    match subject.nodes[key]:
        case Ask(usual=usual):
            return usual
        case Number(usual=int() as number):
            return str(number)
        case _:
            return None
