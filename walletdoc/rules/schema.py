"""A key that does not belong, is missing, or has a value of another kind than it takes.

Each kind of node has its own keys. The message says what was expected; `walletdoc schema` gives the whole description to
an editor, which then offers the keys and marks mistakes while you write.

Bad:
    nodes:
      refresh: {minuets: 2}

Good:
    nodes:
      refresh: {minutes: 2}
"""

from walletdoc.diagnostic import Severity

ZH = """
多了不该有的键、少了必须有的键，或者值的类型不对。

每种节点有自己的键，报错里写明这里应该是什么。walletdoc schema 能输出完整的格式说明，交给编辑器，写的时候就会提示和标错。
"""

SEVERITY = Severity.ERROR
