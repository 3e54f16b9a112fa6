"""A `fixed` exit that leads to anything but a fixed end, or another exit that leads to a fixed end.

After "that fixed it" there is nothing more to ask; and nobody may be told that it is fixed who did not say so. The proof
that causes are found rests on this.

Bad:
    nodes:
      refresh: {fixed: call-wallet, not-fixed: done}

Good:
    nodes:
      refresh: {fixed: done, not-fixed: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject
from walletdoc.truth import fixed_exits

ZH = """“fixed”出口没有通向 fixed 结尾，或者别的出口通向了 fixed 结尾。

说了“解决了”就不用再问；没说解决的人，也不能告诉他解决了。原因找得到的证明，就靠这一条。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find exits of a flow or step that belong elsewhere."""
    yield from (Finding(each.where, each.message) for each in fixed_exits(subject.owner))
