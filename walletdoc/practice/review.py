"""After the call: the score part by part, the way that was taken beside the best one, and why each better choice was better."""

from collections.abc import Iterator
from typing import Any

from walletdoc.locales import say
from walletdoc.page import Line, labelled
from walletdoc.practice.desk import Desk, Taken
from walletdoc.practice.offers import id_of
from walletdoc.practice.score import HINT_COST, Score
from walletdoc.practice.speech import Speech
from walletdoc.text import Lang

BAR = 10  # columns of a full bar


def bar(points: float, most: float, width: int = BAR) -> str:
    """Return a bar of so many columns, filled by how many of the most points there are."""
    filled = round(width * points / most) if most else 0
    return "█" * filled + "·" * (width - filled)


def page(desk: Desk, score: Score, lang: Lang) -> Iterator[Line]:
    """Yield the page that a trainee reads after a call."""
    speech = Speech(desk.call, lang)
    state = "unsafe" if score.unsafe else "passed" if score.passed else "failed"
    style: Any = "alarm" if score.unsafe else "heading"
    yield Line()
    yield Line(say(lang, f"practice.total-{state}", total=score.total), style=style)
    yield from labelled(
        (say(lang, f"practice.part-{part.name}"), f"{bar(part.points, part.most)} {part.points}/{part.most}")
        for part in score.parts
    )
    if score.hints:
        yield Line(say(lang, "practice.hints", count=score.hints, cost=score.hints * HINT_COST), 1)
    yield Line(say(lang, "practice.minutes", taken=score.minutes, best=score.best_minutes), 1)
    yield Line(say(lang, "practice.cause", cause=speech.label(desk, "cause", desk.call.spec.cause)), 1)
    yield Line()
    yield Line(say(lang, "practice.your-way"), style="heading")
    for number, taken in enumerate(desk.log, 1):
        yield from _taken(number, taken, desk, speech)
    yield Line()
    yield Line(say(lang, "practice.best-way"), style="heading")
    yield from _best(desk, speech)


def _taken(number: int, taken: Taken, desk: Desk, speech: Speech) -> Iterator[Line]:
    lang = speech.lang
    verdict = say(lang, f"practice.verdict-{taken.verdict}")
    chosen = speech.label(desk, taken.stage, taken.choice)
    yield Line(say(lang, "practice.taken", number=number, verdict=verdict, choice=chosen), 1)
    if taken.verdict in {"right", "hint"} or taken.stage == "note":
        return
    yield Line(reason(taken, speech), 2, "alarm" if taken.verdict == "unsafe" else "plain")
    if taken.best:
        yield Line(say(lang, "practice.better", choice=speech.label(desk, taken.stage, taken.best)), 2)
    why = speech.why(taken.best) if taken.stage == "turn" else None
    if why:
        yield Line(say(lang, "practice.why", why=why), 2)


def reason(taken: Taken, speech: Speech) -> str:
    """Return why a choice was not the best."""
    if taken.stage != "turn":
        return say(speech.lang, f"practice.because-{taken.stage}")
    return say(speech.lang, f"practice.because-{taken.verdict}")


def _best(desk: Desk, speech: Speech) -> Iterator[Line]:
    way = desk.call.way
    words = speech.words(desk.call.caller.every_answer)
    for number, (place, answer) in enumerate(zip(way.places, way.answers, strict=True), 1):
        asked = say(
            speech.lang, "practice.step", number=number, asked=words.asked(place), answer=words.answer(place, answer)
        )
        yield Line(asked, 1)
        why = speech.why(id_of(desk.call, place))
        if why:
            yield Line(say(speech.lang, "practice.why", why=why), 2)
    yield Line(say(speech.lang, "practice.step-end", end=speech.label(desk, "end", way.right.kind)), 1)


def as_json(desk: Desk, score: Score, lang: Lang) -> dict[str, Any]:
    """Return the review as JSON takes it."""
    speech = Speech(desk.call, lang)
    spec, way = desk.call.spec, desk.call.way
    return {
        "event": "score",
        "flow": spec.flow,
        "cause": spec.cause,
        "level": spec.level,
        "seed": spec.seed,
        "total": score.total,
        "passed": score.passed,
        "unsafe": list(score.unsafe),
        "parts": {part.name: {"points": part.points, "most": part.most} for part in score.parts},
        "hints": score.hints,
        "minutes": score.minutes,
        "best-minutes": score.best_minutes,
        "moves": [
            {
                "key": taken.key,
                "choice": taken.choice,
                "verdict": taken.verdict,
                "best": taken.best,
                "because": None
                if taken.verdict in {"right", "hint"} or taken.stage == "note"
                else reason(taken, speech),
            }
            for taken in desk.log
        ],
        "best": [
            {
                "choice": id_of(desk.call, place),
                "answer": answer,
                "minutes": desk.call.minutes(place),
                "why": speech.why(id_of(desk.call, place)),
            }
            for place, answer in zip(way.places, way.answers, strict=True)
        ],
        "end": way.right.kind,
    }
