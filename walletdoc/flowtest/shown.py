"""What people are shown where a session stands: which contacts, and whether a text lacks something."""

from collections.abc import Mapping

from walletdoc.contacts import resolve
from walletdoc.engine import Session
from walletdoc.flow import End, Node
from walletdoc.flowtest.told import filled_in
from walletdoc.library import Library
from walletdoc.text import Lang, Text
from walletdoc.wording import Wording

LANGS: tuple[Lang, ...] = ("zh", "en")
_NOTHING = "…"  # stands where a placeholder has nothing to say


class Shown:
    """What a library has to show; worked out once for all tests and mutants of its flows."""

    def __init__(self, library: Library) -> None:
        """Take what the registries say."""
        self.library = library
        self._registry = library.registries.contacts
        self._ids = {id(contact): id_ for id_, contact in self._registry.items()}
        self._by_fact = {
            (id_, name): option.contact
            for id_, fact in library.facts.items()
            for name, option in fact.options.items()
            if option.contact is not None
        }
        self._lacking: dict[tuple[object, ...], str | None] = {}

    def ids(self, node: Node, facts: Mapping[str, str]) -> tuple[str, ...]:
        """Return the ids of the contacts that a node shows to who has told these facts; only an end shows any."""
        if not isinstance(node, End):
            return ()
        found = (each for who in node.to for each in resolve(who, facts, self._by_fact, self._registry))
        return tuple(dict.fromkeys(self._ids[id(each)] for each in found))

    def lacking(self, session: Session) -> Text | None:
        """Return that what is shown where a session stands has a placeholder for which there is nothing to put."""
        node = session.place.node
        named = filled_in(node, session.tables.pack)
        if not named:
            return None
        key = (named, tuple(session.facts.get(name) for name, _ in named))
        if key not in self._lacking:
            words = [Wording(self.library, session, lang) for lang in LANGS]
            written = [f"{{{name}.{field}}}" for name, field in named]
            empty = (each for each in written if any(word.text(Text(each, each)) == _NOTHING for word in words))
            self._lacking[key] = next(empty, None)
        blank, id_ = self._lacking[key], session.place.id
        if blank is None:
            return None
        return Text(zh=f"{id_}：{blank} 在这里没有内容", en=f"{id_}: there is nothing to say for {blank} here")
