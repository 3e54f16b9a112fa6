"""Walks tell what goes wrong by the shortest answers, as a test that fails by the same when it is pasted."""

import json
import re

import pytest

from tests.flowtest.made import LIBRARY, in_campaign, library
from walletdoc.engine import Tables
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.suite import Suite
from walletdoc.flowtest.walk import walks
from walletdoc.flowtest.walked import mishap, report, walked


def broken(write, old: str, new: str):
    """Return the test file of the template's flow, in which something was changed."""
    path = write("tests: {}\n")
    flow = path.with_name("card-stuck.yaml")
    changed = flow.read_text(encoding="utf-8").replace(old, new)
    assert changed != flow.read_text(encoding="utf-8")
    flow.write_text(changed, encoding="utf-8")
    return path


BREAKS = {
    "at an end, in Chinese alone": ("{wallet.hotline}。", "{wallet.hotlin}。", "ask-wallet", "{wallet.hotlin}"),
    "at an end, by an unknown fact": ("Contact {wallet.name}", "Contact {bank.hours}", "ask-wallet", "{bank.hours}"),
    "at a question": ("付款的那一页上是什么？", "{bank.hours}？", "screen", "{bank.hours}"),
    "in how to find out": ("Just look at the screen", "{bank.hours}", "screen", "{bank.hours}"),
    "at an option": ("There is a message", "{bank.hours}", "screen", "{bank.hours}"),
    "at a step of a try": ("Close the app.", "{bank.hours}", "reopen", "{bank.hours}"),
}


@pytest.mark.parametrize("count", [0, 40])
@pytest.mark.parametrize(("old", "new", "node", "placeholder"), BREAKS.values(), ids=BREAKS)
def test_what_is_told_fails_when_it_is_pasted(write, old, new, node, placeholder, count):
    path = broken(write, old, new)
    (found,) = walked(library(), [path], count, 3)
    assert found.wrong is not None
    assert found.wrong.en == f"{node}: there is nothing to say for {placeholder} here"
    path.write_text("\n".join(found.test) + "\n", encoding="utf-8")
    (result,) = Suite(library()).run(path, lambda *_: True).results
    assert result.fault is not None
    assert result.fault.message == found.wrong
    flow = path.with_name("card-stuck.yaml")
    flow.write_text(flow.read_text(encoding="utf-8").replace(new, old), encoding="utf-8")
    assert Suite(library()).run(path, lambda *_: True).passed


def test_the_shortest_is_told_with_the_seed(write):
    path = broken(write, "{wallet.hotline}。", "{wallet.hotlin}。")
    told: list[str] = []
    assert not report(library(), [path], 40, 3, told.append, "en", as_json=False)
    assert told[0] == "card-stuck went wrong: ask-wallet: there is nothing to say for {wallet.hotlin} here"
    assert told[1] == "seed: 3"
    assert re.fullmatch(r"    given: \{fact.money-taken: no, screen: message, fact.wallet: [a-z-]+}", told[-2])
    report(library(), [path], 40, 3, told.append, "zh", as_json=True)
    (flow,) = json.loads(told[-1])["flows"]
    assert flow["message"] == "ask-wallet：{wallet.hotlin} 在这里没有内容"
    assert flow["test"].startswith("test: card-stuck\nformat: 1\ntests:\n  found:\n")


def test_a_flow_that_runs_in_a_circle_is_told_and_the_others_are_walked(write):
    path = broken(write, "not-fixed: which", "not-fixed: screen")
    other = write("tests: {}\n", "card-other")
    first, second = walked(library(), [path, other], 0, 0)
    assert (first.flow, first.wrong.en) == ("card-stuck", "the flow runs in a circle")
    assert (second.flow, second.wrong) == ("card-other", None)


def test_an_answer_that_can_not_be_taken_stands_in_the_test(write):
    """The flow leads to itself, and the fourth switch is one too many."""
    path = broken(write, "which: {fact: wallet, go: ask-wallet}", "which: {switch: card-stuck}")
    (found,) = walked(library(), [path], 40, 3)
    assert found.wrong is not None
    assert found.wrong.en == "more than 3 switches between flows"
    assert found.test[-1].startswith("      - {asked: ")
    path.write_text("\n".join(found.test) + "\n", encoding="utf-8")
    (result,) = Suite(library()).run(path, lambda *_: True).results
    assert result.fault is not None
    assert (result.line, result.fault.message) == (len(found.test), found.wrong)


@pytest.mark.campaign
def test_walks_of_ours_are_well(ours, request):
    tables = Tables(LIBRARY, ours)
    shown = Shown(LIBRARY)
    every = walks(tables)[:: 1 if in_campaign(request.config) else 8]
    assert [mishap(tables, shown, walk) for walk in every] == [None] * len(every)
