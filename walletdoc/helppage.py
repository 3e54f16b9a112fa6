"""The help page of a command and of the whole, in both languages and laid out for wide characters.

Typer's own page says "Usage" in English whatever the language, and counts a Chinese character as one column.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from walletdoc.locales import say
from walletdoc.page import Line, labelled
from walletdoc.text import Lang

Parameter = Any  # typer's parameters have no public type; what is read of them are the names that `typer.Option` takes


def whole(commands: Iterable[str], lang: Lang) -> Iterator[Line]:
    """Yield the page of the whole program."""
    yield from _usage(lang, "walletdoc [" + say(lang, "help.words") + "]", "walletdoc " + say(lang, "help.command"))
    yield from (Line(), Line(say(lang, "help.walletdoc")))
    yield from _section(lang, "help.commands", ((name, summary(name, lang)) for name in commands))
    yield from _section(
        lang, "help.options", _global_options(lang, "--version", "--install-completion", "--show-completion")
    )


def of_command(name: str, parameters: Iterable[Parameter], lang: Lang) -> Iterator[Line]:
    """Yield the page of one command."""
    shown = [each for each in parameters if not each.hidden]
    arguments = [each for each in shown if each.param_type_name == "argument"]
    options = [each for each in shown if each.param_type_name == "option"]
    pieces = [f"[{say(lang, 'help.option')}]", *map(_in_usage, arguments)]
    yield from _usage(lang, " ".join(["walletdoc", name, *pieces]))
    yield from (Line(), Line(say(lang, f"help.{name}")))
    yield from _section(lang, "help.arguments", ((_metavar(each), _says(each, lang)) for each in arguments))
    own = ((", ".join([*each.opts, *each.secondary_opts]) + _value(each), _says(each, lang)) for each in options)
    yield from _section(lang, "help.options", (*own, *_global_options(lang)))


def summary(name: str, lang: Lang) -> str:
    """Return what a command does, in one line."""
    return say(lang, f"help.{name}").partition("\n")[0]


def _usage(lang: Lang, *ways: str) -> Iterator[Line]:
    yield Line(say(lang, "help.usage"), style="heading")
    yield from (Line(way, 1) for way in ways)


def _section(lang: Lang, title: str, rows: Iterable[tuple[str, str]]) -> Iterator[Line]:
    lines = labelled(rows)
    if lines:
        yield from (Line(), Line(say(lang, title), style="heading"), *lines)


def _global_options(lang: Lang, *more: str) -> tuple[tuple[str, str], ...]:
    values = {"--lang": " zh|en", "--flows": " " + say(lang, "help.folder")}
    names = ("--lang", "--flows", *more, "--help")
    return tuple((name + values.get(name, ""), say(lang, f"help.{name.removeprefix('--')}")) for name in names)


def _metavar(parameter: Parameter) -> str:
    """Return how an argument is written, without the brackets that say whether it may be left out."""
    return str(parameter.metavar or parameter.name.strip("_").upper()).strip("[]")


def _in_usage(argument: Parameter) -> str:
    written = _metavar(argument) + ("…" if argument.nargs == -1 else "")
    return written if argument.required else f"[{written}]"


def _value(option: Parameter) -> str:
    if option.is_flag:
        return ""
    choices = getattr(option.type, "choices", ())
    return " " + str(option.metavar or "|".join(map(str, choices)) or option.name.strip("_").upper())


def _says(parameter: Parameter, lang: Lang) -> str:
    """Return the help of a parameter, with whether it is required, or what it is if left out."""
    if parameter.required:
        return _joined(parameter.help, say(lang, "help.required"))
    if parameter.show_default and isinstance(parameter.default, str | int) and parameter.default is not False:
        return _joined(parameter.help, say(lang, "help.default", value=parameter.default))
    return str(parameter.help or "")


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
