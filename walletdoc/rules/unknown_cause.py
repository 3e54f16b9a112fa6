"""A cause that is not in the flow's own table: in `fixes` of a try, do or call, or in `causes` of an end or switch.

Without its entry nobody knows how a user with this cause answers, and nothing can be proved of it.

Bad:
    nodes:
      refresh: {fixes: [stale-page]}

Good:
    nodes:
      refresh: {fixes: [old-page]}
"""

from walletdoc.diagnostic import Severity

ZH = """
写了原因表里没有的原因：在 try、do、call 的 fixes 里，或者在结尾、跳转的 causes 里。

表里没有它，就不知道有这个原因的用户会怎么回答，也就什么都证明不了。
"""

SEVERITY = Severity.ERROR
