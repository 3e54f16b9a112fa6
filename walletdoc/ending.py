"""Where a session has ended, as a face and a case file show it."""

from datetime import date, timedelta

from walletdoc.contacts import Contact, fresh
from walletdoc.engine import Session
from walletdoc.flow import End, Period, Time
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.question import Choice, crumbs
from walletdoc.text import Lang
from walletdoc.wording import Wording, length

HOURS_A_DAY = 24


@frozen
class Line:
    """A contact as it is shown; `stale` says that it was not verified for longer than it is good for."""

    name: str
    purpose: str
    number: str | None
    way: str
    hours: str | None
    caveat: str | None
    tier: str
    verified_on: str
    source: str
    stale: bool


@frozen
class Wait:
    """How long to wait and until when; not `certain` when the calendar of that year is not published yet."""

    length: str
    until: date
    certain: bool


@frozen
class Ending:
    """The end of a session: what it says, the causes that it names, whom to contact and what to have ready."""

    flow: str
    node: str
    kind: str
    text: str
    prevent: str | None
    causes: tuple[Choice, ...]
    contacts: tuple[Line, ...]
    prepare: tuple[Choice, ...]
    never: tuple[str, ...]
    wait: Wait | None
    again: str | None
    crumbs: tuple[str, ...]
    emergency: bool
    ours: bool


def ending(session: Session, library: Library, lang: Lang, today: date) -> Ending:
    """Return the end that a session has reached; `today` is the day on which it did."""
    place, end = session.place, session.place.node
    if not isinstance(end, End):
        raise TypeError(place.key)
    words = Wording(library, session, lang)
    flow, beside = place.flow, library.registries
    contacts = [each for who in end.to for each in words.contacts(who)]
    return Ending(
        flow=flow.flow,
        node=place.id,
        kind=end.end,
        text=words.maybe(end.say) or "",
        prevent=words.maybe(end.prevent),
        causes=tuple(Choice(id_, words.text(flow.causes[id_].title)) for id_ in end.causes),
        contacts=tuple(dict.fromkeys(line(each, lang, today) for each in contacts)),
        prepare=tuple(Choice(id_, words.text(beside.prepare[id_].label)) for id_ in end.prepare),
        never=beside.never.of(lang) if end.end in {"hand-off", "stop"} else (),
        wait=_wait(session, end, library, lang, today) if end.for_ else None,
        again=end.again,
        crumbs=crumbs(session, words),
        emergency=flow.urgency == "emergency",
        ours=library.file(flow.flow).ours,
    )


def line(contact: Contact, lang: Lang, today: date) -> Line:
    """Return a contact as it is shown on a day."""
    return Line(
        name=contact.organisation.of(lang),
        purpose=contact.for_.of(lang),
        number=contact.number,
        way=contact.way.of(lang),
        hours=contact.hours.of(lang) if contact.hours else None,
        caveat=contact.caveat.of(lang) if contact.caveat else None,
        tier=contact.tier,
        verified_on=contact.verified_on,
        source=contact.source,
        stale=not fresh(contact, today),
    )


def _wait(session: Session, end: End, library: Library, lang: Lang, today: date) -> Wait | None:
    """Return until when to wait: what has passed by the answer that `since` names is taken off."""
    period: Period | Time | None = end.for_
    if isinstance(period, Period) and period.time is not None:
        period = library.registries.times.get(period.time)
    if period is None:
        return None
    passed = _passed(session, end)
    if period.working_days is not None:
        from walletdoc.workdays import after

        due = after(today, max(period.working_days - passed, 0))
        return Wait(length(period, lang), due.date, due.certain)
    hours = (period.hours or 0) + (period.minutes or 0) / 60
    days = max(-(-int(hours) // HOURS_A_DAY) - passed, 0)
    return Wait(length(period, lang), today + timedelta(days=days), certain=True)


def _passed(session: Session, end: End) -> int:
    if end.since is None:
        return 0
    key = f"{session.place.leg}.{session.place.flow.flow}/{end.since}"
    answer = dict(session.answers).get(key, "0")
    return int(answer) if answer.lstrip("-").isdecimal() else 0
