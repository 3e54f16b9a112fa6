"""The groups of flows: the folders of our pack in the order in which they are listed, and their titles."""

from walletdoc.locales import say
from walletdoc.text import Lang

GROUPS = ("security", "payment", "refund", "transfer", "account", "card", "help")


def place(group: str) -> int:
    """Return where a group stands among all: the folders of other packs come last."""
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


def title(group: str, lang: Lang) -> str:
    """Return the title of a group; of a folder that is not one of ours its name."""
    return say(lang, f"list.{group}") if group in GROUPS else group or say(lang, "list.no-group")
