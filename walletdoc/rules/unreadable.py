"""A file that can't be opened, is larger than 1 MiB, or is no ordinary file but a pipe or a device.

It is left out, so what refers to it can't be checked either.

Bad:
    # … and so on, for more than 1 MiB

Good:
    # as large as our flows are: some 30 KB
"""

from walletdoc.diagnostic import Severity

ZH = """
文件打不开、超过 1 MiB，或者不是普通文件（而是管道、设备）。

这个文件会被跳过，引用它的地方也就无从检查。
"""

SEVERITY = Severity.ERROR
RAW = True
