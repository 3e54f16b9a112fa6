"""The manual of a rule, read out of its module: what it says, and what it shows by its two examples."""

from inspect import cleandoc
from types import ModuleType

from walletdoc.frozen import frozen
from walletdoc.text import Lang, Text

BAD, GOOD = "Bad:", "Good:"


@frozen
class Manual:
    """What a rule finds and why that is bad, in both languages; and a bad and a good example, as they stand in a file."""

    says: Text
    bad: str
    good: str

    def summary(self, lang: Lang) -> str:
        """Return the first paragraph, which says what is found."""
        return paragraphs(self.says.of(lang))[0]


def manual(module: ModuleType) -> Manual:
    """Return the manual of a rule's module; raises ValueError where a part of it is missing."""
    english, bad, good = parts(module.__doc__ or "")
    chinese = cleandoc(getattr(module, "ZH", "")).strip()
    if not chinese:
        raise ValueError(f"{module.__name__} has no manual in Chinese: ZH")
    return Manual(Text(zh=chinese, en=english), bad, good)


def parts(docstring: str) -> tuple[str, str, str]:
    """Return what a docstring says, its bad and its good example; raises ValueError where one of the three is missing.

    An example is what is indented below the line `Bad:` or `Good:`; it ends where a line is indented no more.
    """
    found: dict[str, list[str]] = {"": [], BAD: [], GOOD: []}
    under = ""
    for line in cleandoc(docstring).split("\n"):
        if line.strip() in found and line.strip():
            under = line.strip()
        elif under and line.strip() and not line.startswith(" "):
            under = ""
            found[""].append(line)
        else:
            found[under].append(line)
    texts = {name: cleandoc("\n" + "\n".join(lines)).strip("\n") for name, lines in found.items()}
    missing = [name or "what it finds" for name, text in texts.items() if not text.strip()]
    if missing:
        raise ValueError(f"this manual lacks: {', '.join(missing)}")
    return texts[""].strip(), texts[BAD], texts[GOOD]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each as one line; lines of Chinese are joined without a blank."""
    return [_joined(each.split("\n")) for each in text.split("\n\n")]


def _joined(lines: list[str]) -> str:
    whole = ""
    for line in lines:
        narrow = whole[-1:].isascii() and line[:1].isascii()
        whole += f" {line}" if whole and narrow else line
    return whole
