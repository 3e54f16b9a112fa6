"""Facts that can be combined in too many ways to prove anything.

A proof holds for every value of each open fact that the flow parts on. Give a fact a usual value, ask it in another flow,
or ask something that belongs to this flow alone by an `ask`.

Bad:
    facts:
      f1:
        ask: {zh: "是哪一种？", en: "Which kind?"}
        options: {o1: {say: {zh: "第 1 种", en: "Kind 1"}}, o2: {say: {zh: "第 2 种", en: "Kind 2"}}, o3: {say: {zh: "第 3 种", en: "Kind 3"}}, o4: {say: {zh: "第 4 种", en: "Kind 4"}}, o5: {say: {zh: "第 5 种", en: "Kind 5"}}, o6: {say: {zh: "第 6 种", en: "Kind 6"}}, o7: {say: {zh: "第 7 种", en: "Kind 7"}}, o8: {say: {zh: "第 8 种", en: "Kind 8"}}, o9: {say: {zh: "第 9 种", en: "Kind 9"}}, o10: {say: {zh: "第 10 种", en: "Kind 10"}}, o11: {say: {zh: "第 11 种", en: "Kind 11"}}}
      f2:
        ask: {zh: "是哪一种？", en: "Which kind?"}
        options: {o1: {say: {zh: "第 1 种", en: "Kind 1"}}, o2: {say: {zh: "第 2 种", en: "Kind 2"}}, o3: {say: {zh: "第 3 种", en: "Kind 3"}}, o4: {say: {zh: "第 4 种", en: "Kind 4"}}, o5: {say: {zh: "第 5 种", en: "Kind 5"}}, o6: {say: {zh: "第 6 种", en: "Kind 6"}}, o7: {say: {zh: "第 7 种", en: "Kind 7"}}, o8: {say: {zh: "第 8 种", en: "Kind 8"}}, o9: {say: {zh: "第 9 种", en: "Kind 9"}}, o10: {say: {zh: "第 10 种", en: "Kind 10"}}, o11: {say: {zh: "第 11 种", en: "Kind 11"}}}
      f3:
        ask: {zh: "是哪一种？", en: "Which kind?"}
        options: {o1: {say: {zh: "第 1 种", en: "Kind 1"}}, o2: {say: {zh: "第 2 种", en: "Kind 2"}}, o3: {say: {zh: "第 3 种", en: "Kind 3"}}, o4: {say: {zh: "第 4 种", en: "Kind 4"}}, o5: {say: {zh: "第 5 种", en: "Kind 5"}}, o6: {say: {zh: "第 6 种", en: "Kind 6"}}, o7: {say: {zh: "第 7 种", en: "Kind 7"}}, o8: {say: {zh: "第 8 种", en: "Kind 8"}}, o9: {say: {zh: "第 9 种", en: "Kind 9"}}, o10: {say: {zh: "第 10 种", en: "Kind 10"}}, o11: {say: {zh: "第 11 种", en: "Kind 11"}}}
      f4:
        ask: {zh: "是哪一种？", en: "Which kind?"}
        options: {o1: {say: {zh: "第 1 种", en: "Kind 1"}}, o2: {say: {zh: "第 2 种", en: "Kind 2"}}, o3: {say: {zh: "第 3 种", en: "Kind 3"}}, o4: {say: {zh: "第 4 种", en: "Kind 4"}}, o5: {say: {zh: "第 5 种", en: "Kind 5"}}, o6: {say: {zh: "第 6 种", en: "Kind 6"}}, o7: {say: {zh: "第 7 种", en: "Kind 7"}}, o8: {say: {zh: "第 8 种", en: "Kind 8"}}, o9: {say: {zh: "第 9 种", en: "Kind 9"}}, o10: {say: {zh: "第 10 种", en: "Kind 10"}}, o11: {say: {zh: "第 11 种", en: "Kind 11"}}}
      f5:
        ask: {zh: "是哪一种？", en: "Which kind?"}
        options: {o1: {say: {zh: "第 1 种", en: "Kind 1"}}, o2: {say: {zh: "第 2 种", en: "Kind 2"}}, o3: {say: {zh: "第 3 种", en: "Kind 3"}}, o4: {say: {zh: "第 4 种", en: "Kind 4"}}, o5: {say: {zh: "第 5 种", en: "Kind 5"}}, o6: {say: {zh: "第 6 种", en: "Kind 6"}}, o7: {say: {zh: "第 7 种", en: "Kind 7"}}, o8: {say: {zh: "第 8 种", en: "Kind 8"}}, o9: {say: {zh: "第 9 种", en: "Kind 9"}}, o10: {say: {zh: "第 10 种", en: "Kind 10"}}, o11: {say: {zh: "第 11 种", en: "Kind 11"}}}
    ---
    nodes:
      which: {go: g1}
      g1: {fact: f1, go: g2}
      g2: {fact: f2, go: g3}
      g3: {fact: f3, go: g4}
      g4: {fact: f4, go: g5}
      g5: {fact: f5, go: money}

Good:
    nodes:
      which: {fact: wallet, go: money}
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
