"""A try that can destroy something, before one that can't.

What can be undone comes first: it may help, and then nothing is lost. This is said where a try without risk, or one that
can be undone, comes after a destructive one that did not help.

Bad:
    nodes:
      refresh:
        risk: destructive
        warning: {zh: "聊天记录会没有，先备份。", en: "Your chats will be gone; make a backup first."}
        not-fixed: network
      network: {call: check-network, fixed: done, not-fixed: call-wallet}

Good:
    nodes:
      record: {options: {done: {go: network}}}
      network: {call: check-network, fixed: done, not-fixed: refresh}
      refresh:
        risk: destructive
        warning: {zh: "聊天记录会没有，先备份。", en: "Your chats will be gone; make a backup first."}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, Node, Try, edges
from walletdoc.graph import order
from walletdoc.library import Library
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text
from walletdoc.truth import called

ZH = """会弄丢东西的尝试，放在了不会弄丢的前面。

能撤销的先做：也许就好了，什么都不会丢。没有风险或能撤销的尝试，排在没管用的破坏性尝试后面，就会指出来。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find destructive tries that gentler ones come after."""
    nodes = order(subject.owner) or ()
    risks = {id_: _risks(subject.nodes[id_], subject.library) for id_ in nodes}
    if not any("destructive" in each for each in risks.values()):
        return
    gentler: dict[str, str | None] = {}
    for id_ in reversed(nodes):
        node = subject.nodes[id_]
        after = {edge.answer: _first(edge.target, risks, gentler) for edge in edges(node)}
        gentler[id_] = next(filter(None, after.values()), None)
        later = after.get("not-fixed")
        if "destructive" in risks[id_] and later is not None:
            text = Text(
                zh=f"这一步会弄丢东西，“{later}”不会；先试“{later}”",
                en=f"this can destroy something and '{later}' can't; try '{later}' before",
            )
            yield Finding(("nodes", id_), text, of_key=True)


def _first(target: str, risks: dict[str, set[str]], gentler: dict[str, str | None]) -> str | None:
    gentle = risks[target] and "destructive" not in risks[target]
    return target if gentle else gentler.get(target)


def _risks(node: Node, library: Library) -> set[str]:
    """Return the risks of what a node has people try."""
    match node:
        case Try(risk=risk):
            return {risk}
        case Call(call=id_):
            step = library.step(id_)
            every = (step, *called(step, library).values())
            return {each.risk for owner in every for each in owner.nodes.values() if isinstance(each, Try)}
        case _:
            return set()
