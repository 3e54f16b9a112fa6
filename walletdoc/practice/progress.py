"""How a trainee gets on: per flow, by trend, the weakest flows and answers, and what is due when."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from walletdoc.failure import Failure
from walletdoc.flow import UNSURE, Ask, Call, Do, Flow, Number, Try
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.page import Line, labelled
from walletdoc.practice.bestway import Plans
from walletdoc.practice.history import History, Past
from walletdoc.practice.review import bar
from walletdoc.practice.schedule import AGAIN
from walletdoc.text import Lang

_RECENT = 5  # calls that say where a trainee stands now
_TREND = 10  # calls that a trend shows
_WEAKEST = 5
_SOON = 10
_HEIGHTS = "▁▂▃▄▅▆▇█"
_STEADY = 2.0  # points on average within which nothing has changed


@frozen
class InFlow:
    """How a trainee gets on in one flow: calls, the average of all and of the last ones, the last totals, when it is due."""

    flow: str
    calls: int
    average: float
    recent: float
    totals: tuple[int, ...]
    due: str


@frozen
class Due:
    """A skill that is due: `flow:…`, `cause:…` or `edge:…`, and when."""

    skill: str
    due: str


@frozen
class Progress:
    """All of it; flows are sorted, the weakest first, and `due` by time."""

    calls: int
    average: float
    passed: int
    unsafe: int
    trend: float
    flows: tuple[InFlow, ...]
    missed: tuple[Due, ...]
    due: tuple[Due, ...]


def progress(history: History, passing: int) -> Progress:
    """Return what a report says; `passing` are the points from which a call counts as passed."""
    by_flow: dict[str, list[Past]] = {}
    for past in history.calls:
        by_flow.setdefault(past.flow, []).append(past)
    flows = [_in_flow(flow, calls, history) for flow, calls in by_flow.items()]
    totals = [past.total for past in history.calls]
    dues = sorted(
        (Due(skill, card.due) for skill, card in history.cards.items()), key=lambda each: (each.due, each.skill)
    )
    return Progress(
        calls=len(totals),
        average=_average(totals),
        passed=sum(total >= passing for total in totals),
        unsafe=sum(past.unsafe for past in history.calls),
        trend=_average(totals[-_TREND:]) - _average(totals[:-_TREND]) if len(totals) > _TREND else 0.0,
        flows=tuple(sorted(flows, key=lambda each: (each.recent, each.flow))),
        missed=tuple(each for each in dues if each.skill[:5] == "edge:" and history.cards[each.skill].rating == AGAIN),
        due=tuple(dues),
    )


def _in_flow(flow: str, calls: list[Past], history: History) -> InFlow:
    totals = [past.total for past in calls]
    card = history.cards.get(f"flow:{flow}")
    recent = _average(totals[-_RECENT:])
    return InFlow(flow, len(calls), _average(totals), recent, tuple(totals[-_TREND:]), card.due if card else "")


def _average(totals: list[int]) -> float:
    return round(sum(totals) / len(totals), 1) if totals else 0.0


def sparks(totals: Iterable[int]) -> str:
    """Return totals of 0 to 100 as one character each, as high as they are."""
    return "".join(_HEIGHTS[min(total * len(_HEIGHTS) // 100, len(_HEIGHTS) - 1)] for total in totals)


def page(made: Progress, trainee: str, plans: Plans, now: datetime, lang: Lang) -> Iterator[Line]:
    """Yield the report for people."""
    titles = {id_: entry.title.of(lang) for id_, entry in plans.entries.items()}
    yield Line(say(lang, "practice.report", trainee=trainee), style="heading")
    if not made.calls:
        yield Line(say(lang, "practice.report-none"), 1)
        return
    yield Line(say(lang, "practice.report-calls", calls=made.calls, average=made.average, passed=made.passed), 1)
    if made.unsafe:
        yield Line(say(lang, "practice.report-unsafe", count=made.unsafe), 1, "alarm")
    if made.calls > _TREND:
        yield Line(_trend(made, lang), 1)
    yield from (Line(), Line(say(lang, "practice.report-flows"), style="heading"))
    yield from labelled((titles.get(each.flow, each.flow), _row(each, lang)) for each in made.flows)
    if made.missed:
        yield from (Line(), Line(say(lang, "practice.report-missed"), style="heading"))
        yield from (Line(skill_in_words(each.skill, plans, lang), 1) for each in made.missed[:_WEAKEST])
    yield from (Line(), Line(say(lang, "practice.report-due"), style="heading"))
    for each in made.due[:_SOON]:
        skill = skill_in_words(each.skill, plans, lang)
        yield Line(say(lang, "practice.report-when", when=_when(each.due, now, lang), skill=skill), 1)
    if len(made.due) > _SOON:
        yield Line(say(lang, "practice.report-more", count=len(made.due) - _SOON), 1)


def _trend(made: Progress, lang: Lang) -> str:
    way = "up" if made.trend > _STEADY else "down" if made.trend < -_STEADY else "even"
    return say(lang, f"practice.report-{way}", points=abs(round(made.trend, 1)))


def _row(each: InFlow, lang: Lang) -> str:
    shown = f"{bar(each.recent, 100)} {each.recent:5.1f}  {sparks(each.totals)}"
    return say(lang, "practice.report-row", shown=shown, calls=each.calls)


def skill_in_words(skill: str, plans: Plans, lang: Lang) -> str:
    """Return what a skill is called; by its ids, where its flow is not here or has changed since."""
    kind, _, rest = skill.partition(":")
    flow, _, what = rest.partition("/")
    if flow not in plans.entries:
        return say(lang, f"practice.skill-{kind}", flow=flow, what=what)
    title = plans.entries[flow].title.of(lang)
    if kind == "edge" and what == "start":
        return say(lang, "practice.skill-start", flow=title)
    with suppress(KeyError, Failure):
        what = _what(kind, plans.library.flow(flow), what, plans.library, lang)
    return say(lang, f"practice.skill-{kind}", flow=title, what=what)


def _what(kind: str, flow: Flow, what: str, library: Library, lang: Lang) -> str:
    """Return the title of a cause, or a question with its answer; raises KeyError where it is gone."""
    if kind == "cause":
        return flow.causes[what].title.of(lang)
    return " → ".join(_edge(flow, what, library, lang)) if kind == "edge" else what


def _edge(flow: Flow, edge: str, library: Library, lang: Lang) -> tuple[str, str]:
    path, _, answer = edge.rpartition("=")
    if path.startswith("fact."):
        fact = library.facts[path.removeprefix("fact.")]
        return fact.ask.of(lang), fact.options[answer].say.of(lang)
    node: object = flow
    for id_ in path.split("/"):
        owner = library.step(node.call) if isinstance(node, Call) else flow
        node = owner.nodes[id_]
    match node:
        case Ask(ask=text, options=options):
            return text.of(lang), options[answer].say.of(lang)
        case Number(number=text):
            return text.of(lang), answer if answer != UNSURE else say(lang, "practice.caller-unsure")
        case Try(try_=text) | Do(do=text):
            return text.of(lang), say(lang, f"practice.caller-{answer}")
        case _:
            raise KeyError(edge)


def _when(due: str, now: datetime, lang: Lang) -> str:
    days = (datetime.fromisoformat(due).date() - now.date()).days
    if due <= now.isoformat(timespec="seconds"):
        return say(lang, "practice.due-now")
    return say(lang, "practice.due-today") if days < 1 else say(lang, "practice.due-in", days=days)


def as_json(made: Progress, trainee: str) -> dict[str, Any]:
    """Return the report as JSON takes it."""
    return {
        "trainee": trainee,
        "calls": made.calls,
        "average": made.average,
        "passed": made.passed,
        "unsafe": made.unsafe,
        "trend": round(made.trend, 1),
        "flows": [
            {
                "flow": each.flow,
                "calls": each.calls,
                "average": each.average,
                "recent": each.recent,
                "totals": list(each.totals),
                "due": each.due,
            }
            for each in made.flows
        ],
        "missed": [each.skill for each in made.missed],
        "due": [{"skill": each.skill, "due": each.due} for each in made.due],
    }


def as_csv(history: History) -> str:
    """Return all calls as CSV, a line each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Past._fields)
    writer.writerows((*past[:-1], "yes" if past.unsafe else "no") for past in history.calls)
    return text.getvalue()
