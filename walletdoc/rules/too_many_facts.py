"""Facts that can be combined in too many ways to prove anything.

A proof holds for every value of each open fact that the flow parts on. Give a fact a usual value, ask it in another flow,
or ask something that belongs to this flow alone by an `ask`.

Bad:
    facts:
      f1:
        ask: {zh: "是第 1 种吗？", en: "Is it kind 1?"}
        options:
          a: {say: {zh: "甲", en: "A"}}
          b: {say: {zh: "乙", en: "B"}}
          c: {say: {zh: "丙", en: "C"}}
          d: {say: {zh: "丁", en: "D"}}
      f2:
        ask: {zh: "是第 2 种吗？", en: "Is it kind 2?"}
        options:
          a: {say: {zh: "甲", en: "A"}}
          b: {say: {zh: "乙", en: "B"}}
          c: {say: {zh: "丙", en: "C"}}
          d: {say: {zh: "丁", en: "D"}}
      f3:
        ask: {zh: "是第 3 种吗？", en: "Is it kind 3?"}
        options:
          a: {say: {zh: "甲", en: "A"}}
          b: {say: {zh: "乙", en: "B"}}
          c: {say: {zh: "丙", en: "C"}}
          d: {say: {zh: "丁", en: "D"}}
      f4:
        ask: {zh: "是第 4 种吗？", en: "Is it kind 4?"}
        options:
          a: {say: {zh: "甲", en: "A"}}
          b: {say: {zh: "乙", en: "B"}}
          c: {say: {zh: "丙", en: "C"}}
          d: {say: {zh: "丁", en: "D"}}
    ---
    nodes:
      which: {go: g1}
      g1: {fact: paid-from, go: g2}
      g2: {fact: bank, go: g3}
      g3: {fact: carrier, go: g4}
      g4: {fact: f1, go: g5}
      g5: {fact: f2, go: g6}
      g6: {fact: f3, go: g7}
      g7: {fact: f4, go: money}

Good:
    nodes:
      which: {go: g1}
      g1: {fact: bank, go: money}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject

ZH = """事实的组合太多，什么也证明不了。

证明要对流程用到的每个未定事实的每个值成立。给事实写上通常的值，或者挪到别的流程里问；只和这个流程有关的，用 `ask` 来问。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find flows that were not proved."""
    for each in subject.proof.problems if subject.proof else ():
        if each.rule == "too-many-facts":
            yield Finding(each.where, each.message, of_key=True)
