"""A file that is not YAML, nearly always because a text lacks its quotes.

Without quotes a text ends at `, ` and at a closing bracket inside `{…}`, at ` #` and at `: `, and it can't begin with a
bracket or one of `* & ! @ %`. What is left of it is taken for something else, so that whole sentences can go missing.
Put texts for people in quotes, and quotes inside a text in “ ”.

Bad:
    title: {zh: 没到账, 怎么办, en: "A top-up has not arrived"}

Good:
    title: {zh: "没到账，怎么办", en: "A top-up has not arrived"}
"""

from walletdoc.diagnostic import Severity

ZH = """
文件不是合法的 YAML，多半是哪段文字忘了加引号。

不加引号时，花括号里的文字遇到“, ”或右括号就断开，遇到“ #”后面变成注释，遇到“: ”变成键值，也不能以括号或 * & ! @ % 开头。
断开后剩下的部分会被当成别的东西，整句话可能就这样丢了。写给人看的文字一律加引号，文字里的引号用“ ”。
"""

SEVERITY = Severity.ERROR
RAW = True
