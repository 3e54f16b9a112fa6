"""What stands beside the flows, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

from walletdoc.contacts import Contact
from walletdoc.flow import Fact, Prepare, Time
from walletdoc.text import Lines

ALL = ""  # in place of an id: every entry of a registry


@dataclass(frozen=True, slots=True)
class Registries:
    """Facts, contacts, things to prepare and times, each by id; and what never to tell anyone."""

    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    prepare: Mapping[str, Prepare]
    never: Lines
    times: Mapping[str, Time]
