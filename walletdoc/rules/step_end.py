"""A step that ends otherwise than in `fixed`, `not-fixed` or a switch; or a flow that ends in `not-fixed`.

A step's end only says how it went; what follows from that is for the flow that called it.

Bad:
    step: log-in-again
    nodes:
      still-broken: {end: info}

Good:
    step: log-in-again
    nodes:
      still-broken: {end: not-fixed}
"""

from walletdoc.diagnostic import Severity

ZH = """
步骤不是以 fixed、not-fixed 或跳转结束；或者流程以 not-fixed 结束。

步骤的结尾只说结果怎样，接下来怎么办由调用它的流程决定。
"""

SEVERITY = Severity.ERROR
