"""A cause that is not found when the user can't tell the answer to one question.

With one "I can't tell" on the way the cause is still to be found, or the user is to be led to a hand-off, a wait, a stop
or another flow: people who are unsure must not be left with mere information.

Bad:
    nodes:
      waited: {unsure: about-banks}
      about-banks:
        end: info
        say: {zh: "银行处理要时间。", en: "Banks take their time."}

Good:
    nodes:
      waited: {unsure: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject

ZH = """有一题答“不确定”，原因就找不到了。

路上有一题答不上来，原因也还要找得到，或者把用户带到转交、等待、停止或别的流程；拿不准的人，不能只给一段说明就算了。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find causes that one unsure answer loses."""
    for each in subject.proof.problems if subject.proof else ():
        if each.rule == "cause-lost-unsure":
            yield Finding(each.where, each.message, of_key=True)
