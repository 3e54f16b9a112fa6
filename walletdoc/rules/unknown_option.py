"""An option that the question does not have: in `usual`, or in the `to` of a fact.

The usual answer would be one that nobody can give, so that the proof means nothing, or a way would never be taken.

Bad:
    nodes:
      record: {usual: pending}

Good:
    nodes:
      record: {usual: processing}
"""

from walletdoc.diagnostic import Severity

ZH = """
写了问题里没有的选项：在 usual 里，或者在 fact 节点的 to 里。

这样一来，“通常的回答”谁也选不到，证明就落了空；或者那条路永远走不到。
"""

SEVERITY = Severity.ERROR
