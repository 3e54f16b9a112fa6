"""The model: flows, steps, nodes, ends, causes, facts. Plain frozen values; edges are data.

`schema.py` validates files into these with pydantic; running a flow needs only what is here. Where a field's name differs
from its key in the file, `decode.yaml_name` says how.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, assert_never

from walletdoc.decode import Count, Date, Flag, Format, Id, Integer, OneOrManyTexts, yaml_name
from walletdoc.frozen import frozen
from walletdoc.text import Lines, Text

STRICT: dict[str, Any] = {"extra": "forbid", "alias_generator": yaml_name}

UNSURE = "unsure"
MONEY_TAKEN = "money-taken"

Risk = Literal["none", "reversible", "destructive"]
Urgency = Literal["emergency", "normal", "information"]
Desk = Literal["technical", "accounts", "policy", "safety"]
EndKind = Literal["fixed", "hand-off", "wait", "stop", "info", "not-fixed"]
PrepareKind = Literal["time", "amount", "text", "reference", "picture"]


@frozen
class Option:
    """One answer to an `ask`."""

    __pydantic_config__: ClassVar = STRICT
    say: Text
    go: Id


@frozen
class Range:
    """The numbers below a bound that no earlier range took; the last range has no bound."""

    __pydantic_config__: ClassVar = STRICT
    go: Id
    below: Integer | None = None


@frozen
class Ask:
    """A question with options; `usual` is the answer of a user who has none of what it asks about."""

    __pydantic_config__: ClassVar = STRICT
    ask: Text
    options: Mapping[Id, Option]
    how: Text | None = None
    why: Text | None = None
    minutes: Count = 1
    usual: Id | None = None


@frozen
class Number:
    """A question for a whole number within `between`, both bounds included."""

    __pydantic_config__: ClassVar = STRICT
    number: Text
    between: tuple[Integer, Integer]
    ranges: tuple[Range, ...]
    how: Text | None = None
    why: Text | None = None
    minutes: Count = 1
    usual: Integer | None = None
    unsure: Id | None = None


@frozen
class FactNode:
    """Asks a fact unless it is known; goes on by `go`, or by the fact's option in `to`, or `else`."""

    __pydantic_config__: ClassVar = STRICT
    fact: Id
    go: Id | None = None
    to: Mapping[Id, Id] | None = None
    else_: Id | None = None


@frozen
class Try:
    """Something to try that may mend the problem; says which causes it fixes."""

    __pydantic_config__: ClassVar = STRICT
    try_: Text
    fixed: Id
    not_fixed: Id
    steps: Lines | None = None
    how: Text | None = None
    why: Text | None = None
    warning: Text | None = None
    minutes: Count = 1
    risk: Risk = "none"
    retries_payment: Flag = False
    fixes: tuple[Id, ...] = ()
    taken: Id | None = None


@frozen
class Do:
    """Something to do whatever the cause; `protects` marks an act that stops a loss."""

    __pydantic_config__: ClassVar = STRICT
    do: Text
    done: Id
    cannot: Id | None = None
    steps: Lines | None = None
    how: Text | None = None
    why: Text | None = None
    warning: Text | None = None
    minutes: Count = 1
    protects: Flag = False
    fixes: tuple[Id, ...] = ()


@frozen
class Call:
    """Walks a step, then goes on by how the step ended."""

    __pydantic_config__: ClassVar = STRICT
    call: Id
    fixed: Id | None = None
    not_fixed: Id | None = None
    fixes: tuple[Id, ...] = ()
    retries_payment: Flag = False
    taken: Id | None = None


@frozen
class Switch:
    """Goes on in another flow, from its start."""

    __pydantic_config__: ClassVar = STRICT
    switch: Id
    causes: tuple[Id, ...] = ()


@frozen
class Period:
    """A length of time: one of minutes, hours, working days, or the id of a time in `times.yaml`."""

    __pydantic_config__: ClassVar = STRICT
    minutes: Count | None = None
    hours: Count | None = None
    working_days: Count | None = None
    time: Id | None = None


@frozen
class End:
    """Where a flow stops; a step's ends are `fixed` and `not-fixed` and say nothing."""

    __pydantic_config__: ClassVar = STRICT
    end: EndKind
    say: Text | None = None
    to: tuple[Id, ...] = ()
    causes: tuple[Id, ...] = ()
    prepare: tuple[Id, ...] = ()
    prevent: Text | None = None
    for_: Period | None = None
    since: Id | None = None
    again: Id | None = None


Node = Ask | Number | FactNode | Try | Do | Call | Switch | End

KINDS: Mapping[str, type[Node]] = {
    "ask": Ask,
    "number": Number,
    "fact": FactNode,
    "try": Try,
    "do": Do,
    "call": Call,
    "switch": Switch,
    "end": End,
}
STEP_KINDS = frozenset({"fact", "try", "do", "call", "switch", "end"})


