"""A question without `how` or `why`.

Every screen offers both: how to find the answer, and why it is asked. Somebody who can't answer guesses, and a guess
leads to the wrong end; somebody asked about money without a reason stops trusting the questions.

Bad:
    nodes:
      record: {how: ~, why: ~}

Good:
    nodes:
      record:
        how: {zh: "在钱包里打开账单，找到这一笔充值。", en: "Open the bill in the wallet and find this top-up."}
        why: {zh: "已经到账和还在路上，办法不一样。", en: "It decides whether the money is there or on its way."}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, Fact, Number
from walletdoc.subject import Finding, PackSubject, Subject, Where
from walletdoc.text import Text

ZH = """提问没有写“how”或“why”。

每个问题下面都可以看“怎么找到答案”和“为什么问”。答不上来的人会猜，猜错就走到不对的结尾；问到钱又不说理由，别人就不敢往下答了。
"""
SEVERITY = Severity.WARNING


def check(subject: Subject) -> Iterator[Finding]:
    """Find questions of a flow that don't say how or why."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Ask | Number):
            yield from _silent(("nodes", id_), node)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find facts that don't say how or why."""
    for id_, fact in pack.own("facts").items():
        yield from (("facts.yaml", each) for each in _silent(("facts", id_), fact))


def _silent(at: Where, node: Ask | Number | Fact) -> Iterator[Finding]:
    missing = [f"'{key}'" for key, text in (("how", node.how), ("why", node.why)) if text is None]
    if missing:
        zh = f"提问缺少{'和'.join(f'“{each[1:-1]}”' for each in missing)}"
        yield Finding(at, Text(zh=zh, en=f"a question says {' and '.join(missing)}; add what is missing"), of_key=True)
