"""A comment that silences what is not found there.

The flow was mended, or the line moved; the comment stays and will one day silence something else. Delete it.

Bad:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # walletdoc: ignore[wide-label] was needed once

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}
"""

from walletdoc.diagnostic import Severity

ZH = """
注释要忽略的问题，那里并没有。

也许流程已经改好，也许那一行挪了位置；注释留着，有一天会盖住别的问题。删掉它。
"""

SEVERITY = Severity.WARNING
RAW = True
