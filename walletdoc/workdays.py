"""Working days in mainland China: weekends, holidays, and the weekend days that are worked to make up for them.

The State Council publishes each year's holidays in the autumn before, and `chinesecalendar` carries them. Beyond the
years it knows, only weekends are left out, and the result says that it is not certain.
"""

from datetime import date, timedelta
from functools import cache

from walletdoc.frozen import frozen

MOST = 10_000
"""The most working days that can be counted at once: forty years, far beyond any wait there is."""

_ONE = timedelta(days=1)
_SATURDAY = 5
_NEXT_NOTICE = (12, 29)
"""From this day of a year the next year's notice decides too: it reached back this far in 2007 and 2018."""


@frozen
class Due:
    """A date counted in working days; not `certain` when a notice that the way there needs is not known."""

    date: date
    certain: bool


def after(start: date, days: int) -> Due:
    """Return the first day by which `days` more working days have passed than by `start`; 0 is `start` itself.

    The day of `start` does not count: one working day after a Friday or Saturday is the Monday. A negative `days` gives
    when a clock began that many working days ago, so that `between(after(start, days).date, start) == -days`; that day
    is always a working day. Raises ValueError beyond `MOST` days, OverflowError beyond the years of `date`.
    """
    if abs(days) > MOST:
        raise ValueError(days)
    return _forward(start, days) if days >= 0 else _back(start, -days)


def between(start: date, end: date) -> int:
    """Return how many working days have passed by `end` since `start`: `start` excluded, `end` included.

    Negative where `end` is before `start`. Days of which no notice is known count as working days unless at a weekend.
    """
    if end < start:
        return -between(end, start)
    return sum(works(start + timedelta(days=passed)) for passed in range(1, (end - start).days + 1))


def works(day: date) -> bool:
    """Return whether a day is worked."""
    if not _known(day.year):
        return day.weekday() < _SATURDAY
    from chinese_calendar import is_workday

    return bool(is_workday(day))


def settled(day: date) -> bool:
    """Return whether every notice that decides about a day is known."""
    return _known(day.year) and ((day.month, day.day) < _NEXT_NOTICE or _known(day.year + 1))


def _forward(day: date, left: int) -> Due:
    certain = True
    while left:
        day += _ONE
        certain = certain and settled(day)
        left -= works(day)
    return Due(day, certain)


def _back(day: date, left: int) -> Due:
    certain = settled(day)
    while left or not works(day):
        left -= works(day)
        day -= _ONE
        certain = certain and settled(day)
    return Due(day, certain)


@cache
def _known(year: int) -> bool:
    """Ask the library by its first of October: a holiday in every year, so a year without its notice is refused."""
    from chinese_calendar import is_workday

    try:
        return not is_workday(date(year, 10, 1))
    except (NotImplementedError, ValueError):  # ValueError: a year that `date` does not have
        return False
