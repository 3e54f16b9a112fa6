"""What a session says to people, in one language: texts with their placeholders filled, labels, lengths of time."""

from collections.abc import Mapping
from datetime import date

from walletdoc.contacts import Contact, fill, resolve, value
from walletdoc.engine import Place, Session
from walletdoc.flow import Ask, Do, FactNode, Number, Period, Time, Try
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.text import Lang, Lines, Text


class Wording:
    """Words for one session's texts: the library, the language, the facts that decide about contacts."""

    def __init__(self, library: Library, session: Session, lang: Lang) -> None:
        """Keep them; presets count where their fact was not asked, so that a set bank or wallet names its contact."""
        self.library = library
        self.lang = lang
        self.known: Mapping[str, str] = {**session.presets, **session.facts}

    def text(self, text: Text) -> str:
        """Return a text with its placeholders filled."""
        return fill(text.of(self.lang), self._value)

    def lines(self, lines: Lines) -> tuple[str, ...]:
        """Return a list with its placeholders filled."""
        return tuple(fill(each, self._value) for each in lines.of(self.lang))

    def maybe(self, text: Text | None) -> str | None:
        """Return a text that may be left out."""
        return None if text is None else self.text(text)

    def contacts(self, who: str) -> tuple[Contact, ...]:
        """Return the contacts of a role or contact id, for the facts of this session."""
        named = {
            (id_, name): option.contact
            for id_, fact in self.library.facts.items()
            for name, option in fact.options.items()
            if option.contact is not None
        }
        return resolve(who, self.known, named, self.library.registries.contacts)

    def _value(self, name: str, field: str) -> str | None:
        if name == "time":
            time = self.library.registries.times.get(field)
            return None if time is None else length(time, self.lang)
        return next((value(contact, field, self.lang) for contact in self.contacts(name)), None)

    def asked(self, place: Place) -> str:
        """Return what a place asks or tells to do."""
        match place.node:
            case Ask(ask=text) | Number(number=text) | Try(try_=text) | Do(do=text):
                return self.text(text)
            case FactNode(fact=fact):
                return self.text(self.library.facts[fact].ask)
            case _:
                return ""

    def answer(self, place: Place, answer: str) -> str:
        """Return an answer as a person reads it."""
        match place.node:
            case Ask(options=options) if answer in options:
                return self.text(options[answer].say)
            case FactNode(fact=fact) if answer in self.library.facts[fact].options:
                return self.text(self.library.facts[fact].options[answer].say)
            case Number() if answer != "unsure":
                return answer
            case _:
                return say(self.lang, f"answer.{answer}")


def length(time: Time | Period, lang: Lang) -> str:
    """Return a length of time in words: `3 个工作日`, `3 working days`."""
    for unit, count in (("working-days", time.working_days), ("hours", time.hours), ("minutes", time.minutes)):
        if count is not None:
            return say(lang, f"time.{unit}" if count != 1 else f"time.{unit}-one", count=count)
    return ""


def day(when: date, lang: Lang) -> str:
    """Return a date in words, with its weekday."""
    weekday = say(lang, f"weekday.{when.isoweekday()}")
    return say(lang, "time.day", year=when.year, month=when.month, day=when.day, date=when.isoformat(), weekday=weekday)
