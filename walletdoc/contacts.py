"""The registry of official contacts: who to turn to, how fresh that is, and whether a number somebody gave is in it.

The registry is the only place that numbers come from. A number is official only if it is, as the eye reads it, exactly
a listed one; one with an extension, a prefix or a suffix is somebody else's. That a number is listed says nothing about
who is calling from it: a displayed number can be forged, so whoever shows an `Official` says to hang up and dial it
oneself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from unicodedata import normalize

from walletdoc.decode import Count, Date, yaml_name
from walletdoc.frozen import frozen
from walletdoc.text import Lang, Text

if TYPE_CHECKING:
    from walletdoc.digits import Number

Role = Literal["wallet", "bank", "merchant", "carrier", "police", "regulator"]
Kind = Literal["hotline", "in-app", "on-card", "website"]
Tier = Literal["A", "B", "C"]
Doubt = Literal["extension", "address", "begins", "ends", "contains", "unknown"]

ROLES: Mapping[Role, Text] = {
    "wallet": Text(zh="钱包", en="wallet"),
    "bank": Text(zh="银行", en="bank"),
    "merchant": Text(zh="商家", en="merchant"),
    "carrier": Text(zh="运营商", en="carrier"),
    "police": Text(zh="警察", en="police"),
    "regulator": Text(zh="监管", en="regulator"),
}


@frozen
class Contact:
    """An official line or in-app entry, and what vouches for it; `way` is the safe way in, without a number."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "alias_generator": yaml_name}
    role: Role
    organisation: Text
    for_: Text
    kind: Kind
    way: Text
    source: str
    tier: Tier
    verified_on: Date
    valid_for: Count
    number: str | None = None
    hours: Text | None = None
    caveat: Text | None = None
    source_date: Date | None = None


Registry = Mapping[str, Contact]
"""The contacts by id, in the order in which they are shown."""


@frozen
class Official:
    """What was typed is a listed number; `abroad` if it was typed with +86 or 0086, as forged calls often show it."""

    shown: str
    contact_id: str
    contact: Contact
    abroad: bool


@frozen
class Unlisted:
    """What was typed is no listed number.

    `doubt` says how it comes near one, and `like` whose: it has an extension, is a part of an address, begins with one,
    ends in one, contains one; or it is unknown, and like none.
    """

    shown: str
    doubt: Doubt
    like: tuple[str, ...]


Match = Official | Unlisted


# --- who to turn to


def resolve(
    who: str, known: Mapping[str, str], facts_contacts: Mapping[tuple[str, str], str], registry: Registry
) -> tuple[Contact, ...]:
    """Return the contacts that a role or contact id stands for, none if it stands for nothing.

    `known` maps a fact to its option, `facts_contacts` a fact and option to the contact they name. A role whose fact is
    known is the contact of its option; otherwise the contact of that id; otherwise every contact with that role.
    """
    named = facts_contacts.get((who, known[who])) if who in known else None
    for id_ in (named, who):
        if id_ is not None and id_ in registry:
            return (registry[id_],)
    return tuple(contact for contact in registry.values() if contact.role == who)


def expires(contact: Contact) -> date:
    """Return the last day on which the contact counts as verified; raises ValueError if `verified_on` is not a day."""
    last = date.fromisoformat(contact.verified_on).toordinal() + contact.valid_for
    return date.fromordinal(min(last, date.max.toordinal()))


def fresh(contact: Contact, on: date) -> bool:
    """Return whether the contact still counts as verified on a day; raises ValueError as `expires` does."""
    return on <= expires(contact)


# --- what texts say of them

_PLACEHOLDER = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)\}")
FIELDS = ("name", "hotline", "way", "hours")
"""What a text may say of a contact."""


def placeholders(text: str) -> tuple[tuple[str, str], ...]:
    """Return the name and field of each `{name.field}` in a text, in order; nothing else in braces is one."""
    return tuple((match[1], match[2]) for match in _PLACEHOLDER.finditer(text))


def fill(text: str, values: Callable[[str, str], str | None]) -> str:
    """Put `values(name, field)` for each `{name.field}`, and … where that is None; what is put in is not read again."""
    return _PLACEHOLDER.sub(lambda match: values(match[1], match[2]) or "…", text)


