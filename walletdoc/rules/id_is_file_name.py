"""A file whose name is not the id that it says.

Flows and steps are found by the name of their file, so `top-up-missing.yaml` says `flow: top-up-missing`.

Bad:
    flow: exmaple

Good:
    flow: example
"""

from walletdoc.diagnostic import Severity

ZH = """
文件名和里面写的编号不一样。

流程和步骤是按文件名找的：top-up-missing.yaml 里要写 flow: top-up-missing。
"""

SEVERITY = Severity.ERROR
RAW = True