@frozen
class Cause:
    """Something that can be wrong; `truth` maps a node id or `fact.<id>` to what this user answers instead of the usual."""

    __pydantic_config__: ClassVar = STRICT
    title: Text
    weight: Count
    basis: str
    truth: Mapping[str, OneOrManyTexts] = field(default_factory=dict)


@frozen
class Flow:
    """One decision tree: one symptom, its causes, its nodes."""

    __pydantic_config__: ClassVar = STRICT
    flow: Id
    format: Format
    title: Text
    start: Id
    nodes: Mapping[Id, Node]
    causes: Mapping[Id, Cause]
    phrases: Lines
    urgency: Urgency = "normal"
    desk: Desk = "technical"


@frozen
class Step:
    """A small shared flow that flows call; asks nothing but facts."""

    __pydantic_config__: ClassVar = STRICT
    step: Id
    format: Format
    title: Text
    start: Id
    nodes: Mapping[Id, Node]


@frozen
class FactOption:
    """One answer to a fact; may name a contact; `outside` says that the matter is out of scope."""

    __pydantic_config__: ClassVar = STRICT
    say: Text
    contact: Id | None = None
    outside: Text | None = None


@frozen
class Fact:
    """A question about the user, asked once a session; without `usual` the fact is open."""

    __pydantic_config__: ClassVar = STRICT
    ask: Text
    options: Mapping[Id, FactOption]
    how: Text | None = None
    why: Text | None = None
    minutes: Count = 1
    usual: Id | None = None


@frozen
class Prepare:
    """Something to have ready before calling."""

    __pydantic_config__: ClassVar = STRICT
    label: Text
    kind: PrepareKind


@frozen
class Time:
    """A sourced, dated length of time that texts and waits refer to."""

    __pydantic_config__: ClassVar = STRICT
    title: Text
    source: str
    tier: Literal["A", "B", "C"]
    verified_on: Date
    valid_for: Count
    minutes: Count | None = None
    hours: Count | None = None
    working_days: Count | None = None


class Pack(Protocol):
    """Where flows, steps and facts come from; each method raises `Failure` or `Faulty` for an id that can't be had."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact, by id."""
        ...

    def flow(self, id_: str) -> Flow:
        """Return the flow with this id."""
        ...

    def step(self, id_: str) -> Step:
        """Return the step with this id."""
        ...


class Edge(NamedTuple):
    """One way on: the answer that takes it, the node it leads to, and where in the node it is written."""

    answer: str
    target: str
    where: tuple[str | int, ...]


_KEPT = 4096  # nodes
_edges: dict[int, tuple[Node, tuple[Edge, ...]]] = {}


def edges(node: Node) -> tuple[Edge, ...]:
    """Return the ways on of a node in the order of the file.

    The answer of a range is its position (`0`, `1`, …) and of a fact without `to` or of an `else` the empty text,
    since these stand for many answers. They are kept for a while, since many ask for the same.
    """
    known = _edges.get(id(node))
    if known is not None and known[0] is node:
        return known[1]
    if len(_edges) >= _KEPT:
        _edges.clear()
    found = _found(node)
    _edges[id(node)] = (node, found)
    return found


def _found(node: Node) -> tuple[Edge, ...]:
    match node:
        case Ask():
            return tuple(Edge(id_, option.go, ("options", id_, "go")) for id_, option in node.options.items())
        case Number():
            ranges = tuple(Edge(str(at), each.go, ("ranges", at, "go")) for at, each in enumerate(node.ranges))
            return ranges + _named((UNSURE, node.unsure, "unsure"))
        case FactNode():
            ways = tuple(Edge(option, go, ("to", option)) for option, go in (node.to or {}).items())
            return ways + _named(("", node.else_, "else"), ("", node.go, "go"))
        case Try() | Call():
            return _named(
                ("fixed", node.fixed, "fixed"),
                ("not-fixed", node.not_fixed, "not-fixed"),
                ("taken", node.taken, "taken"),
            )
        case Do():
            return _named(("done", node.done, "done"), ("cannot", node.cannot, "cannot"))
        case Switch() | End():
            return ()
        case _:
            assert_never(node)


def _named(*ways: tuple[str, str | None, str]) -> tuple[Edge, ...]:
    return tuple(Edge(answer, target, (where,)) for answer, target, where in ways if target is not None)


def option_of(number: Number, value: int) -> int:
    """Return the position of the range that takes a value; raises ValueError outside `between` or in a gap."""
    low, high = number.between
    if low <= value <= high:
        for at, each in enumerate(number.ranges):
            if each.below is None or value < each.below:
                return at
    raise ValueError(value)
