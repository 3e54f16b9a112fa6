"""More than a flow file may hold.

A file has at most 1 MiB, 50,000 values, 24 levels and 500 nodes; a question at most 12 options; a text at most 4,000
characters; and reading stops at the hundredth finding. Nobody is helped by more, and a file without limits can stop the
program that reads it. Make two flows of it and let one switch to the other.

Bad:
    title: [[[[[[[[[[[[[[[[[[[[[[[[[[[["no"]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}
"""

from walletdoc.diagnostic import Severity

ZH = """
超出了流程文件的上限。

一个文件最多 1 MiB、五万个值、24 层、500 个节点；一个问题最多 12 个选项；一段文字最多 4000 个字符；问题列到第 100 个为止。
再多对用户也没有帮助，没有上限的文件还能拖垮读它的程序。请拆成两个流程，从一个跳到另一个。
"""

SEVERITY = Severity.ERROR
RAW = True
