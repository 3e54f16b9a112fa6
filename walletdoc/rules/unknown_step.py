"""A call of a step that is not in `steps/`.

Bad:
    nodes:
      refresh: ~
      log-in: {call: login-again, fixes: [old-page], fixed: done, not-fixed: call-wallet}
      record: {options: {done: {go: log-in}}}

Good:
    nodes:
      refresh: ~
      log-in: {call: log-in-again, fixes: [old-page], fixed: done, not-fixed: call-wallet}
      record: {options: {done: {go: log-in}}}
"""

from walletdoc.diagnostic import Severity

ZH = """
call 的步骤，steps 文件夹里没有。
"""

SEVERITY = Severity.ERROR
