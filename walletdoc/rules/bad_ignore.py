"""A comment for `walletdoc check` that can't be understood, or names a rule that there is not or that can't be silenced.

It is written `# walletdoc: ignore[rule] the reason`, at the end of the line with the finding or on a line of its own above
it; several rules are parted by commas. What keeps a file from being read can't be silenced, since such a file does not run.

Bad:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # walletdoc: ignore[title-to-short] it is plain enough

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}    # plain enough
"""

from walletdoc.diagnostic import Severity

ZH = """
写给 walletdoc check 的注释看不懂，或者里面的规则不存在、不能忽略。

写法是 # walletdoc: ignore[规则] 理由，放在有问题的那一行末尾，或者单独写在它上面一行；几条规则用逗号隔开。
让文件读不出来的错误不能忽略，因为那样的文件根本走不了。
"""

SEVERITY = Severity.WARNING
RAW = True
