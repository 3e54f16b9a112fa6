"""The command line: one line a command, imported when it is asked for; and the one place where failures are said.

A command is a module in `commands/` with a function `command`, whose parameters typer reads; the message `help.<name>`
says what it does. Since its help is in a language, the `Context` is entered before the module is imported.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from walletdoc import __version__
from walletdoc.commandline import CommandLine, parse, typed
from walletdoc.failure import BAD_DATA, CANNOT_WRITE, Failure
from walletdoc.signals import Interrupted
from walletdoc.streams import can_show, complain, finish, prepare, write
from walletdoc.text import Lang

COMMANDS = {
    "run": "walletdoc.commands.run",
    "list": "walletdoc.commands.list",
    "find": "walletdoc.commands.find",
    "show": "walletdoc.commands.show",
    "graph": "walletdoc.commands.graph",
    "contacts": "walletdoc.commands.contacts",
    "sessions": "walletdoc.commands.sessions",
    "resume": "walletdoc.commands.resume",
    "case": "walletdoc.commands.case",
    "open": "walletdoc.commands.open",
    "practice": "walletdoc.commands.practice",
    "check": "walletdoc.commands.check",
    "explain": "walletdoc.commands.explain",
    "test": "walletdoc.commands.test",
    "new": "walletdoc.commands.new",
    "schema": "walletdoc.commands.schema",
    "config": "walletdoc.commands.config",
}
FREE_TEXT = "walletdoc.commands.menu"
COMPLETION = (("--install-completion",), ("--show-completion",))
INTERRUPTED = 130  # 128 and SIGINT
BROKEN = 70  # EX_SOFTWARE of sysexits.h: a mistake of ours


def main() -> int:
    """Run the command line and return the exit code; whatever goes wrong is said here, and never as a traceback."""
    gc.disable()  # there is no garbage among modules that load; looking for it takes a twentieth of the start-up time
    try:
        prepare()
        code = _run(sys.argv[1:])
    except Interrupted as interrupted:
        code = interrupted.code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place where it can be said
        code = _say(error)
    lost = finish()
    return code or (_say(lost) if lost else 0)


def _run(arguments: Sequence[str]) -> int:
    """Do what the command line asks for, and return the exit code; raises whatever goes wrong."""
    if "_WALLETDOC_COMPLETE" in os.environ:  # the shell asks what could stand next
        return _complete()
    line = parse(arguments, COMMANDS)
    if line.version:
        write(f"walletdoc {__version__}")
        return 0
    lang = _enter(line)
    if line.command is None and line.words in COMPLETION:
        from walletdoc.completion import set_up

        set_up(*line.words)
        return 0
    if line.command is None and line.help:
        from walletdoc.helppage import whole
        from walletdoc.page import show

        show(whole(COMMANDS, lang))
        return 0
    return _call(line, lang)


def _enter(line: CommandLine) -> Lang:
    """Enter the context of this call and return its language: English where standard output can't show what is set."""
    from walletdoc.config import language, read
    from walletdoc.context import Context, enter
    from walletdoc.folders import state_folder

    settings: dict[str, str] = {}
    with suppress(Failure):  # no home, so nothing is set
        settings = read(state_folder(os.environ))
    lang = language(line.lang, os.environ, settings)
    if line.lang is None and not can_show("钱", sys.stdout):
        lang = "en"
    enter(Context(lang, Path(line.flows) if line.flows else None, settings))
    return lang


def _function(module: str) -> Callable[..., None]:
    """Return the function of a command; imports its module."""
    function: Callable[..., None] = import_module(module).command
    return function


def _call(line: CommandLine, lang: Lang) -> int:
    """Call the command that was asked for, or show its help."""
    import typer
    from typer.main import get_command

    from walletdoc.usage import UsageError, failure

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(_function(COMMANDS[line.command] if line.command else FREE_TEXT))
    command = get_command(app)
    if line.command and line.help:
        from walletdoc.helppage import of_command
        from walletdoc.page import show

        show(of_command(line.command, command.params, lang))
        return 0
    gc.enable()
    try:
        with command.make_context(line.command, list(line.words)) as context:
            command.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    except UsageError as error:
        raise failure(error, line.command) from None
    return 0


def _complete() -> int:
    """Answer the shell, which takes silence for "nothing" and shows whatever else is said in the middle of a line."""
    try:
        line = parse(typed(os.environ), COMMANDS)
    except Failure:
        line = CommandLine(None, ())
    _enter(line)
    from walletdoc.completion import complete

    return complete(COMMANDS, {line.command: _function(COMMANDS[line.command])} if line.command else {})


def _say(error: Exception | KeyboardInterrupt) -> int:
    """Say what went wrong, and return the exit code for it; if even that goes wrong, its name has to do."""
    try:
        return INTERRUPTED if isinstance(error, KeyboardInterrupt) else _said(error)
    except Exception:  # noqa: BLE001 - as in main
        complain(f"walletdoc: {type(error).__name__}")
        return BROKEN


def _said(error: Exception) -> int:
    import traceback

    from walletdoc import complaint
    from walletdoc.diagnostic import Faulty

    lang = _language()
    match error:
        case Failure():
            complain(*complaint.of_failure(error, lang))
            return error.code
        case Faulty():
            complain(*complaint.of_faulty(error, lang))
            return BAD_DATA
        case BrokenPipeError():  # whoever read has enough; there is nobody to tell
            return CANNOT_WRITE
        case OSError(filename=None):  # all others name a file: this is standard output
            complain(*complaint.of_output(error, lang))
            return CANNOT_WRITE
        case _:
            complain(*complaint.of_unexpected(error, lang))
            if os.environ.get("WALLETDOC_DEBUG"):
                complain(*traceback.format_exception(error))
            return BROKEN


def _language() -> Lang:
    """Return the language of this call, also where it failed before that was known."""
    from walletdoc.config import language
    from walletdoc.context import current

    try:
        return current().lang
    except IndexError:
        return language(None, os.environ, {})
