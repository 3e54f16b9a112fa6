"""Words laid out in lines: wrapped as Chinese and English want it, hanging below their marks; no markup."""

import re
from collections.abc import Iterable

from rich.text import Text

from walletdoc.terminal import width, wrap
from walletdoc.text import visible

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = "bold underline"  # a question is bold as a whole
_LIST = "- "
_CRUMB = " > "
FRAMED = 32  # columns from which on a panel has a frame


def block(words: str, columns: int, style: str = "", mark: str = "", mark_style: str = "") -> list[Text]:
    """Return a pack's text in lines; it may hold paragraphs, `- ` lists and `**bold**`. All hangs below the mark."""
    found: list[Text] = []
    for paragraph in visible(words, lines=True).split("\n"):
        lead = _LIST if paragraph.startswith(_LIST) else ""
        first = f"{' ' * width(mark) if found else mark}{lead}"
        found += _hanging(_bold(paragraph.removeprefix(lead), style), columns, first, mark_style or style)
    return found


def _bold(words: str, style: str) -> Text:
    """Return the words with every second piece, which stood between asterisks, emphasised."""
    text = Text(style=style)
    for index, piece in enumerate(_BOLD.split(words)):
        text.append(piece, _EMPHASIS if index % 2 else None)
    return text


def _hanging(text: Text, columns: int, first: str, mark_style: str) -> list[Text]:
    found: list[Text] = []
    at = 0
    for line in wrap(text.plain, columns - width(first)):
        start = text.plain.index(line, at)
        at = start + len(line)
        mark = " " * width(first) if found else first
        found.append(Text.assemble((mark, mark_style), text[start:at]))
    return found


def labelled(label: str, words: str, columns: int, style: str = "", label_style: str = "bold") -> list[Text]:
    """Return a label and words after it, `Phone: 95188`; the words alone take the style."""
    first, _, rest = visible(words, lines=True).partition("\n")
    if first.startswith(_LIST):
        return [*block(label, columns, label_style), *block(words, columns, style)]
    text = Text.assemble((visible(label), label_style), _bold(first, style))
    return [*_hanging(text, columns, "", ""), *(block(rest, columns, style) if rest else ())]


def bar(words: str, columns: int, style: str) -> list[Text]:
    """Return words as a bar of one colour across the page."""
    return [Text(f" {line} ".ljust(columns - width(line) + len(line)), style) for line in wrap(words, columns - 2)]


def row(pieces: Iterable[Text], columns: int, between: str = "  ") -> list[Text]:
    """Return the pieces side by side, on as many lines as they need."""
    found: list[Text] = []
    for piece in pieces:
        if found and found[-1].cell_len + len(between) + piece.cell_len <= columns:
            found[-1].append(between).append_text(piece)
        else:
            found.append(Text().append_text(piece))
    return found


def trail(crumbs: tuple[str, ...], columns: int) -> str:
    """Return where somebody is on one line: the first crumb, and as many of the last as there is room for."""
    first, *rest = map(visible, crumbs)
    shorter = ((first, "…", *rest[left_out:]) for left_out in range(1, len(rest)))
    candidates = (_CRUMB.join(each) for each in ((first, *rest), *shorter, (first, "…")))
    return next((each for each in candidates if width(each) <= columns), first)


def panel(
    lines: Iterable[Text], columns: int, style: str, *, title: str = "", foot: str = "", drawn: bool
) -> list[Text]:
    """Return lines in a frame with a title and a foot in its rules, `drawn` with characters made for it or in ASCII.

    The lines must fit `inside(columns)`; a title or a foot that does not fit its rule goes inside.
    """
    most = inside(columns)
    above = block(title, most, "dim") if title and not _fits(title, columns) else []
    below = block(foot, most, "dim") if foot and not _fits(foot, columns) else []
    whole = [*above, *lines, *below]
    if most == columns:
        return whole
    left, across, right, side, last_left, last_right = "╭─╮│╰╯" if drawn else "+-+|++"
    return [
        _rule(left, across, right, "" if above else title, columns, style),
        *(
            Text.assemble((f"{side} ", style), each, " " * (most - each.cell_len), (f" {side}", style))
            for each in whole
        ),
        _rule(last_left, across, last_right, "" if below else foot, columns, style),
    ]


def inside(columns: int) -> int:
    """Return the columns of a panel's lines; a narrow page has no frame around them."""
    return columns - 4 if columns >= FRAMED else columns


def _fits(words: str, columns: int) -> bool:
    return columns >= FRAMED and "\n" not in words and width(words) <= columns - 6


def _rule(left: str, across: str, right: str, words: str, columns: int, style: str) -> Text:
    shown = f" {words} " if words else ""
    rest = across * (columns - 3 - width(shown))
    return Text.assemble((f"{left}{across}", style), shown, (f"{rest}{right}", style))
