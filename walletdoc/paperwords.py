"""The words of a flow on paper, where nothing is known of the user: what hangs on an answer is said in other words."""

from walletdoc.contacts import ROLES, Contact, fill, resolve, value
from walletdoc.flow import Period, Time
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.text import Lang, Text
from walletdoc.wording import length


class PaperWords:
    """Words for one flow in one language; keeps in mind which contacts they have spoken of."""

    def __init__(self, library: Library, lang: Lang) -> None:
        """Take where facts, contacts and times come from."""
        self.library = library
        self.lang = lang
        self._spoken: dict[Contact, None] = {}

    @property
    def spoken(self) -> tuple[Contact, ...]:
        """The contacts that texts so far may have meant, in the order in which they came up."""
        return tuple(self._spoken)

    def say(self, key: str, **values: object) -> str:
        """Return a message."""
        return say(self.lang, key, **values)

    def text(self, text: Text) -> str:
        """Return a text with its placeholders filled."""
        return self.filled(text.of(self.lang))

    def filled(self, text: str) -> str:
        """Return a text in this language with its placeholders filled."""
        return fill(text, self._value)

    def labelled(self, key: str, text: str) -> str:
        """Return a text behind the message that names it."""
        return self.say(key) + self.say("face.colon") + text

    def who(self, who: str) -> str:
        """Return whom a role or contact id stands for: the one contact it can be, or where to find those it may be."""
        contacts = self._contacts(who)
        if len(contacts) == 1:
            name, where = (value(contacts[0], field, self.lang) for field in ("name", "hotline"))
            return self.say("show.who", name=name, where=where)
        return self.say("show.who", name=self._yours(who), where=self.say("show.see-contacts"))

    def period(self, period: Period) -> str:
        """Return a length of time in words."""
        time: Period | Time = self.library.registries.times[period.time] if period.time else period
        return length(time, self.lang)

    def _contacts(self, who: str) -> tuple[Contact, ...]:
        """Return all contacts that a role or contact id may stand for, whatever the answers."""
        registry = self.library.registries.contacts
        fact = self.library.facts.get(who)
        named = [option.contact for option in fact.options.values() if option.contact] if fact else []
        found = tuple(dict.fromkeys(registry[id_] for id_ in named)) or resolve(who, {}, {}, registry)
        self._spoken.update(dict.fromkeys(found))
        return found

    def _value(self, name: str, field: str) -> str | None:
        if name == "time":
            time = self.library.registries.times.get(field)
            return length(time, self.lang) if time else None
        contacts = self._contacts(name)
        if len(contacts) == 1:
            return value(contacts[0], field, self.lang)
        return self._yours(name) if field == "name" else self.say("show.see-contacts")

    def _yours(self, role: str) -> str:
        known = next((text.of(self.lang) for each, text in ROLES.items() if each == role), role)
        return self.say("show.your", role=known)
