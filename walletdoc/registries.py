"""What stands beside the flows, as plain values."""

from collections.abc import Mapping

from walletdoc.contacts import Contact
from walletdoc.flow import Fact, Prepare, Time
from walletdoc.frozen import frozen
from walletdoc.text import Lines

ALL = ""  # in place of an id: every entry of a registry


@frozen
class Registries:
    """Facts, contacts, things to prepare and times, each by id; and what never to tell anyone."""

    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    prepare: Mapping[str, Prepare]
    never: Lines
    times: Mapping[str, Time]
