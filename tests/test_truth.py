"""The proof: it holds for every shipped flow, agrees with users walked one by one, and fails when a flow is damaged."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import packs, truthful
from walletdoc import truth
from walletdoc.flow import Call, Flow, Step, Try
from walletdoc.library import Library

SHIPPED = [file.id for file in Library().flows]
SAY = packs.say("好")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


class With:
    """A library with some steps replaced."""

    def __init__(self, library: Library, steps: dict[str, Step]) -> None:
        self.library = library
        self.steps = steps

    @property
    def facts(self):
        return self.library.facts

    def flow(self, id_: str) -> Flow:
        return self.library.flow(id_)

    def step(self, id_: str) -> Step:
        return self.steps.get(id_) or self.library.step(id_)


@pytest.mark.parametrize("id_", SHIPPED)
def test_every_cause_of_a_shipped_flow_is_found(library, id_):
    proof = truth.prove(library.flow(id_), library)
    assert [problem.message.en for problem in proof.problems] == []
    assert {user.cause for user in proof.users} == set(library.flow(id_).causes)


@pytest.mark.parametrize("id_", SHIPPED)
@pytest.mark.parametrize("unsure", [False, True], ids=["sure", "unsure once"])
def test_the_engine_agrees_with_the_proof(library, id_, unsure):
    assert list(truthful.lost(library, library.flow(id_), unsure=unsure)) == []


def swapped(node: Try | Call) -> Try | Call:
    return replace(node, fixed=node.not_fixed, not_fixed=node.fixed)


def damages(library: Library, flow: Flow) -> Iterator[tuple[str, Flow, With]]:
    """Yield the flow with `fixed` and `not-fixed` of one try swapped, or with one of its `fixes` or `causes` dropped."""
    for id_, node in flow.nodes.items():
        if isinstance(node, Try | Call):
            yield f"{id_} swapped", replace(flow, nodes={**flow.nodes, id_: swapped(node)}), With(library, {})
        for cause in getattr(node, "fixes", ()):
            fixes = tuple(each for each in node.fixes if each != cause)
            damaged = replace(flow, nodes={**flow.nodes, id_: replace(node, fixes=fixes)})
            yield f"{id_} no longer fixes {cause}", damaged, With(library, {})
        for cause in getattr(node, "causes", ()):
            causes = tuple(each for each in node.causes if each != cause)
            damaged = replace(flow, nodes={**flow.nodes, id_: replace(node, causes=causes)})
            yield f"{id_} no longer finds {cause}", damaged, With(library, {})
    for step in truth.called(flow, library).values():
        for id_, node in step.nodes.items():
            if isinstance(node, Try | Call):
                damaged_step = replace(step, nodes={**step.nodes, id_: swapped(node)})
                yield f"{step.step}/{id_} swapped", flow, With(library, {step.step: damaged_step})


@pytest.mark.parametrize("id_", SHIPPED)
def test_the_proof_has_teeth(library, id_):
    found = {what: truth.prove(flow, pack).problems for what, flow, pack in damages(library, library.flow(id_))}
    assert len(found) >= 4
    assert [what for what, problems in found.items() if not problems] == []


def proved(tmp_path, nodes: str, causes: str) -> list[str]:
    """Return the rules that the proof of a flow with these nodes and causes breaks, with the causes."""
    text = packs.flow("small", nodes)
    head, _, tail = text.partition("  one:")
    text = head + causes + tail.partition("\n")[2]
    library = Library(packs.write(tmp_path, {"test/small.yaml": text}))
    return [f"{each.rule} {each.cause or ''}".strip() for each in truth.prove(library.flow("small"), library).problems]


ONE = '  one: {title: {zh: "一", en: "One"}, weight: 1, basis: judgement, truth: {first: red}}\n'
TWO = ONE + '  two: {title: {zh: "二", en: "Two"}, weight: 1, basis: judgement}\n'
BOTH = '  one: {title: {zh: "一", en: "One"}, weight: 1, basis: judgement, truth: {first: [red, blue]}}\n'
ASK = f"""
first:
  ask: {SAY}
  usual: blue
  options:
    red: {{say: {packs.say("红")}, go: mend}}
    blue: {{say: {packs.say("蓝")}, go: help}}
    unsure: {{say: {packs.say("不清楚")}, go: help}}
