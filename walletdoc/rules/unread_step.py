"""A call of a step that has mistakes of its own.

Until the step can be read, nothing can be proved of the flow that calls it, and it would stop there. Mend the step first;
its own findings say where.

Bad:
    nodes:
      refresh: ~
      log-in: {call: log-in-again, fixes: [old-page], fixed: done, not-fixed: call-wallet}
      record: {options: {done: {go: log-in}}}
    ---
    step: log-in-again
    start: nowhere

Good:
    nodes:
      refresh: ~
      log-in: {call: log-in-again, fixes: [old-page], fixed: done, not-fixed: call-wallet}
      record: {options: {done: {go: log-in}}}
"""

from walletdoc.diagnostic import Severity

ZH = """
调用的步骤自己有错。

步骤读不出来，调用它的流程就证明不了，走到那里也会停住。先改步骤，它自己的报错会说明错在哪里。
"""

SEVERITY = Severity.ERROR
