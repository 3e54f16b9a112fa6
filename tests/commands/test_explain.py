"""`walletdoc explain`."""

import pytest

from walletdoc.commandline import LANGUAGES
from walletdoc.locales import say
from walletdoc.manual import manual
from walletdoc.rules import AREAS, load
from walletdoc.text import visible


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_rules_are_listed_by_area(program, lang):
    done = program.run("explain", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    for area in AREAS:
        assert say(lang, f"explain.{area}") in lines
    for rule in load().values():
        assert any(line.split()[:2] == [rule.id, say(lang, f"explain.{rule.severity}")] for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_is_explained_with_its_examples(program, lang):
    for rule in load().values():
        done = program.call("explain", rule.id, "--lang", lang)
        assert (done.code, done.err) == (0, "")
        says = manual(rule.module)
        shown = "".join(done.out.split())
        for text in (says.says.of(lang), says.bad, says.good):
            assert "".join(visible(text, lines=True).split()) in shown, rule.id


def test_an_example_can_be_copied_as_it_stands(program):
    out = program.call("explain", "step-asks", "--lang", "en").out
    assert "\n      ask: {zh: " in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_that_there_is_not(program, lang):
    done = program.call("explain", "unknown-nod", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "unknown-node" in done.err
    assert program.call("explain", "\x1b[31m").code == 2


def test_what_can_be_silenced_says_how(program):
    assert "ignore[wide-label]" in program.call("explain", "wide-label", "--lang", "en").out
    assert "can't be silenced" in program.call("explain", "yaml", "--lang", "en").out