"""
MEND = f"mend: {{try: {SAY}, fixed: done, not-fixed: help, fixes: [one]}}\n"
ENDS = f"done: {{end: fixed, say: {SAY}}}\n"

CASES = [
    (
        "a fix and a hand-off find both",
        TWO,
        ASK + MEND + ENDS + f"help: {{end: hand-off, causes: [two], say: {SAY}}}",
        [],
    ),
    (
        "a hand-off that does not name it loses it",
        TWO,
        ASK + MEND + ENDS + f"help: {{end: hand-off, say: {SAY}}}",
        ["cause-lost two"],
    ),
    (
        "a listed truth is proved for each",
        BOTH,
        ASK + MEND + ENDS + f"help: {{end: hand-off, say: {SAY}}}",
        ["cause-lost one"],
    ),
    (
        "unsure may not end in mere information",
        TWO,
        ASK + MEND + ENDS + f"help: {{end: info, causes: [two], say: {SAY}}}",
        ["cause-lost-unsure one"],
    ),
    (
        "a cause is not named after it was treated",
        TWO,
        ASK + MEND + ENDS + f"help: {{end: hand-off, causes: [one, two], say: {SAY}}}",
        ["cause-again one", "cause-never-here one"],
    ),
    (
        "a fixed end is entered by a fix alone",
        TWO,
        ASK.replace("go: help", "go: done", 1) + MEND + ENDS + f"help: {{end: hand-off, say: {SAY}}}",
        ["fixed-exit", "cause-never-here"],
    ),
    (
        "a do that is done finds its cause",
        TWO,
        ASK
        + f"mend: {{do: {SAY}, done: help, fixes: [one]}}\n"
        + f"help: {{end: hand-off, causes: [two], say: {SAY}}}",
        [],
    ),
]


@pytest.mark.parametrize(("causes", "nodes", "rules"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_small_flows(tmp_path, causes, nodes, rules):
    found = proved(tmp_path, nodes, causes)
    if rules == ["fixed-exit", "cause-never-here"]:
        assert "fixed-exit" in found
    else:
        assert sorted(found) == sorted(rules)


def test_a_do_inside_a_step_finds_nothing(tmp_path):
    """What a call fixes is mended by its step's tries; a do on the way there is only done."""
    step = f"step: do-first\nformat: 1\ntitle: {SAY}\nstart: act\nnodes:\n  act: {{do: {SAY}, done: end}}\n  end: {{end: not-fixed}}\n"
    packs.write(tmp_path, {"steps/do-first.yaml": step})
    nodes = f"""
    first: {{call: do-first, fixes: [one], fixed: done, not-fixed: help}}
    done: {{end: fixed, say: {SAY}}}
    help: {{end: hand-off, say: {SAY}}}
    """
    assert "cause-lost one" in proved(tmp_path, nodes, ONE.replace(", truth: {first: red}", ""))


def test_a_lost_cause_shows_its_way(tmp_path):
    nodes = ASK + MEND + ENDS + f"help: {{end: hand-off, say: {SAY}}}"
    text = packs.flow("small", nodes).replace("basis: judgement", "basis: judgement, truth: {first: blue}")
    library = Library(packs.write(tmp_path, {"test/small.yaml": text}))
    ways = [each.way for each in truth.prove(library.flow("small"), library).problems if each.rule == "cause-lost"]
    assert ways == [("first=blue",)]


def test_unsure_of_a_fact_stays_unsure_of_it(tmp_path):
    """A user who can't tell the wallet can't tell it at the next node either, and one who told it is not asked again."""
    nodes = f"""
    first: {{fact: wallet, go: second}}
    second: {{fact: wallet, to: {{unsure: lost}}, else: help}}
    lost: {{end: info, say: {SAY}}}
    help: {{end: hand-off, causes: [one], say: {SAY}}}
    """
    assert proved(tmp_path, nodes, ONE.replace(", truth: {first: red}", "")) == ["cause-lost-unsure one"]


def test_a_known_fact_cannot_be_unsure(tmp_path):
    nodes = f"""
    first: {{fact: wallet, to: {{unsure: help}}, else: second}}
    second: {{fact: wallet, to: {{unsure: lost}}, else: help}}
    lost: {{end: info, say: {SAY}}}
    help: {{end: hand-off, causes: [one], say: {SAY}}}
    """
    assert proved(tmp_path, nodes, ONE.replace(", truth: {first: red}", "")) == []
