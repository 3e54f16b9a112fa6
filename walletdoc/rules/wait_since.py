"""A wait that counts `since` something that is no number node.

`since` names the question for how long it has been, so that the date to look again at can be worked out.

Bad:
    nodes:
      look-later: {since: record}

Good:
    nodes:
      look-later: {since: waited}
"""

from walletdoc.diagnostic import Severity

ZH = """
wait 结尾的 since 指向的不是 number 节点。

since 写的是“过了多久”那一题，据此才能算出哪天再来看。
"""

SEVERITY = Severity.ERROR
