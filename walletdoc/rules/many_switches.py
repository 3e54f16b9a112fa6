"""A way on which a session would switch to another flow more than three times.

Every switch begins anew, and whoever is sent on for the fourth time has been helped by none. A session stops there as a
loop. What the facts make impossible does not count: whoever said that the money was taken goes no way for those who said
that it was not.

Bad:
    nodes:
      refresh: {not-fixed: second}
      second: {switch: second}
    ---
    flow: second
    nodes:
      refresh: {not-fixed: third}
      third: {switch: example}

Good:
    nodes:
      refresh: {not-fixed: second}
      second: {switch: second}
    ---
    flow: second
    nodes:
      refresh: {not-fixed: call-wallet}
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, Flow
from walletdoc.known import State, after
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """一条路上要跳转三次以上。

每次跳转都从头开始，跳到第四次的人，哪个流程也没帮上他；运行到那里会当作兜圈子停下。事实排除掉的不算：说过钱扣了的人，
不会走没扣钱的路。
"""
SEVERITY = Severity.ERROR
WHOLE = True

MOST = 3

Passed: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
Noted: TypeAlias = tuple[str, str, str, Passed]


def note(subject: Subject) -> tuple[Noted, ...]:
    """Return each switch of a flow: the node and its key, the flow switched to, and what is known of the facts then."""
    if not isinstance(subject.owner, Flow):
        return ()
    return tuple(
        (id_, "call" if isinstance(subject.nodes[id_], Call) else "switch", flow, _plain(state))
        for id_, flow, state in subject.known.switches()
    )


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find flows from which users may be switched too often."""
    chains = _Chains(pack.notes)
    for key, switches in pack.notes.items():
        chain = chains.longest(key, (), MOST + 1)
        if len(chain) > MOST:
            node, at, _, _ = next(each for each in switches if each[0] == chain[0][0])
            shown = " → ".join((key, *(flow for _, flow in chain)))
            text = Text(
                zh=f"从这里起可能跳转 {MOST} 次以上：{shown}",
                en=f"from here on users may switch more than {MOST} times: {shown}",
            )
            yield key, Finding(("nodes", node, at), text)


def _plain(state: State) -> Passed:
    return tuple((fact, tuple(sorted(told))) for fact, told in sorted(state.items()))


class _Chains:
    """The longest chains of switches, by the flow and what is known when it is entered."""

    def __init__(self, notes: Mapping[str, Sequence[Noted]]) -> None:
        self._notes = notes
        self._found: dict[tuple[str, Passed, int], tuple[tuple[str, str], ...]] = {}

    def longest(self, flow: str, known: Passed, most: int) -> tuple[tuple[str, str], ...]:
        """Return a longest chain from a flow on, no longer than `most`: each node that switches, and the flow it leads to."""
        at = (flow, known, most)
        if most and at not in self._found:
            best: tuple[tuple[str, str], ...] = ()
            for node, _, target, passed in self._notes.get(flow, ()):
                state = after(_state(known), _state(passed))
                if state is not None:
                    best = max(best, ((node, target), *self.longest(target, _plain(state), most - 1)), key=len)
                if len(best) == most:
                    break
            self._found[at] = best
        return self._found.get(at, ())


def _state(passed: Passed) -> State:
    return {fact: frozenset(told) for fact, told in passed}
