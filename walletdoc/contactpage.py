"""A contact as a list of them shows it: all that an end says of it, and the source that vouches for it."""

from collections.abc import Iterator
from datetime import date

from walletdoc import endwords
from walletdoc.contacts import Contact
from walletdoc.ending import line
from walletdoc.locales import say
from walletdoc.page import Line
from walletdoc.text import Lang


def contact_lines(contact: Contact, lang: Lang, today: date) -> Iterator[Line]:
    """Yield a contact's name, and below it what there is to say of it on that day."""
    shown = line(contact, lang, today)
    yield Line(shown.name, 1, "heading")
    rows = endwords.contact(shown, lang).rows
    for row in rows:
        text = f"{row.label}{say(lang, 'face.colon')}{row.text}" if row.label else row.text
        yield Line(text, 2, "doubt" if shown.stale and row is rows[-1] else "plain")
    key = "contacts.source-dated" if contact.source_date else "contacts.source"
    yield Line(say(lang, key, source=contact.source, date=contact.source_date, tier=contact.tier), 2)
