"""After the call: the score part by part, the way that was taken beside the best one, and why each better choice was better.

The best way is this very call, played with the best choice at each question. What both ways have in common stands in one
row, so that a detour shows as rows with nothing beside them.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from walletdoc.locales import say
from walletdoc.page import Line, labelled
from walletdoc.practice.desk import Desk, Taken, after, answer_phone, best
from walletdoc.practice.offers import END, id_of, place_of
from walletdoc.practice.score import HINT_COST, Part, Score, danger
from walletdoc.practice.speech import Speech
from walletdoc.terminal import unmarked, wrap
from walletdoc.text import Lang, visible

BAR = 10  # columns of a full bar
ENOUGH = 76  # columns for two ways beside each other
_GAP, _MARGIN = 3, 2  # columns between the two, and before them
_BROKE_IN = frozenset({"soothe", "secret", "scam"})
_FINE = frozenset({"right", "hint"})


class Row(NamedTuple):
    """What was done and what is best, where both are the same or one stands for the other; None where it has nothing."""

    taken: Taken | None
    best: Taken | None


def bar(points: float, most: float, width: int = BAR) -> str:
    """Return a bar of so many columns, filled by how many of the most points there are."""
    filled = round(width * points / most) if most else 0
    return "█" * filled + "·" * (width - filled)


def best_desk(desk: Desk) -> Desk:
    """Return the desk after the same call, handled as is best."""
    played = answer_phone(desk.call, hints=False)
    while not played.is_over:
        played = after(played, best(played))
    return played


def rows(desk: Desk, ideal: Desk) -> Iterator[Row]:
    """Yield both ways row by row; the note, of which none is best, is left out.

    A caller breaks in after so many turns, whatever was asked by then: what is best to reply stands where they did.
    """
    replies = {each.stage: each for each in ideal.log if each.stage in _BROKE_IN}
    broke_in: dict[str, list[Row]] = {}
    before = ""
    for each in desk.log:
        if each.stage in _BROKE_IN:
            broke_in.setdefault(before, []).append(Row(each, replies.get(each.stage)))
        else:
            before = each.key
    for row in _matched(desk, ideal):
        yield row
        yield from broke_in.get(row.taken.key, ()) if row.taken else ()


def _matched(desk: Desk, ideal: Desk) -> Iterator[Row]:
    left_out = {"note", *_BROKE_IN}
    ours, theirs = ([taken for taken in each.log if taken.stage not in left_out] for each in (desk, ideal))
    matcher = SequenceMatcher(None, [*map(_same, ours)], [*map(_same, theirs)], autojunk=False)
    for _, begin, end, first, last in matcher.get_opcodes():
        yield from (Row(*each) for each in zip_longest(ours[begin:end], theirs[first:last]))


def _same(taken: Taken) -> str:
    """Return what makes two moves stand beside each other: the question, or, in a turn, what was chosen."""
    chosen = taken.stage == "turn" or (taken.stage == "flow" and taken.verdict != "right")
    return f"{taken.stage}:{taken.choice}" if chosen else taken.stage


# --- the page


def page(desk: Desk, score: Score, lang: Lang, columns: int = 0) -> Iterator[Line]:
    """Yield the page that a trainee reads after a call; the two ways stand beside each other where columns suffice."""
    speech, ideal = Speech(desk.call, lang), best_desk(desk)
    yield from _score(desk, score, speech)
    yield Line()
    if columns >= ENOUGH:
        yield from _beside(desk, ideal, speech, (columns - _MARGIN - _GAP) // 2)
    else:
        yield from _below(desk, ideal, speech)
    yield from _better(desk, speech)
    yield from _whys(desk, ideal, speech)


def _score(desk: Desk, score: Score, speech: Speech) -> Iterator[Line]:
    lang = speech.lang
    state = "unsafe" if score.unsafe else "passed" if score.passed else "failed"
    style: Any = "alarm" if score.unsafe else "heading"
    yield Line()
    yield Line(say(lang, f"practice.total-{state}", total=score.total), style=style)
    yield from labelled((say(lang, f"practice.part-{part.name}"), _part(part, lang)) for part in score.parts)
    if score.hints or score.unsafe:
        whole = sum(part.points for part in score.parts)
        key = "practice.sum-unsafe" if score.unsafe else "practice.sum"
        yield Line(say(lang, key, whole=whole, count=score.hints, cost=score.hints * HINT_COST, total=score.total), 1)
    yield Line(say(lang, "practice.minutes", taken=score.minutes, best=score.best_minutes), 1)
    yield Line(say(lang, "practice.cause", cause=speech.label(desk, "cause", desk.call.spec.cause)), 1)


def _part(part: Part, lang: Lang) -> str:
    return f"{bar(part.points, part.most)} {f'{part.points}/{part.most}':<6} {_why_lost(part, lang)}".rstrip()


def _why_lost(part: Part, lang: Lang) -> str:
    told = (say(lang, f"practice.lost-{what}", count=count) for what, count in part.lost if part.points < part.most)
    return say(lang, "practice.and").join(told)


def lost_in_words(score: Score, lang: Lang) -> str:
    """Return what a call lost points by, each once; nothing where it lost none."""
    told = dict.fromkeys(_why_lost(part, lang) for part in score.parts)
    return say(lang, "practice.semicolon").join(filter(None, told))


def _below(desk: Desk, ideal: Desk, speech: Speech) -> Iterator[Line]:
    lang = speech.lang
    yield Line(say(lang, "practice.your-way"), style="heading")
    for number, taken in enumerate(desk.log, 1):
        yield Line(_taken(number, taken, desk, speech), 1, "alarm" if taken.verdict == "unsafe" else "plain")
    yield Line()
    yield Line(say(lang, "practice.best-way"), style="heading")
    for number, taken in enumerate(ideal.log[:-1], 1):  # the last is the note
        yield Line(_ideal(number, taken, ideal, speech), 1)


def _beside(desk: Desk, ideal: Desk, speech: Speech, width: int) -> Iterator[Line]:
    """Yield both ways as two columns, each so wide."""
    lang = speech.lang
    headings = say(lang, "practice.your-way"), say(lang, "practice.best-way")
    yield Line(headings[1], 1, "heading", label=headings[0], column=width + _GAP)
    ours = theirs = 0
    for row in rows(desk, ideal):
        ours, theirs = ours + (row.taken is not None), theirs + (row.best is not None)
        left = _taken(ours, row.taken, desk, speech) if row.taken else ""
        right = _ideal(theirs, row.best, ideal, speech) if row.best else ""
        unsafe = row.taken is not None and row.taken.verdict == "unsafe"
        for one, other in zip_longest(_lines(left, width), _lines(right, width), fillvalue=""):
            yield Line(other, 1, "alarm" if unsafe else "plain", label=one or " ", column=width + _GAP, verbatim=True)


def _lines(text: str, width: int) -> list[str]:
    return wrap(visible(unmarked(text)), width, "", "   ") if text else []


def _taken(number: int, taken: Taken, desk: Desk, speech: Speech) -> str:
    verdict = say(speech.lang, f"practice.verdict-{taken.verdict}")
    chosen = speech.label(desk, taken.stage, taken.choice)
    return say(speech.lang, "practice.taken", number=number, verdict=verdict, choice=chosen)


def _ideal(number: int, taken: Taken, ideal: Desk, speech: Speech) -> str:
    asked = speech.label(ideal, taken.stage, taken.choice)
    if taken.stage != "turn" or taken.choice == END:
        return say(speech.lang, "practice.step", number=number, asked=asked)
    place = place_of(ideal.call, taken.choice)
    last = next(each.key for each in reversed(ideal.log) if each.choice == taken.choice)
    if taken.key != last:
        return say(speech.lang, "practice.step-again", number=number, asked=asked)
    answer = speech.words(ideal.known).answer(place, ideal.known[place.key])
    return say(speech.lang, "practice.step-answer", number=number, asked=asked, answer=answer)


def _better(desk: Desk, speech: Speech) -> Iterator[Line]:
    """Yield what would have been better, and why, for each move that was not the best."""
    numbered = [(at, each) for at, each in enumerate(desk.log, 1) if each.verdict not in _FINE and each.stage != "note"]
    if numbered:
        yield from (Line(), Line(say(speech.lang, "practice.better-heading"), style="heading"))
    for number, taken in numbered:
        yield Line(_taken(number, taken, desk, speech), 1)
        yield Line(reason(desk, taken, speech), 2, "alarm" if taken.verdict == "unsafe" else "plain")
        if taken.best:
            yield Line(say(speech.lang, "practice.better", choice=speech.label(desk, taken.stage, taken.best)), 2)
        why = speech.why(taken.best) if taken.stage == "turn" else None
        if why:
            yield Line(say(speech.lang, "practice.why", why=why), 2)


def _whys(desk: Desk, ideal: Desk, speech: Speech) -> Iterator[Line]:
    """Yield why the flow asks what is best to ask, of what was not explained above."""
    told = {each.best for each in desk.log if each.stage == "turn" and each.verdict not in _FINE}
    asked = dict.fromkeys(each.choice for each in ideal.log if each.stage == "turn" and each.choice not in told)
    whys = [(speech.label(ideal, "turn", choice), why) for choice in asked if (why := speech.why(choice))]
    if whys:
        yield from (Line(), Line(say(speech.lang, "practice.why-heading"), style="heading"))
    for label, why in whys:
        yield from (Line(label, 1), Line(why, 2))


def reason(desk: Desk, taken: Taken, speech: Speech) -> str:
    """Return why a choice was not the best."""
    if taken.verdict == "unsafe":
        return say(speech.lang, f"practice.danger-{danger(desk, taken)}")
    return say(speech.lang, f"practice.because-{taken.stage if taken.stage != 'turn' else taken.verdict}")


# --- for programs


def as_json(desk: Desk, score: Score, lang: Lang) -> dict[str, Any]:
    """Return the review as JSON takes it."""
    speech, ideal = Speech(desk.call, lang), best_desk(desk)
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
        "parts": {
            part.name: {"points": part.points, "most": part.most, "lost": dict(part.lost)} for part in score.parts
        },
        "hints": score.hints,
        "minutes": score.minutes,
        "best-minutes": score.best_minutes,
        "moves": [_move(desk, taken, speech) for taken in desk.log],
        "best-moves": [{"key": each.key, "choice": each.choice} for each in ideal.log if each.stage != "note"],
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


def _move(desk: Desk, taken: Taken, speech: Speech) -> dict[str, Any]:
    fine = taken.verdict in _FINE or taken.stage == "note"
    return {
        "key": taken.key,
        "choice": taken.choice,
        "verdict": taken.verdict,
        "best": taken.best,
        "because": None if fine else reason(desk, taken, speech),
        "danger": danger(desk, taken) if taken.verdict == "unsafe" else None,
    }
