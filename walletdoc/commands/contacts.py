"""`walletdoc contacts [WHO]`: who is official. A number is checked against the registry, words look for a contact."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import typer

from walletdoc.commands.arguments import JsonOption
from walletdoc.contactpage import contact_lines
from walletdoc.contacts import ROLES, Contact, Match, Official, Registry, Unlisted, fresh, look_up, who
from walletdoc.context import current
from walletdoc.locales import say
from walletdoc.page import Line, show, show_json
from walletdoc.text import Lang, brief

_lang = current().lang

WhoArgument = Annotated[list[str] | None, typer.Argument(metavar="WHO", help=say(_lang, "contacts.who"))]


def command(asked: WhoArgument = None, json: JsonOption = False) -> None:
    """Show the registry, or what it says of a number or a name.

    As JSON: `{"numbers": […], "contacts": […]}`, the numbers that were asked about, and the contacts that are meant.
    """
    context = current()
    registry = context.library.registries.contacts
    words = " ".join(asked or [])
    numbers = look_up(words, registry)
    if numbers:
        meant = {id_: registry[id_] for match in numbers for id_ in _meant(match)}
    else:
        meant = dict(who(words, registry)) if words else dict(registry)
    if json:
        plain = [_plain(id_, each, context.lang, context.today) for id_, each in meant.items()]
        show_json({"numbers": [_plain_number(match) for match in numbers], "contacts": plain})
    elif numbers:
        show(_checked(numbers, registry, context.lang, context.today))
    elif meant:
        show(_by_role(meant, context.lang, context.today))
    else:
        show((Line(say(context.lang, "contacts.nobody", who=brief(words))), Line(say(context.lang, "contacts.all"))))


# --- as JSON


def _meant(match: Match) -> tuple[str, ...]:
    """Return the contacts that a number is, or comes near."""
    return (match.contact_id,) if isinstance(match, Official) else match.like


def _plain_number(match: Match) -> dict[str, Any]:
    if isinstance(match, Official):
        found = {"official": True, "contact": match.contact_id, "abroad": match.abroad, "doubt": None, "like": []}
    else:
        found = {"official": False, "contact": None, "abroad": False, "doubt": match.doubt, "like": list(match.like)}
    return {"asked": match.shown, **found}


def _plain(id_: str, contact: Contact, lang: Lang, today: date) -> dict[str, Any]:
    return {
        "id": id_,
        "role": contact.role,
        "name": contact.organisation.of(lang),
        "for": contact.for_.of(lang),
        "kind": contact.kind,
        "number": contact.number,
        "way": contact.way.of(lang),
        "hours": contact.hours.of(lang) if contact.hours else None,
        "caveat": contact.caveat.of(lang) if contact.caveat else None,
        "source": contact.source,
        "source-date": contact.source_date,
        "tier": contact.tier,
        "verified-on": contact.verified_on,
        "stale": not fresh(contact, today),
    }


# --- for people


def _checked(numbers: Iterable[Match], registry: Registry, lang: Lang, today: date) -> Iterator[Line]:
    """Say of each number whether it is official, and what to do either way."""
    for match in numbers:
        shown = brief(match.shown)
        if isinstance(match, Official):
            yield Line(say(lang, "contacts.official", number=shown), style="heading")
            yield from contact_lines(match.contact, lang, today)
            yield Line(say(lang, "contacts.proves-nothing"), 1, "alarm")
            if match.abroad:
                yield Line(say(lang, "contacts.abroad"), 1, "alarm")
        else:
            yield Line(say(lang, "contacts.unlisted", number=shown), style="alarm")
            yield Line(_doubt(match, registry, lang), 1)
            yield Line(say(lang, "contacts.do-not-call"), 1)
        yield Line()


def _doubt(match: Unlisted, registry: Registry, lang: Lang) -> str:
    """Return how a number comes near a listed one."""
    names = say(lang, "contacts.and").join(registry[id_].organisation.of(lang) for id_ in match.like)
    number = registry[match.like[0]].number if match.like else None
    return say(lang, f"contacts.{match.doubt}", name=names, number=number)


def _by_role(contacts: Mapping[str, Contact], lang: Lang, today: date) -> Iterator[Line]:
    for role, title in ROLES.items():
        with_role = [each for each in contacts.values() if each.role == role]
        if with_role:
            yield Line(title.of(lang).capitalize(), style="heading")
        for each in with_role:
            yield from contact_lines(each, lang, today)
            yield Line()
    yield Line(say(lang, "contacts.only-these"))
