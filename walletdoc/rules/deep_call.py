"""Steps that call steps more than eight deep.

Nobody can follow that, and a session goes no deeper.

Bad:
    step: one
    nodes: {restart: ~, next: {call: two, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: two
    nodes: {restart: ~, next: {call: three, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: three
    nodes: {restart: ~, next: {call: four, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: four
    nodes: {restart: ~, next: {call: five, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: five
    nodes: {restart: ~, next: {call: six, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: six
    nodes: {restart: ~, next: {call: seven, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: seven
    nodes: {restart: ~, next: {call: eight, not-fixed: still-broken}, works: ~}
    start: next
    ---
    step: eight
    nodes: {restart: ~, next: {call: check-network, fixed: works, not-fixed: still-broken}}
    start: next
    ---
    nodes:
      refresh: {not-fixed: deep}
      deep: {call: one, fixed: done, not-fixed: call-wallet}

Good:
    nodes:
      refresh: {not-fixed: network}
      network: {call: check-network, fixed: done, not-fixed: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, Flow, Pack, Step
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """步骤里再调用步骤，超过八层。

没人看得懂，运行时也不会走得更深。
"""
SEVERITY = Severity.ERROR
WHOLE = True

DEEPEST = 8


def check(subject: Subject) -> Iterator[Finding]:
    """Find the calls of a flow that nest too deep."""
    if not isinstance(subject.owner, Flow):
        return
    depths: dict[str, int] = {}
    for id_, node in subject.nodes.items():
        if isinstance(node, Call):
            deep = _depth(node.call, subject.library, depths)
            if deep > DEEPEST:
                text = Text(
                    zh=f"“{node.call}”往下调用了 {deep} 层，最多 {DEEPEST} 层",
                    en=f"calls from '{node.call}' on are {deep} deep; at most {DEEPEST} are allowed",
                )
                yield Finding(("nodes", id_, "call"), text)


def _depth(step: str, pack: Pack, depths: dict[str, int]) -> int:
    """Return how deep calls go from a step on, itself included; what calls itself is told of elsewhere."""
    if step not in depths:
        depths[step] = 0
        owner: Step = pack.step(step)
        below = (_depth(node.call, pack, depths) for node in owner.nodes.values() if isinstance(node, Call))
        depths[step] = 1 + max(below, default=0)
    return depths[step]
