"""A range that takes no number of those that may be given.

The numbers that it was meant for are outside `between`, or an earlier range takes them all; so the way that was written
for them is never gone.

Bad:
    nodes:
      waited: {between: [1, 400], usual: 1, ranges: [{below: 1, go: look-later}, {go: call-wallet}]}

Good:
    nodes:
      waited: {between: [0, 400], ranges: [{below: 1, go: look-later}, {go: call-wallet}]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Number
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """一个数也轮不到的区间。

它要接的数不在“between”里，或者前面的区间全拿走了，所以为它写的那条路永远不会走。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find ranges of numbers that are empty."""
    for id_, node in subject.nodes.items():
        if not isinstance(node, Number):
            continue
        first, high = node.between
        for index, each in enumerate(node.ranges):
            here = ("nodes", id_, "ranges", index)
            if each.below is not None and each.below <= first:
                text = Text(
                    zh=f"没有数小于 {each.below}：最小是 {first}",
                    en=f"no number is below {each.below}: the lowest that is left is {first}",
                )
                yield Finding((*here, "below"), text)
            elif first > high:
                text = Text(
                    zh=f"前面的区间已经拿走了到 {high} 为止的数",
                    en=f"the ranges before it take every number up to {high}",
                )
                yield Finding(here, text)
            first = first if each.below is None else max(first, each.below)
