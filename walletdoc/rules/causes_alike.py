"""Causes that no answer tells apart, though one end names them.

Whoever takes over can't know which of them it is. That may be so, and then the advice must fit both; or a question before
the end tells them apart.

Bad:
    causes:
      lost-in-bank:
        {title: {zh: "卡在银行", en: "At the bank"}, weight: 5, basis: judgement, truth: {fact.money-taken: yes, waited: 3}}
    nodes:
      call-wallet: {causes: [stuck, lost-in-bank]}

Good:
    causes:
      lost-in-bank:
        {title: {zh: "卡在银行", en: "At the bank"}, weight: 5, basis: judgement, truth: {fact.money-taken: yes, waited: 30}}
    nodes:
      call-wallet: {causes: [stuck, lost-in-bank]}
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, End, Flow, Number, edges
from walletdoc.graph import order
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """同一个结尾写了几个原因，却没有哪个回答能分清它们。

接手的人不知道是哪一个。也许就是这样，那么写的办法要对每个都管用；不然就在前面加一题来分清。
"""
SEVERITY = Severity.ADVICE
WHOLE = True

Said: TypeAlias = tuple[tuple[str, frozenset[str]], ...]


def check(subject: Subject) -> Iterator[Finding]:
    """Find ends that name causes with the same truth, as far as it is asked before."""
    flow = subject.flow
    if flow is None:
        return
    for id_, node in flow.nodes.items():
        if isinstance(node, End) and len(node.causes) > 1:
            asked = _asked_before(flow, id_)
            alike: dict[Said, list[str]] = {}
            for cause in node.causes:
                alike.setdefault(_said(flow, cause, asked), []).append(cause)
            for causes in alike.values():
                if len(causes) > 1:
                    yield Finding(("nodes", id_, "causes"), _message(causes))


def _message(causes: Iterable[str]) -> Text:
    shown = ", ".join(causes)
    return Text(zh=f"没有哪个回答能分清这些原因：{shown}", en=f"no answer tells these causes apart: {shown}")


def _asked_before(flow: Flow, end: str) -> Mapping[str, Ask | Number]:
    """Return the questions on the ways to an end."""
    leading = {end}
    for id_ in reversed(order(flow) or ()):
        if any(edge.target in leading for edge in edges(flow.nodes[id_])):
            leading.add(id_)
    return {id_: node for id_, node in flow.nodes.items() if id_ in leading and isinstance(node, Ask | Number)}


def _said(flow: Flow, cause: str, asked: Mapping[str, Ask | Number]) -> Said:
    truth = flow.causes[cause].truth
    here = {id_: truth.get(id_) or (str(node.usual),) for id_, node in asked.items()}
    facts = {key: said for key, said in truth.items() if key.startswith("fact.")}
    return tuple(sorted((key, frozenset(said)) for key, said in {**here, **facts}.items()))
