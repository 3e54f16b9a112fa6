"""A character that nobody sees: a zero-width joiner, a change of writing direction, a control character, a tab in a text.

Such characters make a text read otherwise than it is written, or steer the terminal, which is how people are deceived.
They mostly come with text that was copied from a web page. Delete them; for a tab, write spaces.

Bad:
    title: {zh: "充值\u200b没到账", en: "A top-up has not arrived"}

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}
"""

from walletdoc.diagnostic import Severity

ZH = """
文字里有看不见的字符：零宽字符、改变书写方向的字符、控制字符，或者夹在文字里的制表符。

这类字符会让显示的内容和实际写的不一样，还能操纵终端，骗子常用这一手；平时多半是从网页复制来的。删掉它们，制表符改成空格。
"""

SEVERITY = Severity.ERROR
RAW = True
