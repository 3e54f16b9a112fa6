"""A key that stands twice in the same place.

Only one of the two can count, and a reader can't tell which. Most often a node was copied and its id not changed.

Bad:
    title:
      zh: "充值没到账"
      en: "A top-up has not arrived"
      en: "Where is my top-up?"

Good:
    title:
      zh: "充值没到账"
      en: "A top-up has not arrived"
"""

from walletdoc.diagnostic import Severity

ZH = """
同一个地方，同一个键写了两次。

两个里只有一个算数，看的人分不清是哪一个。常见的情形是复制了一个节点，忘了改编号。
"""

SEVERITY = Severity.ERROR
RAW = True
