"""What a file refers to must exist: nodes, causes, options, facts, steps, flows, contacts, times, things to prepare.

The schema sees one value at a time; this sees the file, and the names that the pack around it knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.flow import (
    KINDS,
    MONEY_TAKEN,
    STEP_KINDS,
    UNSURE,
    Ask,
    Call,
    End,
    Fact,
    FactNode,
    Flow,
    Node,
    Number,
    Period,
    Step,
    Switch,
    Try,
    edges,
)
from walletdoc.frozen import frozen
from walletdoc.text import Text, visible
from walletdoc.yamlfile import Document

Where = tuple[str | int, ...]
ROLES = ("wallet", "bank", "merchant", "carrier", "police", "regulator")


@frozen
class Names:
    """The names that a pack knows: facts with their options, and the ids of all else."""

    facts: Mapping[str, Fact]
    steps: frozenset[str]
    flows: frozenset[str]
    times: frozenset[str]
    prepare: frozenset[str]
    contacts: frozenset[str]


@frozen
class Broken:
    """One thing that does not fit: where in the file (of a key or its value), by which rule, and what was wrong."""

    where: Where
    rule: str
    message: Text
    of_key: bool = False


def broken(owner: Flow | Step, names: Names) -> Iterator[Broken]:
    """Yield every reference of a flow or step that leads nowhere, and every value that does not fit its neighbours."""
    nodes = owner.nodes
    if owner.start not in nodes:
        yield _unknown(("start",), "unknown-node", owner.start, nodes, "节点", "node")
    for id_, node in nodes.items():
        at: Where = ("nodes", id_)
        for edge in edges(node):
            if edge.target not in nodes:
                yield _unknown((*at, *edge.where), "unknown-node", edge.target, nodes, "节点", "node")
        yield from _node(at, node, owner, names)
    if isinstance(owner, Flow):
        yield from _causes(owner, names)
        if not owner.causes:
            yield Broken(("causes",), "no-cause", Text(zh="流程至少要有一个原因", en="a flow has at least one cause"))
    else:
        yield from _step(owner)


def _node(at: Where, node: Node, owner: Flow | Step, names: Names) -> Iterator[Broken]:
    causes = owner.causes if isinstance(owner, Flow) else {}
    for key in ("fixes", "causes"):
        yield from _each((*at, key), getattr(node, key, ()), causes, "unknown-cause", "原因", "cause")
    match node:
        case Ask(options=options, usual=str(usual)) if usual not in options:
            yield _unknown((*at, "usual"), "unknown-option", usual, options, "选项", "option")
        case Number():
            yield from _number(at, node)
        case FactNode():
            yield from _fact(at, node, names)
        case Call(call=step) if step not in names.steps:
            yield _unknown((*at, "call"), "unknown-step", step, names.steps, "步骤", "step")
        case Switch(switch=target) if target not in names.flows:
            yield _unknown((*at, "switch"), "unknown-flow", target, names.flows, "流程", "flow")
        case End():
            yield from _end(at, node, owner, names)
        case _:
            pass
    if isinstance(node, Try | Call):
        yield from _retry(at, node, names)


def _retry(at: Where, node: Try | Call, names: Names) -> Iterator[Broken]:
    if node.retries_payment and node.taken is None:
        text = Text(
            zh="再付一次的尝试要写“taken”：这次扣了钱之后去哪里",
            en="a try that pays again says by 'taken' where it leads when money was taken",
        )
        yield Broken((*at, "retries-payment"), "retry-without-taken", text, of_key=True)
    if node.taken is not None and not node.retries_payment:
        text = Text(zh="“taken”只用于“retries-payment: true”的尝试", en="'taken' goes with 'retries-payment: true'")
        yield Broken((*at, "taken"), "retry-without-taken", text, of_key=True)
    if node.taken is not None and MONEY_TAKEN not in names.facts:
        yield _unknown((*at, "taken"), "unknown-fact", MONEY_TAKEN, names.facts, "事实", "fact")


def _number(at: Where, node: Number) -> Iterator[Broken]:
    low, high = node.between
    if low > high:
        text = Text(
            zh=f"范围写反了：{low} 大于 {high}", en=f"the bounds are the wrong way round: {low} is above {high}"
        )
        yield Broken((*at, "between"), "number-range", text)
    if node.usual is not None and not low <= node.usual <= high:
        text = Text(zh=f"“{node.usual}”不在 {low} 到 {high} 之间", en=f"{node.usual} is not between {low} and {high}")
        yield Broken((*at, "usual"), "number-range", text)
    if not node.ranges:
        yield Broken((*at, "ranges"), "number-range", Text(zh="至少要写一个区间", en="at least one range is needed"))
    before: int | None = None
    for index, each in enumerate(node.ranges):
        here: Where = (*at, "ranges", index)
        last = index == len(node.ranges) - 1
        if each.below is None and not last:
            text = Text(zh="没有“below”的区间只能放在最后", en="only the last range may go without 'below'")
            yield Broken(here, "number-range", text)
        if each.below is not None and before is not None and each.below <= before:
            text = Text(
                zh=f"区间要从小到大：{each.below} 不大于前面的 {before}",
                en=f"ranges go upwards: {each.below} is not above {before}",
            )
            yield Broken((*here, "below"), "number-range", text)
        if each.below is not None and last and each.below <= high:
            text = Text(
                zh=f"{each.below} 到 {high} 没有去处；最后一个区间不写“below”",
                en=f"{each.below} to {high} lead nowhere; leave 'below' out of the last range",
            )
            yield Broken((*here, "below"), "number-range", text)
        before = each.below if each.below is not None else before


def _fact(at: Where, node: FactNode, names: Names) -> Iterator[Broken]:
    if (node.go is None) == (node.to is None) or (node.go is not None and node.else_ is not None):
        text = Text(
            zh="要么写“go”，要么写“to”（可加“else”）",
            en="a fact goes on by 'go', or by 'to' with an 'else' if it needs one",
        )
        yield Broken(at, "fact-ways", text, of_key=True)
    fact = names.facts.get(node.fact)
    if fact is None:
        yield _unknown((*at, "fact"), "unknown-fact", node.fact, names.facts, "事实", "fact")
        return
    for option in node.to or {}:
        if option not in fact.options:
            yield _unknown((*at, "to", option), "unknown-option", option, fact.options, "选项", "option", of_key=True)
    missing = [id_ for id_, option in fact.options.items() if node.to and id_ not in node.to and option.outside is None]
    if missing and node.else_ is None and node.to is not None:
        listed = ", ".join(missing)
        text = Text(
            zh=f"“{node.fact}”的这些选项没有去处：{listed}；请补上，或写“else”",
            en=f"these options of '{node.fact}' lead nowhere: {listed}; add them, or 'else'",
        )
        yield Broken((*at, "to"), "fact-ways", text, of_key=True)


def _end(at: Where, node: End, owner: Flow | Step, names: Names) -> Iterator[Broken]:
    yield from _each((*at, "prepare"), node.prepare, names.prepare, "unknown-prepare", "准备项", "thing to prepare")
    yield from _each((*at, "to"), node.to, {*ROLES, *names.contacts}, "unknown-contact", "联系对象", "contact")
    for key, target in (("since", node.since), ("again", node.again)):
        if target is not None and target not in owner.nodes:
            yield _unknown((*at, key), "unknown-node", target, owner.nodes, "节点", "node")
    if node.since is not None and not isinstance(owner.nodes.get(node.since, None), Number | None):
        text = Text(zh="“since”要指向一个 number 节点", en="'since' names a number node")
        yield Broken((*at, "since"), "wait-since", text)
    if (node.end == "wait") != (node.for_ is not None):
        text = Text(zh="“wait”结尾要写“for”，别的结尾不写", en="a wait says by 'for' how long; no other end does")
        yield Broken(at, "wait-for", text, of_key=True)
    if node.for_ is not None:
        yield from _period((*at, "for"), node.for_, names)
    if isinstance(owner, Flow) and node.say is None:
        yield Broken(
            at, "end-says-nothing", Text(zh="结尾要写“say”", en="an end says something: add 'say'"), of_key=True
        )
    if isinstance(owner, Flow) and node.end == "not-fixed":
        yield Broken(
            (*at, "end"), "step-end", Text(zh="“not-fixed”只用在步骤里", en="'not-fixed' is an end of steps only")
        )


def _period(at: Where, period: Period, names: Names) -> Iterator[Broken]:
    given = [each for each in (period.minutes, period.hours, period.working_days, period.time) if each is not None]
    if len(given) != 1:
        text = Text(
            zh="只写一种时间：minutes、hours、working-days 或 time",
            en="one length of time: minutes, hours, working-days or time",
        )
        yield Broken(at, "wait-for", text)
    if period.time is not None and period.time not in names.times:
        yield _unknown((*at, "time"), "unknown-time", period.time, names.times, "时间", "time")


def _causes(flow: Flow, names: Names) -> Iterator[Broken]:
    for id_, cause in flow.causes.items():
        for key, values in cause.truth.items():
            at: Where = ("causes", id_, "truth", key)
            fact = key.removeprefix("fact.")
            if fact != key and fact not in names.facts:
                yield _unknown(at, "unknown-fact", fact, names.facts, "事实", "fact", of_key=True)
            elif fact == key and not isinstance(flow.nodes.get(key), Ask | Number):
                asked = [each for each, node in flow.nodes.items() if isinstance(node, Ask | Number)]
                yield _unknown(at, "truth", key, asked, "提问节点", "question", of_key=True)
            else:
                yield from _truth(at, values, names.facts[fact] if fact != key else flow.nodes[key])


def _truth(at: Where, values: tuple[str, ...], question: object) -> Iterator[Broken]:
    for index, value in enumerate(values):
        match question:
            case Ask(options=options) | Fact(options=options):
                if value not in options:
                    yield _unknown((*at, index), "truth", value, options, "选项", "option")
            case Number(between=(low, high)):
                if value != UNSURE and not (value.lstrip("-").isdecimal() and low <= int(value) <= high):
                    shown = visible(value)
                    text = Text(
                        zh=f"“{shown}”不是 {low} 到 {high} 之间的整数",
                        en=f"'{shown}' is not a whole number between {low} and {high}",
                    )
                    yield Broken((*at, index), "truth", text)


def _step(step: Step) -> Iterator[Broken]:
    for id_, node in step.nodes.items():
        at: Where = ("nodes", id_)
        kind = next(kind for kind, model in KINDS.items() if isinstance(node, model))
        if kind not in STEP_KINDS:
            text = Text(zh="步骤里只能问事实，不能有 ask 或 number", en="a step asks nothing but facts")
            yield Broken((*at, kind), "step-asks", text, of_key=True)
        if isinstance(node, End) and node.end not in {"fixed", "not-fixed"}:
            text = Text(zh="步骤只能以 fixed、not-fixed 或跳转结束", en="a step ends in fixed, not-fixed or a switch")
            yield Broken((*at, "end"), "step-end", text)
        for key in ("fixes", "retries_payment"):
            if getattr(node, key, None):
                name = key.replace("_", "-")
                text = Text(
                    zh=f"步骤里不写“{name}”；写在调用它的节点上", en=f"'{name}' stands on the call, not in the step"
                )
                yield Broken((*at, name), "step-fixes", text, of_key=True)


def _each(at: Where, given: Iterable[str], known: Iterable[str], rule: str, zh: str, en: str) -> Iterator[Broken]:
    names = frozenset(known)
    for index, each in enumerate(given):
        if each not in names:
            yield _unknown((*at, index), rule, each, names, zh, en)


def _unknown(
    at: Where, rule: str, name: str, known: Iterable[str], zh: str, en: str, *, of_key: bool = False
) -> Broken:
    shown = visible(name)
    close = get_close_matches(name, list(known), 1)
    hint = Text(zh=f"；是不是“{close[0]}”？", en=f"; did you mean '{close[0]}'?") if close else Text(zh="", en="")
    return Broken(
        at, rule, Text(zh=f"没有“{shown}”这个{zh}{hint.zh}", en=f"there is no {en} '{shown}'{hint.en}"), of_key
    )


def broken_facts(facts: Mapping[str, Fact], contacts: Iterable[str]) -> Iterator[Broken]:
    """Yield what does not fit among the facts of a pack: contacts and usual options that are not there."""
    known = frozenset(contacts)
    for id_, fact in facts.items():
        at: Where = ("facts", id_)
        if fact.usual is not None and fact.usual not in fact.options:
            yield _unknown((*at, "usual"), "unknown-option", fact.usual, fact.options, "选项", "option")
        for name, option in fact.options.items():
            if option.contact is not None and option.contact not in known:
                yield _unknown(
                    (*at, "options", name, "contact"), "unknown-contact", option.contact, known, "联系对象", "contact"
                )


def broken_dates(name: str, dated: Mapping[str, str]) -> Iterator[Broken]:
    """Yield each `verified-on` of a registry (`name` is its key in the file) that is no day of the calendar."""
    for id_, day in dated.items():
        try:
            date.fromisoformat(day)
        except ValueError:
            text = Text(zh=f"没有“{day}”这一天", en=f"there is no day '{day}'")
            yield Broken((name, id_, "verified-on"), "date", text)


def diagnostics(document: Document, found: Iterable[Broken]) -> tuple[Diagnostic, ...]:
    """Return what does not fit as findings of the file, in its order."""
    told = (
        Diagnostic(
            document.path, document.place(each.where, of_key=each.of_key), each.rule, Severity.ERROR, each.message
        )
        for each in found
    )
    return tuple(sorted(told, key=lambda each: (each.span, each.rule)))
