"""Reads the command line as far as all commands share it: the global options, which may stand anywhere before `--`."""

import shlex
from collections.abc import Collection, Mapping, Sequence

from walletdoc.failure import USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.text import brief

LANGUAGES = ("zh", "en")
_TAKING = ("--lang", "--flows")
_ALONE = ("--version", "--help")


@frozen
class CommandLine:
    """What was asked for: a command or None, the words that are left for it, and the global options."""

    command: str | None
    words: tuple[str, ...]
    lang: str | None = None
    flows: str | None = None
    version: bool = False
    help: bool = False


def parse(arguments: Sequence[str], commands: Collection[str]) -> CommandLine:
    """Return the command line; a first word that is a command wins, and all else is left as it is.

    Raises `Failure` (2) for a global option without its value, or a language that there is not.
    """
    before, after = _parted(arguments)
    given, words = _options(before)
    lang = given.get("--lang")
    if lang is not None and lang not in LANGUAGES:
        raise Failure(both("cli.no-language", given=brief(lang), known=", ".join(LANGUAGES)), USAGE)
    command = words.pop(0) if words and words[0] in commands else None
    return CommandLine(
        command, (*words, *after), lang, given.get("--flows"), version="--version" in given, help="--help" in given
    )


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the line before `--`, after which nothing is an option."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return list(arguments[:at]), list(arguments[at:])


def _options(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the global options, the last of each, and what is left."""
    given: dict[str, str] = {}
    left: list[str] = []
    coming = iter(words)
    for word in coming:
        name, equals, value = word.partition("=")
        if word in _ALONE:
            given[word] = ""
        elif name in _TAKING:
            given[name] = value if equals else _next(name, next(coming, ""))
        else:
            left.append(word)
    return given, left


def _next(name: str, value: str) -> str:
    if not value:
        raise Failure(both("cli.needs-value", option=name), USAGE)
    return value


def typed(environ: Mapping[str, str]) -> list[str]:
    """Return the words that the shell has so far when it asks what could be next; none where a quote is still open."""
    line, until = environ.get("COMP_WORDS"), environ.get("COMP_CWORD", "")
    try:
        words = shlex.split(environ.get("_TYPER_COMPLETE_ARGS", "") if line is None else line)
    except ValueError:
        return []
    return words[1 : int(until) if until.isdecimal() else None]
