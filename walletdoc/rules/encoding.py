"""A file that is not UTF-8.

Flows are read as UTF-8 on every system, so that Chinese looks the same everywhere. Save the file as UTF-8 in your editor.

Bad:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # saved as GBK

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # saved as UTF-8
"""

from walletdoc.diagnostic import Severity

ZH = """
文件不是 UTF-8 编码。

流程文件在任何系统上都按 UTF-8 读，中文才不会变成乱码。请在编辑器里把文件另存为 UTF-8。
"""

SEVERITY = Severity.ERROR
RAW = True
