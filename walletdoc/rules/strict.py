"""A feature of YAML that flow files go without: aliases, anchors, tags, merge keys, directives, a second document, odd keys.

With these, what a file says depends on something far away, and a few lines can stand for millions. A flow file says what
it says where it says it. Write the value out; a text that begins with one of the marks needs quotes.

Bad:
    title: &name {zh: "充值没到账", en: "A top-up has not arrived"}

Good:
    title: {zh: "充值没到账", en: "A top-up has not arrived"}
"""

from walletdoc.diagnostic import Severity

ZH = """
用了流程文件不支持的 YAML 写法：别名、锚点、标签、合并键、指令、第二个文档，或者不是文本的键。

有了这些写法，一行的意思要到别处去找，几行就能展开成几百万行。流程文件写什么就是什么。请把内容写全；文字以这些记号开头时要加引号。
"""

SEVERITY = Severity.ERROR
RAW = True
