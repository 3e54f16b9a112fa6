"""Why a flow was found, in words for people."""

from walletdoc.find import Found
from walletdoc.locales import say
from walletdoc.text import Lang, brief


def because(found: Found, lang: Lang) -> str:
    """Return what of somebody's words speaks for a flow: the signs that call for it, else the words that matched."""
    key = "menu.signs" if found.signs else "menu.words"
    words = say(lang, "menu.and").join(brief(each) for each in found.signs[:1] or found.words)
    return say(lang, key, words=words)
