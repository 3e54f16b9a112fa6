"""Messages of the interface, the same keys in every language; a test holds them equal."""

from importlib import import_module

from walletdoc.text import Lang, Text


def say(lang: Lang, key: str, /, **values: object) -> str:
    """Return the message in one language with its placeholders filled; raises KeyError for an unknown key."""
    messages: dict[str, str] = import_module(f"walletdoc.locales.{lang}").MESSAGES
    message = messages[key]
    return message.format_map(values) if values else message


def both(key: str, /, **values: object) -> Text:
    """Return the message in both languages."""
    return Text(zh=say("zh", key, **values), en=say("en", key, **values))
