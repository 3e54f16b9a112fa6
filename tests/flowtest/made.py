"""Small flows made up by hypothesis, as values: any shape that the engine runs, with facts, a step and another flow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdoc import engine
from walletdoc.engine import Session, Tables
from walletdoc.failure import USAGE, Failure
from walletdoc.flow import (
    Ask,
    Call,
    Cause,
    Do,
    End,
    Fact,
    FactNode,
    FactOption,
    Flow,
    Node,
    Number,
    Option,
    Range,
    Step,
    Switch,
    Try,
)
from walletdoc.flowtest.ways import options
from walletdoc.library import Library
from walletdoc.text import Lines, Text

MOST = 4000  # sessions of one flow


def text(said: str) -> Text:
    return Text(zh=said, en=said)


def fact(**contacts: str | None) -> Fact:
    return Fact(ask=text("?"), options={id_: FactOption(text(id_), contact) for id_, contact in contacts.items()})


FACTS = {
    "money-taken": fact(yes=None, no=None, unsure=None),
    "wallet": fact(alipay="alipay", wechat="wechat", plain=None, unsure="alipay"),
    "paid-from": fact(card=None, balance=None),
}


@dataclass(frozen=True)
class Made:
    """A pack of made-up flows and steps."""

    flows: Mapping[str, Flow]
    steps: Mapping[str, Step]
    facts: Mapping[str, Fact]

    def flow(self, id_: str) -> Flow:
        if id_ not in self.flows:
            raise Failure(text(id_), USAGE)
        return self.flows[id_]

    def step(self, id_: str) -> Step:
        return self.steps[id_]


def flow(id_: str, nodes: Mapping[str, Node], start: str = "n0") -> Flow:
    causes = {cause: Cause(text(cause), 1, "judgement") for cause in ("one", "two")}
    return Flow(id_, 1, text(id_), start, nodes, causes, Lines((), ()))


def one(nodes: Mapping[str, Node], steps: Mapping[str, Step] | None = None, **others: Flow) -> Made:
    """Return a pack around one flow `made`, which starts at its first node."""
    made = flow("made", nodes, next(iter(nodes)))
    return Made({"made": made, **others}, steps or {}, FACTS)


OTHER = flow(
    "other",
    {
        "n0": FactNode("wallet", to={"alipay": "a"}, else_="b"),
        "a": End("info", say=text("a")),
        "b": End("hand-off", say=text("b"), to=("wallet",)),
    },
)


@st.composite
def packs(draw: st.DrawFn) -> Made:
    count = draw(st.integers(2, 7))
    nodes: dict[str, Node] = {}
    for at in range(count):
        after = st.sampled_from([f"n{later}" for later in range(at + 1, count)] + ["e0", "e1", "e2"])
        nodes[f"n{at}"] = draw(_nodes(after, in_step=False))
    ends = [draw(_ends()) for _ in range(3)]
    inside = st.sampled_from(["n1", "fixed", "not-fixed"])
    last = st.sampled_from(["fixed", "not-fixed"])
    step = Step("step", 1, text("step"), "n0", {
        "n0": draw(_nodes(inside, in_step=True)), "n1": draw(_nodes(last, in_step=True)),
        "fixed": End("fixed"), "not-fixed": End("not-fixed"),
    })  # fmt: skip
    every = {**nodes, **{f"e{at}": end for at, end in enumerate(ends)}}
    return Made({"made": flow("made", every), "other": OTHER}, {"step": step}, FACTS)


@st.composite
def _ends(draw: st.DrawFn) -> Node:
    if draw(st.integers(0, 3)) == 0:
        return Switch("other", draw(st.sampled_from([(), ("one",)])))
    to = draw(st.sampled_from([(), ("wallet",), ("alipay",), ("bank", "wallet")]))
    said = draw(st.sampled_from(["end", "ask {wallet.name}"]))
    return End("hand-off", say=text(said), to=to, causes=draw(st.sampled_from([(), ("one",)])))


@st.composite
def _nodes(draw: st.DrawFn, after: st.SearchStrategy[str], *, in_step: bool) -> Node:  # noqa: PLR0911 - one a kind
    kinds = ["fact", "fact", "try", "do"] if in_step else ["ask", "number", "fact", "fact", "try", "do", "call"]
    go = lambda: draw(after)  # noqa: E731 - a word for what every line needs
    fixes = () if in_step else draw(st.sampled_from([(), ("one",), ("one", "two")]))
    match draw(st.sampled_from(kinds)):
        case "ask":
            return Ask(text("ask"), {id_: Option(text(id_), go()) for id_ in ("a", "b", "unsure")})
        case "number":
            bound = draw(st.integers(0, 4))
            unsure = draw(st.none() | after)
            return Number(text("number"), (0, 3), (Range(go(), bound), Range(go())), unsure=unsure)
        case "fact":
            asked = draw(st.sampled_from(sorted(FACTS)))
            cases = draw(st.sets(st.sampled_from(sorted(FACTS[asked].options))))
            if not cases:
                return FactNode(asked, go=go())
            return FactNode(asked, to={id_: go() for id_ in FACTS[asked].options if id_ in cases}, else_=go())
        case "try":
            taken = None if in_step else draw(st.none() | after)
            return Try(text("try"), go(), go(), fixes=fixes, taken=taken, retries_payment=taken is not None)
        case "do":
            return Do(text("do"), go(), draw(st.none() | after), protects=draw(st.booleans()), fixes=fixes)
        case _:
            return Call("step", go(), go(), fixes, taken=draw(st.none() | after))


def sessions(tables: Tables) -> list[Session]:
    """Return every session of a flow that has come to an end or left it: slow, plain, and independent of the states.

    Of a range only the number that `options` gives. None of more than MOST.
    """
    found: list[Session] = []
    waiting = [engine.start(tables)]
    while waiting and len(found) <= MOST:
        session = waiting.pop()
        if session.place.leg or session.place.is_end:
            found.append(session)
            continue
        waiting += [engine.respond(session, answer) for answer, _ in options(session.place)]
    return found if len(found) <= MOST else []


LIBRARY = Library()
"""Ours, read as far as tests ask for it, once for all of them."""


def library() -> Library:
    """Return ours without any flow read, to which a test may add its own."""
    return Library.of(LIBRARY.files, LIBRARY.registries, {})


def in_campaign(config: pytest.Config) -> bool:
    return "campaign" in config.getoption("markexpr")


def for_packs(config: pytest.Config, few: int, holds: Callable[..., None], *more: st.SearchStrategy[Any]) -> None:
    """See that something holds for a few packs, and what more is drawn; in a campaign for fifty times as many."""
    count = few * 50 if in_campaign(config) else few
    settings(max_examples=count)(given(packs(), *more)(holds))()
