"""Where a session stopped, held against what a test expects there."""

from collections.abc import Iterator

from walletdoc.engine import Session, visits
from walletdoc.flow import Do, End
from walletdoc.flowtest.case import Expect, Move, Said
from walletdoc.flowtest.shown import LANGS, Shown
from walletdoc.flowtest.way import stop
from walletdoc.text import Text, brief
from walletdoc.wording import Wording

Where = tuple[str | int, ...]


class Wrong(Exception):  # noqa: N818 - it says what the test is
    """What a test says otherwise: a message, and where in the test; `key` says that it is the key there."""

    def __init__(self, message: Text, where: Where, *, key: bool = False) -> None:
        """Keep them."""
        super().__init__(message.en)
        self.message = message
        self.where = where
        self.key = key


def meets(session: Session, expect: Expect | Move, shown: Shown, where: Where, leg: int) -> None:
    """Raise `Wrong` where a session did not stop as expected: at an end, or in a flow that it switched to from this leg."""
    place = session.place
    if expect.switch is not None:
        if place.leg <= leg or place.flow.flow != expect.switch:
            raise Wrong(differs("switch", expect.switch, stop(session)), (*where, "switch"))
    elif not place.is_end:
        raise Wrong(Text(zh="还没有走到头", en="it did not come to an end"), where)
    for key, expected, found in _compared(session, expect, shown):
        if expected != found:
            raise Wrong(differs(key, as_text(expected), as_text(found)), (*where, key))
    if expect.text is not None:
        says(session, expect.text, shown, (*where, "text"))


def _compared(session: Session, expect: Expect | Move, shown: Shown) -> Iterator[tuple[str, object, object]]:
    place, end = session.place, session.place.node
    if expect.end is not None:
        yield "end", expect.end, end.end if isinstance(end, End) else place.kind
    if expect.at is not None:
        yield "at", expect.at, place.id
    if expect.flow is not None:
        yield "flow", expect.flow, place.flow.flow
    if expect.causes is not None:
        yield "causes", by_name(expect.causes), by_name(end.causes if isinstance(end, End) else ())
    if expect.contacts is not None:
        yield "contacts", by_name(expect.contacts), by_name(shown.ids(end, session.facts))
    if expect.prepare is not None:
        yield "prepare", by_name(expect.prepare), by_name(end.prepare if isinstance(end, End) else ())
    if expect.protects is not None:
        yield "protects", by_name(expect.protects), by_name(protecting(session))


def says(session: Session, said: Said, shown: Shown, where: Where) -> None:
    """Raise `Wrong` where what is asked or told is worded otherwise."""
    for lang in LANGS:
        expected = said.zh if lang == "zh" else said.en
        if expected is None:
            continue
        words = Wording(shown.library, session, lang)
        node = session.place.node
        found = (words.maybe(node.say) or "") if isinstance(node, End) else words.asked(session.place)
        if found != expected:
            raise Wrong(differs(f"text.{lang}", expected, found), (*where, lang))


def protecting(session: Session) -> tuple[str, ...]:
    """Return the protective acts that were done, by their nodes."""
    found = (visit for visit in visits(session) if isinstance(visit.place.node, Do) and visit.place.node.protects)
    return tuple(visit.place.id for visit in found if visit.answer == "done")


def by_name(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids in an order that does not depend on how they were written."""
    return tuple(sorted(ids))


def as_text(value: object) -> str:
    """Return ids as a test file has them."""
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def differs(key: str, expected: str, found: str) -> Text:
    """Return that something is not what it should be."""
    return Text(
        zh=f"{key} 应该是 {brief(expected, 200)}，实际是 {brief(found, 200)}",
        en=f"{key} should be {brief(expected, 200)}, it is {brief(found, 200)}",
    )
