"""An end of a flow without `say`.

The user has answered everything and reads nothing. Only the ends of steps say nothing, since the flow goes on after them.

Bad:
    nodes:
      done: {say: ~}

Good:
    nodes:
      done: {say: {zh: "钱到了。", en: "The money is there."}}
"""

from walletdoc.diagnostic import Severity

ZH = """
流程的结尾没写 say。

用户一路答下来，最后什么也没看到。只有步骤的结尾不用写，因为流程还会接着走。
"""

SEVERITY = Severity.ERROR
