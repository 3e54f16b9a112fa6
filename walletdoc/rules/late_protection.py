"""An emergency in which the first act that protects comes after more than three questions, or never.

While questions are asked, money leaves. Let them freeze, hang up or cut the line first, and ask afterwards: an emergency
needs a `do` with `protects: true` early on every way that has one.

Bad:
    urgency: emergency
    nodes:
      waited: {ranges: [{below: 1, go: look-later}, {go: freeze}]}
      freeze:
        do: {zh: "先冻结钱包。", en: "Freeze the wallet first."}
        minutes: 2
        protects: true
        done: call-wallet

Good:
    urgency: emergency
    start: freeze
    nodes:
      freeze:
        do: {zh: "先冻结钱包。", en: "Freeze the wallet first."}
        minutes: 2
        protects: true
        done: which
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, Call, Do, FactNode, Flow, Node, Number, Pack, Step, edges
from walletdoc.graph import order
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """紧急流程里，问了三个以上的问题才有保护措施，或者根本没有。

还在问问题，钱就转走了。先让用户冻结、挂断、断网，再问别的：紧急流程要早早有一个写着 `protects: true` 的 `do`。
"""
SEVERITY = Severity.ERROR
WHOLE = True

MOST = 3


def check(subject: Subject) -> Iterator[Finding]:
    """Find what protects too late in an emergency."""
    flow = subject.owner
    if not isinstance(flow, Flow) or flow.urgency != "emergency":
        return
    walk = _Unprotected(subject.library)
    acts = walk.acts(flow)
    for id_, count in acts.items():
        if count > MOST:
            text = Text(
                zh=f"在这之前可能要问 {count} 个问题，却还没有任何保护；最多 {MOST} 个",
                en=f"up to {count} questions come before this, and nothing that protects; at most {MOST} may",
            )
            yield Finding(("nodes", id_), text, of_key=True)
    if not acts and order(flow):
        text = Text(
            zh="紧急流程里没有保护措施：要有“protects: true”的 do",
            en="nothing protects in this emergency: it needs a do with 'protects: true'",
        )
        yield Finding(("urgency",), text)


class _Unprotected:
    """How many questions come before the first act that protects."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._steps: dict[str, tuple[int | None, int | None]] = {}

    def acts(self, owner: Flow | Step) -> dict[str, int]:
        """Return the nodes that protect first on some way, with the most questions before."""
        return self._walk(owner)[0]

    def _walk(self, owner: Flow | Step) -> tuple[dict[str, int], int | None]:
        """Return these nodes, and the most questions on a way to an end without any (None: each way has one)."""
        before: dict[str, int] = {owner.start: 0}
        acts: dict[str, int] = {}
        open_: list[int] = []
        for id_ in order(owner) or ():
            if id_ not in before:
                continue
            node = owner.nodes[id_]
            inside, through = self._questions(node)
            if inside is not None:
                acts[id_] = before[id_] + inside
            if through is None:
                continue
            on = edges(node)
            if not on:
                open_.append(before[id_])
            for edge in on:
                before[edge.target] = max(before.get(edge.target, 0), before[id_] + through)
        return acts, max(open_, default=None)

    def _questions(self, node: Node) -> tuple[int | None, int | None]:
        """Return how many questions a node asks before it protects, and on a way through it without; None for no way."""
        match node:
            case Ask() | Number() | FactNode():
                return None, 1
            case Do(protects=True):
                return 0, None
            case Call(call=id_):
                if id_ not in self._steps:
                    self._steps[id_] = (None, 0)
                    acts, through = self._walk(self._pack.step(id_))
                    self._steps[id_] = (max(acts.values(), default=None), through)
                return self._steps[id_]
            case _:
                return None, 0
