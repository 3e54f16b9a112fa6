"""A way on which more than 12 questions are asked.

Somebody whose money is stuck gives up before. Ask first what parts the causes best, or split the flow and switch. Only
questions count, not what is tried or done, and no fact that is known by then.

Bad:
    nodes:
      record: {options: {processing: {go: q1}, unsure: {go: q1}}}
      q1: {number: {zh: "一？", en: "One?"}, between: [0, 9], ranges: [{go: q2}]}
      q2: {number: {zh: "二？", en: "Two?"}, between: [0, 9], ranges: [{go: q3}]}
      q3: {number: {zh: "三？", en: "Three?"}, between: [0, 9], ranges: [{go: q4}]}
      q4: {number: {zh: "四？", en: "Four?"}, between: [0, 9], ranges: [{go: q5}]}
      q5: {number: {zh: "五？", en: "Five?"}, between: [0, 9], ranges: [{go: q6}]}
      q6: {number: {zh: "六？", en: "Six?"}, between: [0, 9], ranges: [{go: q7}]}
      q7: {number: {zh: "七？", en: "Seven?"}, between: [0, 9], ranges: [{go: q8}]}
      q8: {number: {zh: "八？", en: "Eight?"}, between: [0, 9], ranges: [{go: q9}]}
      q9: {number: {zh: "九？", en: "Nine?"}, between: [0, 9], ranges: [{go: waited}]}

Good:
    nodes:
      record: {options: {processing: {go: q1}, unsure: {go: q1}}}
      q1: {number: {zh: "一？", en: "One?"}, between: [0, 9], ranges: [{go: waited}]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, Call, FactNode, Flow, Node, Number, Step, edges
from walletdoc.graph import order
from walletdoc.known import UNASKED, State, values
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """一条路上要问 12 个以上的问题。

钱卡住的人等不到那时就放弃了。先问最能分清原因的，或者拆成两个流程，用“switch”接上。只数提问，不数尝试和要做的事；
那时已经知道的事实也不算。
"""
SEVERITY = Severity.WARNING
WHOLE = True

MOST = 12


def check(subject: Subject) -> Iterator[Finding]:
    """Find the first question of a flow that may be one too many."""
    if not isinstance(subject.owner, Flow):
        return
    counts: dict[str, int] = {}
    asked = _Asked(subject)
    for id_ in order(subject.owner) or ():
        node = subject.nodes[id_]
        before = counts.get(id_, 0)
        counts[id_] = before + asked.by(node, subject.known.states.get(id_, {}))
        if before <= MOST < counts[id_]:
            text = Text(
                zh=f"到这里可能已经是第 {counts[id_]} 个问题，最多 {MOST} 个",
                en=f"this may be question {counts[id_]} of a user; at most {MOST} are asked",
            )
            yield Finding(("nodes", id_), text, of_key=True)
            return
        for edge in edges(node):
            counts[edge.target] = max(counts.get(edge.target, 0), counts[id_])


class _Asked:
    """How many questions a node asks at most."""

    def __init__(self, subject: Subject) -> None:
        self._library = subject.library
        self._steps: dict[str, int] = {}

    def by(self, node: Node, state: State) -> int:
        match node:
            case Ask() | Number():
                return 1
            case FactNode(fact=fact):
                return int(UNASKED in values(state, fact))
            case Call(call=id_):
                if id_ not in self._steps:
                    self._steps[id_] = 0
                    self._steps[id_] = self._longest(self._library.step(id_))
                return self._steps[id_]
            case _:
                return 0

    def _longest(self, step: Step) -> int:
        counts: dict[str, int] = {}
        for id_ in reversed(order(step) or ()):
            node = step.nodes[id_]
            on = max((counts.get(edge.target, 0) for edge in edges(node)), default=0)
            counts[id_] = on + self.by(node, {})
        return counts.get(step.start, 0)
