"""A question with more than 12 options.

Nobody reads so many before choosing; on a telephone or read aloud, the first is forgotten by then. Ask twice, or put the
rare ones together.

Bad:
    nodes:
      record:
        options:
          o1: {say: {zh: "一", en: "One"}, go: waited}
          o2: {say: {zh: "二", en: "Two"}, go: waited}
          o3: {say: {zh: "三", en: "Three"}, go: waited}
          o4: {say: {zh: "四", en: "Four"}, go: waited}
          o5: {say: {zh: "五", en: "Five"}, go: waited}
          o6: {say: {zh: "六", en: "Six"}, go: waited}
          o7: {say: {zh: "七", en: "Seven"}, go: waited}
          o8: {say: {zh: "八", en: "Eight"}, go: waited}
          o9: {say: {zh: "九", en: "Nine"}, go: waited}
          o10: {say: {zh: "十", en: "Ten"}, go: waited}

Good:
    nodes:
      record:
        options:
          failed: {say: {zh: "充值失败", en: "Failed"}, go: waited}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """选项超过 12 个的提问。

没人会看完这么多再选；念给人听的话，听到后面就忘了前面。分两次问，或者把少见的合在一起。
"""
SEVERITY = Severity.WARNING

MOST = 12


def check(subject: Subject) -> Iterator[Finding]:
    """Find questions of a flow with too many options."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Ask) and len(node.options) > MOST:
            yield Finding(("nodes", id_, "options"), _message(len(node.options)), of_key=True)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find facts with too many options."""
    for id_, fact in pack.own("facts").items():
        if len(fact.options) > MOST:
            yield "facts.yaml", Finding(("facts", id_, "options"), _message(len(fact.options)), of_key=True)


def _message(count: int) -> Text:
    return Text(zh=f"有 {count} 个选项，最多 {MOST} 个", en=f"there are {count} options; at most {MOST} can be taken in")
