"""Two files of a pack with the same id.

One of them could never be found. The same name in two folders is still the same id.

Bad:
    # a second example.yaml, in another folder
    flow: example

Good:
    # the only example.yaml
    flow: example
"""

from walletdoc.diagnostic import Severity

ZH = """
一个流程包里，两个文件的编号相同。

其中一个永远找不到。放在不同的文件夹里，编号也还是同一个。
"""

SEVERITY = Severity.ERROR
RAW = True
