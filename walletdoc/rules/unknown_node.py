"""A way that leads to a node that is not in the file.

The user would answer and be left standing there. A near name is suggested, since most of these are slips of typing.

Bad:
    nodes:
      refresh: {not-fixed: call-walet}

Good:
    nodes:
      refresh: {not-fixed: call-wallet}
"""

from walletdoc.diagnostic import Severity

ZH = """
去处写的节点，文件里没有。

用户答到这里就走不下去了。多半是打错了字，报错里会给出最接近的名字。
"""

SEVERITY = Severity.ERROR
