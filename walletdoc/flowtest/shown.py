"""Which contacts an end shows, by their ids."""

from collections.abc import Mapping

from walletdoc.contacts import resolve
from walletdoc.flow import End, Node
from walletdoc.library import Library


class Shown:
    """The contacts of a library, to be asked for those of an end."""

    def __init__(self, library: Library) -> None:
        """Take what the registries say."""
        self._registry = library.registries.contacts
        self._ids = {id(contact): id_ for id_, contact in self._registry.items()}
        self._named = {
            (id_, name): option.contact
            for id_, fact in library.facts.items()
            for name, option in fact.options.items()
            if option.contact is not None
        }

    def ids(self, node: Node, facts: Mapping[str, str]) -> tuple[str, ...]:
        """Return the ids of the contacts that a node shows to who has told these facts; only an end shows any."""
        if not isinstance(node, End):
            return ()
        found = (each for who in node.to for each in resolve(who, facts, self._named, self._registry))
        return tuple(dict.fromkeys(self._ids[id(each)] for each in found))
