"""What a user gave, as a message repeats it."""

from walletdoc.text import brief

_ENOUGH = 200  # characters; a secret that begins in what is shown ends within these


def quoted(text: str) -> str:
    """Return the text short, on one line, visible, and without the secrets that were typed by mistake."""
    from walletdoc.redact import redact  # its patterns cost start-up time, and only what went wrong is quoted

    return brief(redact(text[:_ENOUGH]))
