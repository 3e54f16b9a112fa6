"""When a skill is due again: py-fsrs (FSRS-6) over flows, causes, and the answers after which a mistake was made.

The scheduler is py-fsrs's own with its parameters as they come, without fuzz, so that a schedule can be worked out again.
"""

from datetime import datetime
from typing import NamedTuple

from walletdoc.practice.score import PASS, Score

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
_HARD, _EASY = 60, 95  # points from which a call is hard, easy


class Card(NamedTuple):
    """What is remembered of a skill, as py-fsrs keeps it; times are ISO 8601 in UTC, to the second.

    `rating` is the last one, `cause` the one with which it was practised last.
    """

    rating: int
    state: int
    step: int | None
    stability: float
    difficulty: float
    due: str
    last: str
    cause: str


def rating(score: Score) -> int:
    """Return how well a call went, as FSRS rates it: again, hard, good, easy."""
    if score.unsafe or score.total < _HARD:
        return AGAIN
    if score.total < PASS:
        return HARD
    return EASY if score.total >= _EASY and not score.hints else GOOD


def reviewed(card: Card | None, rated: int, at: datetime, cause: str) -> Card:
    """Return the card of a skill after it was practised at a time in UTC."""
    import fsrs  # takes as long to load as a call to begin

    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    if card is None:
        before = fsrs.Card(card_id=1, due=at)
    else:
        due, last = datetime.fromisoformat(card.due), datetime.fromisoformat(card.last)
        before = fsrs.Card(1, fsrs.State(card.state), card.step, card.stability, card.difficulty, due, last)
    after, _ = scheduler.review_card(before, fsrs.Rating(rated), at)
    return Card(
        rating=rated,
        state=int(after.state),
        step=after.step,
        stability=after.stability or 0.0,
        difficulty=after.difficulty or 0.0,
        due=_written(after.due),
        last=_written(at),
        cause=cause,
    )


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
