"""What a question goes by in tests."""

from walletdoc.answers import Asked, from_key
from walletdoc.engine import Answer, Place
from walletdoc.flow import Step


def asked(place: Place) -> Asked:
    """Return where a place asks, and by that its names."""
    owner = place.owner
    return Asked(place.key, place.flow.flow, place.id, owner.step if isinstance(owner, Step) else None)


def answered(answer: Answer) -> str:
    """Return an answer as it is given in a test: `message=balance`."""
    key, given = answer
    return f"{from_key(key).name}={given}"
