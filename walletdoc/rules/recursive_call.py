"""A step that calls itself, at once or by way of others.

It would never come to an end.

Bad:
    step: log-in-again
    nodes:
      log-out: {not-fixed: once-more}
      once-more: {call: log-in-again, fixed: works, not-fixed: still-broken}

Good:
    step: log-in-again
    nodes:
      log-out: {not-fixed: once-more}
      once-more: {call: clear-cache, fixed: works, not-fixed: still-broken}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, Step
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text
from walletdoc.truth import called

ZH = """直接或绕一圈调用了自己的步骤。

这样永远走不完。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find the calls of a step that come back to it."""
    step = subject.owner
    if not isinstance(step, Step):
        return
    for id_, node in subject.nodes.items():
        if isinstance(node, Call) and (
            node.call == step.step or step.step in called(subject.library.step(node.call), subject.library)
        ):
            text = Text(zh=f"“{node.call}”又会调用“{step.step}”", en=f"'{node.call}' calls '{step.step}' again")
            yield Finding(("nodes", id_, "call"), text)
