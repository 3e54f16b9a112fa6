"""A comment that silences a rule without saying why.

The rule is silenced all the same, but whoever comes after can't tell a good reason from a moment of impatience.

Bad:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # walletdoc: ignore[wide-label]

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # walletdoc: ignore[wide-label] why this may stay
"""

from walletdoc.diagnostic import Severity

ZH = """
注释忽略了一条规则，却没写理由。

规则照样被忽略，但后来的人分不清是真有道理，还是一时图省事。
"""

SEVERITY = Severity.WARNING
RAW = True
