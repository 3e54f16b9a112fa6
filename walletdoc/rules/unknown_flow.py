"""A switch to a flow that is in no pack.

Bad:
    nodes:
      pay-again: {taken: paid}
      paid: {switch: paid-no-oder}

Good:
    nodes:
      pay-again: {taken: paid}
      paid: {switch: paid-no-order}
"""

from walletdoc.diagnostic import Severity

ZH = """
switch 跳去的流程，哪个流程包里都没有。
"""

SEVERITY = Severity.ERROR
