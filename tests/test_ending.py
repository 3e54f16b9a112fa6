"""The end of a session as it is shown: until when to wait, whom to contact, how fresh that is."""

from datetime import date

import pytest

from tests import packs
from walletdoc import engine
from walletdoc.ending import ending
from walletdoc.engine import Tables
from walletdoc.library import Library

SAY = packs.say("好")
NODES = f"""
first: {{number: {SAY}, between: [0, 30], ranges: [{{below: 9, go: later}}, {{below: 20, go: hours}}, {{go: plain}}], unsure: timed}}
later: {{end: wait, for: {{working-days: 3}}, since: first, again: first, say: {SAY}}}
hours: {{end: wait, for: {{hours: 36}}, say: {SAY}}}
plain: {{end: wait, for: {{working-days: 3}}, say: {SAY}}}
timed: {{end: wait, for: {{time: refund-card}}, say: {SAY}}}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    return packs.library(tmp_path_factory.mktemp("pack"), waits=NODES)


def shown(library: Library, flow: str, *answers: str, on: date, presets=None):
    session = engine.start(Tables(library, flow), presets or {})
    for answer in answers:
        session = engine.respond(session, answer)
    return ending(session, library, "en", on)


WAITS = [
    ("none passed", "0", date(2026, 11, 20), date(2026, 11, 25)),
    ("what passed is taken off", "2", date(2026, 11, 20), date(2026, 11, 23)),
    ("more passed than was to wait", "8", date(2026, 11, 20), date(2026, 11, 20)),
    ("over a holiday to a Saturday that is worked", "0", date(2026, 9, 30), date(2026, 10, 10)),
    ("without since, from today", "25", date(2026, 11, 20), date(2026, 11, 25)),
    ("hours are whole days", "10", date(2026, 11, 20), date(2026, 11, 22)),
    ("a time from the registry", "unsure", date(2026, 11, 20), date(2026, 11, 25)),
]


@pytest.mark.parametrize(("answer", "on", "until"), [case[1:] for case in WAITS], ids=[case[0] for case in WAITS])
def test_until_when_to_wait(library, answer, on, until):
    wait = shown(library, "waits", answer, on=on).wait
    assert (wait.until, wait.certain) == (until, True)


def test_a_wait_beyond_the_published_calendar_says_so(library):
    assert not shown(library, "waits", "0", on=date(2031, 9, 30)).wait.certain


CALL_WALLET = ("no", "restricted")


@pytest.mark.parametrize(
    ("wallet", "number"), [("alipay", "95188"), ("wechat", "95017"), ("unionpay", "95516"), ("apple-pay", None)]
)
def test_the_contact_is_that_of_the_wallet(library, wallet, number):
    lines = shown(
        library,
        "refund-missing",
        *unsure_to_the_end(library, wallet),
        on=date(2026, 11, 22),
        presets={"wallet": wallet},
    ).contacts
    wallets = [line for line in lines if line.number == number]
    assert wallets, lines


def unsure_to_the_end(library: Library, wallet: str) -> list[str]:
    """Answer refund-missing so that it ends with the wallet."""
    from collections import deque

    waiting = deque([engine.start(Tables(library, "refund-missing"), {"wallet": wallet})])
    while waiting:
        session = waiting.popleft()
        node = session.place.node
        if session.place.is_end:
            if "wallet" in node.to:
                return [answer for key, answer in session.answers if key != "fact.wallet"]
            continue
        if session.place.leg == 0:
            numbers = ["0", "5", "9", "20"] if session.place.kind == "number" else []
            waiting += [engine.respond(session, answer) for answer in (*engine.accepts(session.place), *numbers)]
    raise AssertionError(wallet)


@pytest.mark.parametrize(("on", "stale"), [(date(2026, 11, 22), False), (date(2030, 1, 1), True)])
def test_a_contact_that_was_not_verified_for_long_says_so(library, on, stale):
    answers = unsure_to_the_end(library, "alipay")
    lines = shown(library, "refund-missing", *answers, on=on, presets={"wallet": "alipay"}).contacts
    assert {line.stale for line in lines} == {stale}


def test_what_never_to_tell_stands_at_a_hand_off(library):
    end = shown(
        library,
        "refund-missing",
        *unsure_to_the_end(library, "alipay"),
        on=date(2026, 11, 22),
        presets={"wallet": "alipay"},
    )
    assert any("Codes" in line for line in end.never)
    assert end.prepare
