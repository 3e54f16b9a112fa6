"""A question that can't be answered with "I can't tell".

People often don't know. Without the answer they guess, or give up; and the flow never says what helps them then. An ask
and a fact have an option `unsure`, a number has a key `unsure`.

Bad:
    nodes:
      record:
        options: {unsure: ~}

Good:
    nodes:
      record:
        options:
          unsure: {say: {zh: "看不明白", en: "I can't tell"}, go: waited}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import UNSURE, Ask, Number
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """提问不能答“不确定”。

很多人就是不知道。没有这个答案，他们只好猜，或者放弃；流程也就不会说这时该怎么办。ask 和事实要有选项
`unsure`，number 要有键 `unsure`。
"""
SEVERITY = Severity.WARNING

_OPTION = Text(zh="缺少选项“unsure”（不确定）", en="there is no option 'unsure' for who can't tell")
_KEY = Text(zh="缺少“unsure”：不知道数字的人去哪里", en="there is no 'unsure' for who can't tell the number")


def check(subject: Subject) -> Iterator[Finding]:
    """Find questions of a flow that want an answer at any price."""
    for id_, node in subject.nodes.items():
        match node:
            case Ask(options=options) if UNSURE not in options:
                yield Finding(("nodes", id_, "options"), _OPTION, of_key=True)
            case Number(unsure=None):
                yield Finding(("nodes", id_), _KEY, of_key=True)
            case _:
                pass


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find facts that want an answer at any price."""
    for id_, fact in pack.own("facts").items():
        if UNSURE not in fact.options:
            yield "facts.yaml", Finding(("facts", id_, "options"), _OPTION, of_key=True)
