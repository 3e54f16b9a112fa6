"""`fixes` or `retries-payment` inside a step.

Which causes a step fixes differs from flow to flow: it stands on the call. A payment is never repeated inside a step.

Bad:
    step: log-in-again
    nodes:
      log-out: {fixes: [stale-login]}

Good:
    step: log-in-again
    nodes:
      log-out: {minutes: 4}
"""

from walletdoc.diagnostic import Severity

ZH = """
步骤里写了 fixes 或 retries-payment。

同一个步骤，在不同的流程里解决的原因不一样，所以写在 call 上。步骤里从不再付一次款。
"""

SEVERITY = Severity.ERROR
