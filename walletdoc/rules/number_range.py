"""Ranges that leave numbers out, are out of order, or can't be met; or a usual number out of bounds.

Ranges go upwards by `below`, each taking what is left, and the last has no `below`, so that every number between the
bounds leads somewhere.

Bad:
    nodes:
      waited: {ranges: [{below: 1, go: look-later}, {below: 300, go: call-wallet}]}

Good:
    nodes:
      waited: {ranges: [{below: 1, go: look-later}, {go: call-wallet}]}
"""

from walletdoc.diagnostic import Severity

ZH = """
区间漏了数、顺序不对、永远轮不到，或者通常的数不在范围里。

区间按 below 从小到大写，每个接住前面剩下的，最后一个不写 below，这样范围里的每个数都有去处。
"""

SEVERITY = Severity.ERROR
