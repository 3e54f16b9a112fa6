"""A flow without causes.

The cause table is what the proof, the practice calls and the tests are made from. A flow that can't say what may be wrong
can't show that it finds it.

Bad:
    causes: {never-paid: ~, old-page: ~, slow-bank: ~, stuck: ~}

Good:
    causes:
      stuck: {weight: 15}
"""

from walletdoc.diagnostic import Severity

ZH = """
流程一个原因也没写。

证明、练习、测试都从原因表来。说不出可能是什么问题，就没法证明找得到它。
"""

SEVERITY = Severity.ERROR
