"""A cause that is not found: a user who has it and answers truthfully stops where nothing is said of it.

The message shows the way. Let a try, call or do on it fix the cause, or name the cause at the end or switch that it comes
to, or mend the way. One cause at a time is assumed.

Bad:
    nodes:
      refresh: {fixes: ~}

Good:
    nodes:
      refresh: {fixes: [old-page]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject

ZH = """没找到的原因：有这个原因的用户如实回答，最后停下的地方没提到它。

信息里写出了走的路。让路上的尝试、调用或要做的事解决它，或者在它到达的结尾、跳转处写上它，或者把路改对。证明假定同时只有一个
原因。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find causes that are lost."""
    for each in subject.proof.problems if subject.proof else ():
        if each.rule == "cause-lost":
            yield Finding(each.where, each.message, of_key=True)
