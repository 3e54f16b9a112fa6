"""A flow or step with more than 40 nodes.

Nobody oversees so much, and a change in one place breaks another. Split it by what it is about and switch, or move what
comes up again into a step.

Bad:
    nodes:
      refresh: {not-fixed: n1}
      n1: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n2}
      n2: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n3}
      n3: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n4}
      n4: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n5}
      n5: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n6}
      n6: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n7}
      n7: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n8}
      n8: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n9}
      n9: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n10}
      n10: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n11}
      n11: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n12}
      n12: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n13}
      n13: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n14}
      n14: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n15}
      n15: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n16}
      n16: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n17}
      n17: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n18}
      n18: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n19}
      n19: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n20}
      n20: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n21}
      n21: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n22}
      n22: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n23}
      n23: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n24}
      n24: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n25}
      n25: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n26}
      n26: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n27}
      n27: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n28}
      n28: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n29}
      n29: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n30}
      n30: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n31}
      n31: {do: {zh: "好", en: "Ok"}, minutes: 1, done: n32}
      n32: {do: {zh: "好", en: "Ok"}, minutes: 1, done: call-wallet}

Good:
    nodes:
      refresh: {not-fixed: n1}
      n1: {do: {zh: "好", en: "Ok"}, minutes: 1, done: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """节点超过 40 个的流程或步骤。

太大就没人看得全，改一处会坏另一处。按内容拆成两个流程，用“switch”接上，或者把反复出现的部分做成步骤。
"""
SEVERITY = Severity.WARNING

MOST = 40


def check(subject: Subject) -> Iterator[Finding]:
    """Find what has grown too large."""
    if len(subject.nodes) > MOST:
        count = len(subject.nodes)
        text = Text(
            zh=f"有 {count} 个节点，最多 {MOST} 个", en=f"there are {count} nodes; more than {MOST} are too many"
        )
        yield Finding(("nodes",), text, of_key=True)
