"""Being written: secrets out of free text."""


def redact(text: str) -> str:
    """Return the text."""
    return text
