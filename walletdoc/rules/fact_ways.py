"""A fact node that says both `go` and `to`, neither of them, or leaves out options of its fact.

Each option in scope needs a way; `else` takes all that `to` does not name.

Bad:
    nodes:
      money: {to: {yes: record, no: pay-again, unsure: ~}}

Good:
    nodes:
      money: {to: {yes: record, no: pay-again, unsure: ~}, else: call-wallet}
"""

from walletdoc.diagnostic import Severity

ZH = """
fact 节点同时写了 go 和 to，或者两个都没写，或者漏了事实的选项。

范围内的每个选项都要有去处；to 里没写的归 else。
"""

SEVERITY = Severity.ERROR
