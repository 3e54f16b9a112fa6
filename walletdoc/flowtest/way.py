"""The way that a session took beside the way that a test expects, as rows of words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from walletdoc.engine import Place, Session, visits
from walletdoc.flow import End
from walletdoc.flowtest.case import CAUSE, Case, Expect, Move
from walletdoc.flowtest.names import answered
from walletdoc.locales import say
from walletdoc.span import Span, excerpt
from walletdoc.terminal import width
from walletdoc.text import Lang, brief

Row = tuple[str, str]
"""What was taken, and what is expected there; either may be empty."""
Names = Callable[[Place], tuple[str, ...]]
WIDEST = 34  # of a column, so that two of them stand on a screen of 80
AROUND = 30, 38  # characters of a line before and after what is wrong in it, for the same


def stop(session: Session) -> str:
    """Return where a session stands: its end, or what is asked."""
    place = session.place
    if isinstance(place.node, End):
        return f"{place.node.end} ({place.id})" if place.id else place.node.end
    return f"{answered((place.key, ''))[:-1]}?"


def taken(session: Session) -> list[tuple[str, Place | None]]:
    """Return the way that a session took, one line a question, with its place, and where it stands."""
    found: list[tuple[str, Place | None]] = []
    leg = 0
    for visit in visits(session):
        if visit.place.leg != leg:
            leg = visit.place.leg
            found.append((f"→ {visit.place.flow.flow}", None))
        found.append((answered((visit.place.key, visit.answer)) + (" *" if visit.known else ""), visit.place))
    if session.place.leg != leg:
        found.append((f"→ {session.place.flow.flow}", None))
    return [*found, (stop(session), session.place)]


def rows(case: Case, before: Session, last: Session, names: Names, at: int) -> tuple[Row, ...]:
    """Return the way of a test that failed: `before` is the session that it went on from, `last` the one it came to.

    `at` is the line of a transcript that failed.
    """
    begun = _begun(case, before)
    if case.steps is None:
        return (*begun, *_of_row(case, taken(last)[len(begun) :], names))
    return (*begun, *_of_transcript(case.steps, last, at))


def _begun(case: Case, before: Session) -> tuple[Row, ...]:
    if case.after is None:
        return ()
    lines = [line for line, _ in taken(before)[:-1]]
    return tuple(zip_longest(lines, [f"after {case.after}"][: len(lines)], fillvalue=""))


def _of_row(case: Case, way: list[tuple[str, Place | None]], names: Names) -> Iterator[Row]:
    """Yield what was answered beside what is given for it, then where it stopped, then what was never asked."""
    given = dict(case.given or {})
    cause = given.pop(CAUSE, None)
    left = dict(given)

    def named(place: Place | None) -> str | None:
        name = next((each for each in names(place) if each in given), None) if place else None
        left.pop(name or "", None)
        return name and f"{name}={given[name]}"

    for line, place in way[:-1]:
        yield line, named(place) or (f"({cause})" if place and cause else "")
    line, place = way[-1]
    refused = named(place)
    unasked = [f"{name}={answer}" for name, answer in left.items()]
    said = list(_said(case.expect or Expect()))
    expected = [refused, *unasked, *said] if refused else [*(said or [""]), *unasked]
    yield from zip_longest([line], expected, fillvalue="")


def _of_transcript(moves: tuple[Move, ...], last: Session, at: int) -> Iterator[Row]:
    """Yield each line; before the one that failed, what was taken is what was expected."""
    for index, move in enumerate(moves):
        line = _move(move)
        yield (line if index < at else stop(last) if index == at else ""), line


def _move(move: Move) -> str:
    if move.asked is not None:
        return f"{move.asked}?" if move.answer is None else f"{move.asked}={move.answer}"
    if move.change is not None:
        return "change " + ", ".join(f"{key}={answer}" for key, answer in move.change.items())
    return "back" if move.back else next(iter(_said(move)), "")


def _said(expect: Expect | Move) -> Iterator[str]:
    if expect.switch is not None:
        yield f"→ {expect.switch}"
    elif expect.end is not None or expect.at is not None:
        yield f"{expect.end or '…'} ({expect.at})" if expect.at else str(expect.end)


def shown(source: str, span: Span, found: Sequence[Row], lang: Lang) -> Iterator[str]:
    """Yield the line of a test file in which a test failed with a caret, and the ways below it, for a screen of 80."""
    yield from excerpt(source, span, *AROUND).splitlines()
    if found:
        heads = say(lang, "test.way"), say(lang, "test.expected")
        yield from (f"    {each}" for each in beside(heads, found))


def beside(heads: Row, found: Iterable[Row]) -> tuple[str, ...]:
    """Return rows as lines of two columns below their heads; of one column where nothing is expected."""
    pairs = [(brief(one, WIDEST), brief(other, WIDEST)) for one, other in (heads, *found)]
    if not any(other for _, other in pairs[1:]):
        return tuple(one for one, _ in pairs)
    wide = max(width(one) for one, _ in pairs)
    return tuple(f"{one}{' ' * (wide - width(one))}  │ {other}".rstrip() for one, other in pairs)
