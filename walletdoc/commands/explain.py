"""`walletdoc explain [RULE]`: the manual of a rule with its examples; without one, a list of all rules."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Annotated

import typer

from walletdoc.context import current
from walletdoc.failure import USAGE, Failure
from walletdoc.judge import LOUD
from walletdoc.locales import both, say
from walletdoc.manual import manual, paragraphs
from walletdoc.page import Line, labelled, show
from walletdoc.rules import AREAS, RULES, Rule, load
from walletdoc.text import Lang, brief

_lang = current().lang


def _complete(incomplete: str) -> list[str]:
    return [each for each in RULES if each.startswith(incomplete)]


RuleArgument = Annotated[
    str | None, typer.Argument(metavar="RULE", help=say(_lang, "explain.rule"), autocompletion=_complete)
]


def command(rule: RuleArgument = None) -> None:
    """Print what a rule means."""
    lang = current().lang
    rules = load()
    if rule is None:
        show(_all(tuple(rules.values()), lang))
    elif rule in rules:
        show(_one(rules[rule], lang))
    else:
        close = get_close_matches(rule[:80], list(rules), 1)
        key = "explain.no-rule-but" if close else "explain.no-rule"
        raise Failure(both(key, rule=brief(rule), close=close[0] if close else ""), USAGE, both("explain.all"))


def _all(rules: Iterable[Rule], lang: Lang) -> Iterator[Line]:
    for area in AREAS:
        yield Line(say(lang, f"explain.{area}"), style="heading")
        yield from labelled((each.id, _in_brief(each, lang)) for each in rules if each.area == area)
        yield Line()
    yield Line(say(lang, "explain.how"))


def _in_brief(rule: Rule, lang: Lang) -> str:
    return f"{say(lang, f'explain.{rule.severity}')}  {manual(rule.module).summary(lang)}"


def _one(rule: Rule, lang: Lang) -> Iterator[Line]:
    says = manual(rule.module)
    area, severity = (say(lang, f"explain.{each}") for each in (rule.area, rule.severity))
    yield Line(say(lang, "explain.title", rule=rule.id, area=area, severity=severity), style="heading")
    for each in paragraphs(says.says.of(lang)):
        yield from (Line(), Line(each, verbatim=True))
    for key, example in (("explain.bad", says.bad), ("explain.good", says.good)):
        yield from (Line(), Line(say(lang, key), style="heading"))
        yield from (Line(line, 1, verbatim=True) for line in example.split("\n"))
    yield Line()
    yield Line(say(lang, "explain.loud" if rule.area in LOUD else "explain.silence", rule=rule.id))
