"""Typer's usage errors as failures of ours, in both languages.

Typer keeps the classes of most of them to itself, so they are told apart by name and read through their fields.
"""

import re

import typer

from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.text import Text, brief

UsageError: type[BaseException] = typer.BadParameter.__mro__[1]
"""The base of all that typer says about a command line."""


def failure(error: BaseException, command: str | None) -> Failure:
    """Return the failure (2) that a usage error of a command, or of none, is."""
    written = f"walletdoc {command}" if command else "walletdoc"
    return Failure(_message(error), USAGE, both("cli.see-help", command=written))


def _message(error: BaseException) -> Text:
    match type(error).__name__:
        case "NoSuchOption":
            return _no_such_option(error)
        case "MissingParameter":
            kind = "option" if _parameter(error, "param_type_name") == "option" else "argument"
            return both(f"cli.missing-{kind}", name=_name(error))
        case "BadOptionUsage":
            known = "cli.takes-no-value" if "not take" in str(error) else "cli.needs-value"
            return both(known, option=brief(str(getattr(error, "option_name", ""))))
        case "BadParameter":
            return _bad_value(error)
        case _:
            return _general(error)


def _no_such_option(error: BaseException) -> Text:
    option = brief(str(getattr(error, "option_name", "")))
    close = sorted(getattr(error, "possibilities", None) or ())
    if close:
        return both("cli.no-option-but", option=option, close=close[0])
    return both("cli.no-option", option=option)


def _bad_value(error: BaseException) -> Text:
    """Say what would have been right; for a type of which we know nothing, what typer says."""
    choices = getattr(_parameter(error, "type"), "choices", None)
    if choices:
        return both("cli.not-a-choice", name=_name(error), choices=", ".join(map(str, choices)))
    known = re.search(r"is not (?:a valid int|in the range (.*)\.)", str(error))
    if known and known[1]:
        return both("cli.not-in-range", name=_name(error), range=known[1])
    if known:
        return both("cli.not-a-number", name=_name(error))
    return both("cli.bad-value", name=_name(error), why=brief(str(error), 200))


def _general(error: BaseException) -> Text:
    extra = re.search(r"unexpected extra argument[^ ]* \((.*)\)$", str(error), re.DOTALL)
    if extra:
        return both("cli.extra", words=brief(extra[1]))
    return Text(zh=say("zh", "cli.usage", why=brief(str(error), 200)), en=brief(str(error), 200))


def _name(error: BaseException) -> str:
    """Return how the parameter is written: an option's longest name, an argument's word in the usage."""
    options = _parameter(error, "opts")
    if _parameter(error, "param_type_name") == "option" and isinstance(options, list):
        return max(map(str, options), key=len)
    return str(_parameter(error, "metavar") or _parameter(error, "name") or "").strip("[]_").upper()


def _parameter(error: BaseException, field: str) -> object:
    return getattr(getattr(error, "param", None), field, None)
