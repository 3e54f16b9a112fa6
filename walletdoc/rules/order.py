"""An order that takes users much longer than the best one.

What is quick to do and often helps comes first: then most people need not go through the rest. The minutes of the nodes
and the weights of the causes say which order that is. This is said of a flow whose users need more than 15 % longer on
average than in another order of the same questions and tries, in which every cause is still found and no rule is
broken. What protects, what can destroy something, and what asks about money or a scam stays where it is.

Bad:
    causes:
      network-bad:
        {title: {zh: "网络不好", en: "A bad network"}, weight: 200, basis: judgement, truth: {fact.money-taken: yes}}
      stale-login:
        {title: {zh: "登录失效", en: "A stale login"}, weight: 5, basis: judgement, truth: {fact.money-taken: yes}}
    nodes:
      record: {options: {processing: {go: log-in}, unsure: {go: log-in}}}
      log-in: {call: log-in-again, fixes: [stale-login], fixed: done, not-fixed: network}
      network: {call: check-network, fixes: [network-bad], fixed: done, not-fixed: waited}

Good:
    causes:
      network-bad:
        {title: {zh: "网络不好", en: "A bad network"}, weight: 200, basis: judgement, truth: {fact.money-taken: yes}}
      stale-login:
        {title: {zh: "登录失效", en: "A stale login"}, weight: 5, basis: judgement, truth: {fact.money-taken: yes}}
    nodes:
      record: {options: {processing: {go: network}, unsure: {go: network}}}
      network: {call: check-network, fixes: [network-bad], fixed: done, not-fixed: log-in}
      log-in: {call: log-in-again, fixes: [stale-login], fixed: done, not-fixed: waited}
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from walletdoc.diagnostic import Severity
from walletdoc.effort import Order, Reordered, money_first, worse_order
from walletdoc.flow import Flow
from walletdoc.orders import Method
from walletdoc.rules import Rule, load
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """比最好的顺序慢很多的顺序。

省时间又常常管用的，应该放在前面，这样大多数人不用走完后面的。该怎么排，由节点的分钟数和原因的权重决定。同样的提问和
尝试，换一个顺序，每个原因照样找得到，也不违反别的规则，而现在的顺序平均要多花 15 % 以上的时间，就会提示。保护措施、会删掉
东西的尝试、问钱和问骗局的题，都留在原处。
"""
SEVERITY = Severity.ADVICE
WHOLE = True

PERCENT = 15.0
ABOUT_ORDER = frozenset({"shape", "proof", "safety"})
"""The areas of the rules that another order can break, those of them that look at a flow as a whole."""

_HOW: Mapping[Method, Text] = {
    "exhaustive": Text(zh="所有的顺序都试过", en="all orders were tried"),
    "p/c": Text(zh="按概率除以时间来排", en="by probability over minutes"),
    "neighbour swaps": Text(
        zh="只试了交换相邻的，也许还有更好的", en="by swapping neighbours; there may be a better one"
    ),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find runs of a flow whose order costs its users much."""
    flow, proof = subject.flow, subject.proof
    if flow is None or proof is None or proof.problems:
        return
    best = worse_order(flow, subject.library, PERCENT, _allowed(subject))
    for run in best.order if best else ():
        if best and run.best != run.authored:
            yield Finding(("nodes", run.authored[0]), _message(best, run), of_key=True)


def _message(best: Order, run: Reordered) -> Text:
    now, then, more = f"{best.authored.minutes:.1f}", f"{best.best.minutes:.1f}", f"{best.worse_by:.0f}"
    zh, en = "、".join(run.best), ", ".join(run.best)
    how = _HOW[best.method]
    return Text(
        zh=f"这个顺序平均要 {now} 分钟，比 {zh} 多 {more} %；改成那样只要 {then} 分钟（{how.zh}）",
        en=f"in this order users need {now} minutes on average, {more} % more than with {en}: {then} ({how.en})",
    )


def _allowed(subject: Subject) -> Callable[[Flow], bool]:
    """Return what tells whether a flow in another order is proved, and breaks no rule that it does not break now."""
    rules: list[Rule] = []
    before: dict[str, int] = {}

    def allowed(flow: Flow) -> bool:
        changed = replace(subject, owner=flow)
        if not money_first(flow, subject.library) or changed.proof is None or changed.proof.problems:
            return False
        if not rules:
            rules.extend(each for each in load().values() if each.area in ABOUT_ORDER and each.whole)
            before.update({each.id: _count(each, subject) for each in rules})
        return all(_count(each, changed) <= before[each.id] for each in rules)

    return allowed


def _count(rule: Rule, subject: Subject) -> int:
    return sum(1 for _ in rule.check(subject)) if rule.check else 0
