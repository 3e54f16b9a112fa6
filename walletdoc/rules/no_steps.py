"""A `try` or `do` with neither `steps` nor `how`.

It says what to do and not how. Who knows how has often done it already; who doesn't is stuck here.

Bad:
    nodes:
      refresh: {steps: ~, how: ~}

Good:
    nodes:
      refresh:
        steps:
          zh: ["关掉应用。", "自己打开应用，看余额。"]
          en: ["Close the app.", "Open the app yourself and look at the balance."]
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Do, Try
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """try 或 do 既没有“steps”，也没有“how”。

只说了做什么，没说怎么做。会做的人多半已经做过了，不会的人就卡在这里。
"""
SEVERITY = Severity.ADVICE


def check(subject: Subject) -> Iterator[Finding]:
    """Find tries and dos that don't say how."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Try | Do) and not node.steps and node.how is None:
            text = Text(zh="没说怎么做，请写“steps”或“how”", en="it doesn't say how to: add 'steps' or 'how'")
            yield Finding(("nodes", id_), text, of_key=True)
