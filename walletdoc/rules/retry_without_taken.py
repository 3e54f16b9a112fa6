"""A try that pays again without `taken`, or `taken` without `retries-payment: true`.

Whoever pays again may find that the money was taken this time, and must have an answer for it; otherwise they try once
more and pay twice.

Bad:
    nodes:
      pay-again: {taken: ~}

Good:
    nodes:
      pay-again: {taken: record}
"""

from walletdoc.diagnostic import Severity

ZH = """
再付一次的尝试没写 taken，或者写了 taken 却没有 retries-payment: true。

再付一次，这次钱可能真的扣了，要有一个对应的回答；不然用户会接着再试，付了两遍。
"""

SEVERITY = Severity.ERROR
