"""A session is added to a test file as a test, and nothing else in the file changes."""

import pytest

from tests.flowtest.made import library
from walletdoc.engine import Session, Tables, respond, start
from walletdoc.failure import Failure
from walletdoc.flowtest.record import record
from walletdoc.flowtest.suite import Suite
from walletdoc.library import Library

ROW = "    given: {fact.money-taken: yes}\n    expect: {end: hand-off, at: ask-merchant, causes: [went-through], contacts: [merchant], prepare: [time, amount, order-number]}\n"
HEAD = "test: card-stuck\nformat: 1\n"


def answered(path, *answers: str) -> tuple[Session, Library]:
    own = library()
    own.add_file(path.with_name("card-stuck.yaml"))
    session = start(Tables(own, "card-stuck"))
    for answer in answers:
        session = respond(session, answer)
    return session, own


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "tests:\n  recorded-1:\n" + ROW),
        ("tests:\n  a:\n    given: {money-taken: yes}\n", "tests:\n  a:\n    given: {money-taken: yes}\n  recorded-1:\n" + ROW),
        ("tests:\n  a:\n    given: {money-taken: yes}", "tests:\n  a:\n    given: {money-taken: yes}\n  recorded-1:\n" + ROW),
        (
            "tests:\n  a:\n    given: {money-taken: yes}\n# more\nalways:\n  recorded-1: {questions: 9}\n",
            "tests:\n  a:\n    given: {money-taken: yes}\n  recorded-2:\n" + ROW + "# more\nalways:\n  recorded-1: {questions: 9}\n",
        ),
    ],
)  # fmt: skip
def test_it_is_added_below_the_last(write, before, after):
    path = write(before)
    name = record(path, *answered(path, "yes"))
    assert path.read_text(encoding="utf-8") == HEAD + after
    assert {each.name for each in Suite(library()).run(path, lambda *_: True).results} >= {name}


def test_one_that_is_not_over_is_told_line_by_line(write):
    path = write("")
    path.unlink()
    record(path, *answered(path, "no", "blank"))
    lines = "    steps:\n      - {asked: fact.money-taken, answer: no}\n      - {asked: screen, answer: blank}\n"
    assert path.read_text(encoding="utf-8") == f"{HEAD}tests:\n  recorded-1:\n{lines}      - {{asked: reopen}}\n"


@pytest.mark.parametrize("before", ["tests: {}\n", "tests: {a: {given: {money-taken: yes}}}\n"])
def test_a_file_that_none_can_be_added_to_stays_as_it_is(write, before):
    path = write(before)
    with pytest.raises(Failure, match="don't stand one below the other"):
        record(path, *answered(path, "yes"))
    assert path.read_text(encoding="utf-8") == HEAD + before
