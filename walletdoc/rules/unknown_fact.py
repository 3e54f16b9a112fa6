"""A fact that no `facts.yaml` has: in a fact node, in a cause's truth, or `money-taken` where a try asks whether money was taken.

Bad:
    nodes:
      which: {fact: walet}

Good:
    nodes:
      which: {fact: wallet}
"""

from walletdoc.diagnostic import Severity

ZH = """
写了 facts.yaml 里没有的事实：在 fact 节点里、在原因的 truth 里，或者再付一次的尝试要用到 money-taken 而它不存在。
"""

SEVERITY = Severity.ERROR
