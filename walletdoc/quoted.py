"""What a user gave, as a message repeats it."""

from walletdoc.redact import redact
from walletdoc.text import brief

_ENOUGH = 200  # characters; a secret that begins in what is shown ends within these


def quoted(text: str) -> str:
    """Return the text short, on one line, visible, and without the secrets that were typed by mistake."""
    return brief(redact(text[:_ENOUGH]))
