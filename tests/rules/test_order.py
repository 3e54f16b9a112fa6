"""The rule about order: where it finds one, what it says, and which orders it does not ask for."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.rules.asked import ask, example, out_of_order, shipped, step
from walletdoc.diagnostic import Severity
from walletdoc.rules import Rule, order
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

CAUSES = """\
  network-bad:
    {title: {zh: "网络不好", en: "A bad network"}, weight: WEIGHT, basis: judgement, truth: {fact.money-taken: yes}}
  stale-login:
    {title: {zh: "登录失效", en: "A stale login"}, weight: 5, basis: judgement, truth: {fact.money-taken: yes}}
"""
NODES = """\
  log-in: {call: log-in-again, fixes: [stale-login], fixed: done, not-fixed: network}
  network: {call: check-network, fixes: [network-bad], fixed: done, not-fixed: waited}

"""


def text(weight: int = 200, login: str = "stale-login") -> str:
    """Return the example with two more tries, the slow one first."""
    return example(
        ("\nstart: which\n", f"{CAUSES.replace('WEIGHT', str(weight))}\nstart: which\n"),
        ("go: waited}\n      unsure", "go: log-in}\n      unsure"),
        ("  refresh:\n", f"{NODES.replace('stale-login', login)}  refresh:\n"),
    )


def test_the_first_of_a_run_in_a_bad_order_is_shown_with_the_better_one():
    (found,) = ask("order", text())
    assert found.source.startswith("log-in: {call: log-in-again")
    assert found.message == (
        "in this order users need 9.4 minutes on average, 38 % more than with network, log-in: 6.8 (all orders were tried)"
    )


def test_an_order_that_costs_little_more_is_left_alone():
    assert ask("order", text(weight=10)) == []


def test_what_is_not_proved_is_left_alone():
    assert ask("order", text(login="network-bad")) == []


def test_a_step_has_no_order():
    assert ask("order", step()) == []


def rule(area: str, find) -> Rule:
    return Rule("other", area, SimpleNamespace(), Severity.ERROR, whole=True, check=find, note=None, check_pack=None)


def network_first(subject: Subject) -> Iterator[Finding]:
    if subject.nodes["log-in"].not_fixed == "waited":
        yield Finding(("nodes", "log-in"), Text("", ""))


def always(_: Subject) -> Iterator[Finding]:
    yield Finding(("nodes",), Text("", ""))


@pytest.mark.parametrize(
    ("area", "find", "finds"),
    [("shape", network_first, 0), ("language", network_first, 1), ("safety", always, 1)],
    ids=["broken by it", "of another area", "broken before"],
)
def test_an_order_that_breaks_another_rule_is_not_asked_for(monkeypatch, area, find, finds):
    monkeypatch.setattr(order, "load", lambda: {"other": rule(area, find)})
    assert len(ask("order", text())) == finds


def test_our_flows_are_in_order():
    assert [found for each in shipped() if each not in out_of_order() for found in ask("order", each)] == []
