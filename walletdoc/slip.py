"""What an author most likely did where a file can't be read: nearly always, left quotes out.

YAML ends an unquoted text at `, ` and at a closing bracket inside `{…}` or `[…]`, at ` #` and at `: ` anywhere, and
takes a text that starts with `{`, `[`, `*`, `&`, `!`, `@` or `%` for something else. Some of that is a syntax error
that speaks of something else, some is none at all. Everything here works on the text and on places in it (counted in
characters from 0), whichever parser found the error.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from unicodedata import name

from walletdoc.frozen import frozen
from walletdoc.text import brief, spelled

_COMMENT = re.compile(r"[ \t]+#")
_COLON = re.compile(r"\s*:")
_HEX = "[0-9A-Fa-f]"
_ESCAPE = re.compile(rf"\\(?:x(?P<x>{_HEX}{{2}})|u(?P<u>{_HEX}{{4}})|U(?P<U>{_HEX}{{8}})|(?P<name>.))", re.DOTALL)
_NAMED = dict(zip("0abt\tnvfreN_LP", "\0\a\b\t\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))
_WIDE_COLON = "："
_DIGITS = {"x": 2, "u": 4, "U": 8}
_FEATURES = {"directive": "%", "alias": "*", "anchor": "&", "tag": "!"}  # looked for in this order


@frozen
class Slip:
    """A finding: its rule, the key and values of its message, its place from `start` to `stop`, exclusive."""

    rule: str
    key: str
    start: int
    stop: int
    values: Mapping[str, object] = field(default_factory=dict)


@frozen
class Problem:
    """What a parser said of a source: its words and where it stood, what it was reading and since where.

    `unquoted` is the place of the last text without quotes before it.
    """

    source: str
    words: str
    at: int
    context: str
    since: int
    unquoted: tuple[int, int]


def feature(kind: str, start: int, stop: int) -> Slip:
    """Return the finding for an alias, an anchor, a tag or a directive."""
    return Slip("strict", f"yaml.{kind}", start, stop, {"mark": _FEATURES[kind]})


def unseen(char: str, start: int, stop: int) -> Slip:
    """Return the finding for a character that may not stand in a text."""
    if char == "\t":
        return Slip("hidden-character", "yaml.tab-in-text", start, stop)
    shown = f"{spelled(char)} {name(char, '')}".rstrip()
    return Slip("hidden-character", "yaml.hidden", start, stop, {"char": shown})


def place_of(char: str, source: str, start: int, stop: int, *, escapes: bool) -> tuple[int, int]:
    """Return where a character stands in a text: as an escape, where it may be one, or as itself."""
    for escape in _ESCAPE.finditer(source, start, stop) if escapes else ():
        if _unescaped(escape) == char:
            return escape.span()
    index = max(source.find(char, start, stop), start)
    return index, index + 1


def after_colon(source: str, key_stop: int) -> int | None:
    """Return where the colon after a key stops; None where it has none, like `然后` in `{zh: 好, 然后}`."""
    colon = _COLON.match(source, key_stop)
    return colon.end() if colon else None


def ends_in_comment(source: str, stop: int) -> bool:
    """Tell whether an unquoted text that ends here was ended by ` #`."""
    return _COMMENT.match(source, stop) is not None


def follows_unquoted(source: str, start: int) -> bool:
    """Tell whether what comes before a key in `{…}`, up to the comma, is an unquoted text."""
    return source[max(start - 80, 0) : start].rstrip(" \n,")[-1:] not in {'"', "'", "}", "]", ""}


def explain(problem: Problem) -> Slip:
    """Return the finding for a syntax error, as near to what the author can mend as the text allows."""
    for kind in _FEATURES:
        if kind in f"{problem.context} {problem.words}".lower():
            return feature(kind, problem.since, problem.since + 1)
    for words, reading in _READINGS:
        if words in problem.words:
            return reading(problem)
    if "block scalar" in problem.context:
        return _marked("yaml.start", problem, problem.since)
    return Slip("yaml", "yaml.syntax", problem.at, problem.at + 1, {"why": brief(problem.words, 120)})


def _unescaped(escape: re.Match[str]) -> str:
    digits = escape["x"] or escape["u"] or escape["U"]
    return chr(int(digits, 16)) if digits else _NAMED.get(escape["name"], escape["name"])


def _colon(problem: Problem) -> Slip:
    """Tell `a: b: c`, and what is wrong above where `zh：好` made the next line one text with it."""
    start, stop = problem.unquoted
    first, _, more = problem.source[start:stop].partition("\n")
    if more and stop == problem.at and _WIDE_COLON in first:
        return Slip("yaml", "yaml.wide-colon", start, start + len(first), {"text": brief(first)})
    return Slip("yaml", "yaml.colon", problem.at, problem.at + 1)


def _tight_colon(problem: Problem) -> Slip:
    return Slip("yaml", "yaml.tight-colon", problem.at, problem.at + 1)


def _directive(problem: Problem) -> Slip:
    return feature("directive", problem.at, problem.at + 1)


def _start(problem: Problem) -> Slip:
    tab = problem.source[problem.at : problem.at + 1] == "\t"
    return _tab(problem) if tab else _marked("yaml.start", problem, problem.at)


def _tab(problem: Problem) -> Slip:
    return Slip("yaml", "yaml.tab", problem.at, problem.at + 1)


def _dash(problem: Problem) -> Slip:
    return Slip("yaml", "yaml.dash", problem.at, problem.at + 1)


def _no_value(problem: Problem) -> Slip:
    return _marked("yaml.no-value", problem, problem.at)


def _no_colon(problem: Problem) -> Slip:
    return _line("yaml.no-colon", problem.source, problem.since)


def _unclosed_quote(problem: Problem) -> Slip:
    return _marked("yaml.unclosed-quote", problem, problem.since)


def _escape(problem: Problem) -> Slip:
    """Tell which escape there is none of; one parser stands before the backslash, the other after it."""
    return _marked("yaml.escape", problem, problem.at + (problem.source[problem.at : problem.at + 1] == "\\"))


def _digits(problem: Problem) -> Slip:
    start = problem.source.rfind("\\", 0, problem.at)
    mark = problem.source[start + 1 : start + 2]
    return Slip("yaml", "yaml.digits", start, problem.at, {"mark": mark, "count": _DIGITS.get(mark, 2)})


def _in_brackets(problem: Problem) -> Slip:
    source, (start, stop) = problem.source, problem.unquoted
    if problem.since < stop <= problem.at and ends_in_comment(source, stop):
        return Slip("yaml", "yaml.comment", start, stop, {"text": brief(source[start:stop])})
    if stop == problem.at and source[stop : stop + 1] in {"{", "[", "?"}:
        return _marked("yaml.bracket", problem, stop)
    return _after_closing(problem) or _marked("yaml.unclosed", problem, problem.since)


def _in_lines(problem: Problem) -> Slip:
    return _after_closing(problem) or _line("yaml.indent", problem.source, problem.at)


def _second(problem: Problem) -> Slip:
    return _after_closing(problem) or Slip("strict", "yaml.second", problem.at, problem.at + 1)


def _after_closing(problem: Problem) -> Slip | None:
    """Name a text that goes on where something closed: `"付款"页面`, `{wallet.name}页面`."""
    source, at = problem.source, problem.at
    if source[at : at + 1] in {"", "\n", "}", "]"}:
        return None
    mark = source[source.rfind("\n", 0, at) + 1 : at].rstrip(" ")[-1:]
    if mark in {'"', "'"}:
        return Slip("yaml", "yaml.after-quote", at, at + 1, {"mark": mark})
    if mark in {"}", "]"}:
        return Slip("yaml", "yaml.brace", at, at + 1, {"mark": "{" if mark == "}" else "["})
    return None


def _marked(key: str, problem: Problem, start: int) -> Slip:
    return Slip("yaml", key, start, start + 1, {"mark": brief(problem.source[start : start + 1])})


def _line(key: str, source: str, start: int) -> Slip:
    end = source.find("\n", start)
    stop = len(source) if end < 0 else end
    return Slip("yaml", key, start, max(stop, start + 1), {"text": brief(source[start:stop])})


# The words of libyaml and of the parser in Python, in the order in which they are looked for.
_READINGS: tuple[tuple[str, Callable[[Problem], Slip]], ...] = (
    ("values are not allowed", _colon),
    ("unexpected ':'", _tight_colon),
    ("cannot start any token", _start),
    ("expected ':'", _no_colon),
    ("end of stream", _unclosed_quote),
    ("document indicator", _unclosed_quote),
    ("document separator", _unclosed_quote),
    ("incompatible YAML", _directive),
    ("keys are not allowed", _start),
    ("hexdecimal", _digits),
    ("hexadecimal", _digits),
    ("escape", _escape),
    ("tab character", _tab),
    ("entries are not allowed", _dash),
    ("node content", _no_value),
    ("expected ','", _in_brackets),
    ("expected key", _in_lines),
    ("<block end>", _in_lines),
    ("'-' indicator", _in_lines),
    ("<document start>", _second),
)