def value(contact: Contact, field: str, lang: Lang) -> str | None:
    """Return one of `FIELDS` as a text says it; the hotline is the way in where there is no number."""
    match field:
        case "name":
            return contact.organisation.of(lang)
        case "hotline":
            return contact.number or contact.way.of(lang)
        case "way":
            return contact.way.of(lang)
        case "hours":
            return contact.hours.of(lang) if contact.hours else None
        case _:
            return None


# --- is it official?

_LONGEST = 15  # digits of a telephone number anywhere (E.164); longer runs are orders or cards, like no number
_TELLING = 5  # digits of a listed number that mean something in the middle of another: every third number has a 110


def look_up(asked: str, registry: Registry) -> tuple[Match, ...]:
    """Return what is known of every number in a text, in order; empty where there is no number. Takes any text.

    Disguises are seen through (other scripts' digits, Chinese numerals, look-alike letters, spaces, dashes, +86),
    additions are not looked over. A number that two contacts share is found once for each.
    """
    listed = _by_number(registry)
    from walletdoc.digits import numbers  # its patterns cost start-up time, and only this needs them

    found = numbers(asked, lambda key: any(form in listed for form in _forms(key)))
    return tuple(match for number in found for match in _matches(number, listed, registry))


def _matches(number: "Number", listed: Mapping[str, tuple[str, ...]], registry: Registry) -> Iterator[Match]:
    owners = next((listed[form] for form in _forms(number.key) if form in listed), ())
    if not owners:
        yield Unlisted(number.shown, *_nearest(number, listed))
    elif number.place != "alone":
        yield Unlisted(number.shown, number.place, owners)
    else:
        abroad = _inside(number.key) != number.key
        yield from (Official(number.shown, id_, registry[id_], abroad) for id_ in owners)


def _nearest(number: "Number", listed: Mapping[str, tuple[str, ...]]) -> tuple[Doubt, tuple[str, ...]]:
    """Return how a number comes near a listed one, and whose; of several the longest: 00 96110 is not like 110."""
    digits = re.sub(r"\D", "", _inside(number.key))
    tests: tuple[tuple[Doubt, Callable[[str], bool]], ...] = (
        ("begins", digits.startswith),
        ("ends", digits.endswith),
        ("contains", lambda each: len(each) >= _TELLING and each in digits),
    )
    for doubt, test in tests if len(digits) <= _LONGEST else ():
        near = max(filter(test, listed), key=len, default=None)
        if near:
            return doubt, listed[near]
    return "unknown", ()


def _by_number(registry: Registry) -> Mapping[str, tuple[str, ...]]:
    """Map each listed number, as it is read, to those who have it."""
    from walletdoc.digits import numbers  # as in `look_up`

    owners: dict[str, tuple[str, ...]] = {}
    for id_, contact in registry.items():
        for number in numbers(contact.number or "", lambda _: True):
            for form in _forms(number.key):
                owners[form] = (*owners.get(form, ()), id_)
    return owners


def _forms(key: str) -> tuple[str, ...]:
    """Return a number as written and, if that was with the country's prefix, as dialled inside: with or without a 0."""
    inside = _inside(key)
    return (key,) if inside == key else (key, inside, f"0{inside}")


def _inside(key: str) -> str:
    """Return a number without China's prefix; +0086 is none."""
    return key.removeprefix("+86") if key.startswith("+") else key.removeprefix("0086")


# --- who is meant?


def who(asked: str, registry: Registry) -> Registry:
    """Return the contacts whose id, role or organisation is among the words asked, or they in it: 支付宝客服, bank."""
    wanted = _folded(asked)
    return {
        id_: contact for id_, contact in registry.items() if any(_meets(wanted, name) for name in _names(id_, contact))
    }


def _names(id_: str, contact: Contact) -> Iterator[str]:
    yield _folded(id_)
    for text in (contact.organisation, ROLES[contact.role]):
        yield from (_folded(text.zh), _folded(text.en))


def _meets(wanted: str, name: str) -> bool:
    """Compare two folded texts: English by whole words or the beginning of one, Chinese by two characters or more."""
    if wanted.isascii():
        return bool(wanted) and (f" {wanted}" in f" {name}" or f" {name} " in f" {wanted} ")
    return (len(wanted) > 1 and wanted in name) or (len(name) > 1 and name in wanted)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", normalize("NFKC", text).casefold()).strip()
