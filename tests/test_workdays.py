"""Working days against the State Council's own calendars, and what is not certain."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdoc import workdays
from walletdoc.workdays import Due, after, between, settled, works

# 国务院办公厅关于2025年部分节假日安排的通知 (国办发明电〔2024〕12号) and 关于2026年部分节假日安排的通知 (2025-11-04):
# first and last day off, and the weekend days that are worked.
OFFICIAL = {
    2025: (
        ["01-01 01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}
DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(-40, 40)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=passed) for passed in range((date(year + 1, 1, 1) - first).days))


def officially_worked(on: date) -> bool:
    holidays, worked = OFFICIAL[on.year]
    short = on.isoformat()[5:]
    if any(first <= short <= last for first, last in map(str.split, holidays)):
        return False
    return short in worked or on.weekday() < 5


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_day_of_the_official_calendar(year: int) -> None:
    assert [on for on in days_of(year) if works(on) != officially_worked(on)] == []


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday
        ("2026-11-23", 3, "2026-11-26"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked
        ("2026-02-13", 2, "2026-02-24"),  # over the Spring Festival
        ("2026-02-27", 2, "2026-03-02"),  # 28 February is a worked Saturday
        ("2025-09-30", 3, "2025-10-11"),  # over the National Day to a worked Saturday
        ("2025-12-31", 1, "2026-01-04"),  # over New Year to a worked Sunday
        (
            "2018-12-28",
            2,
            "2019-01-02",
        ),  # the notice for 2019 made 29 December 2018 a working day and the 31st a holiday
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-23", -1, "2026-11-20"),
        ("2026-11-22", -1, "2026-11-19"),  # on a Sunday one working day, Friday, has passed since Thursday
        ("2026-02-24", -1, "2026-02-14"),
        ("2026-01-04", -1, "2025-12-31"),
    ],
)
def test_after(start: str, days: int, due: str) -> None:
    assert after(day(start), days) == Due(day(due), certain=True)
    assert between(day(start), day(due)) == days


@settings(max_examples=50)
@given(DAYS, COUNTS)
def test_between_counts_what_after_went(start: date, days: int) -> None:
    assert between(start, after(start, days).date) == days


@settings(max_examples=50)
@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_a_clock_that_began_earlier_comes_due_as_many_days_sooner(today: date, waited: int, more: int) -> None:
    began = after(today, -waited).date
    assert works(began)
    assert after(began, waited + more).date == after(today, more).date


@pytest.fixture
def known_to_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays, "_known", lambda year: 2004 <= year <= 2026)


@pytest.mark.usefixtures("known_to_2026")
@pytest.mark.parametrize(
    ("start", "days", "certain"),
    [
        ("2026-12-25", 1, True),  # 28 December
        ("2026-12-25", 2, False),  # 29 December: the notice for 2027 may still change it
        ("2027-03-01", 1, False),
        ("2027-03-01", -1, False),
        ("2027-01-04", -20, False),
        ("2026-12-28", -20, True),
        ("2026-12-29", -1, False),
        ("2003-06-02", -1, False),
        ("2004-01-02", -1, False),
        ("2030-01-01", 0, True),  # nothing was counted
    ],
)
def test_certain_only_where_every_notice_is_known(start: str, days: int, certain: bool) -> None:  # noqa: FBT001 - a table
    assert after(day(start), days).certain is certain


@pytest.mark.usefixtures("known_to_2026")
def test_beyond_the_notices_only_weekends_are_left_out() -> None:
    assert after(day("2029-12-31"), 5) == Due(day("2030-01-07"), certain=False)


@pytest.mark.usefixtures("known_to_2026")
def test_no_notice_has_reached_further_back_than_we_allow_for() -> None:
    """Weekdays off and weekends worked in December belong to the next year's New Year."""
    moved = [
        on for year in range(2004, 2026) for on in days_of(year) if on.month == 12 and works(on) != (on.weekday() < 5)
    ]
    assert moved
    assert min(on.day for on in moved) >= 29
    assert settled(day("2026-12-28"))
    assert not settled(day("2026-12-29"))


def test_the_library_knows_the_present_and_refuses_the_far_future() -> None:
    assert settled(day("2026-11-22"))
    assert not settled(day("2300-03-01"))
    assert not after(date(9999, 12, 20), 3).certain


@pytest.mark.parametrize("days", [workdays.MOST + 1, -workdays.MOST - 1, 10**12])
def test_endless_counts_are_refused_at_once(days: int) -> None:
    with pytest.raises(ValueError, match=str(abs(days))):
        after(day("2026-11-22"), days)


def test_off_the_calendar() -> None:
    with pytest.raises(OverflowError):
        after(date.max, 1)
    with pytest.raises(OverflowError):
        after(date.min, -30)


def test_the_calendar_is_loaded_only_when_used() -> None:
    code = "import sys, walletdoc.workdays; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
