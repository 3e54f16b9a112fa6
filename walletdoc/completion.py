"""Completion in the shell: `--install-completion`, `--show-completion`, and the answers to the shell's questions.

Typer has the scripts and the protocol. What it says while it installs is in English only, so that is said anew here.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from walletdoc.commandline import LANGUAGES
from walletdoc.context import current
from walletdoc.failure import USAGE, Failure
from walletdoc.helppage import summary
from walletdoc.locales import both, say
from walletdoc.privatefile import cannot_write
from walletdoc.streams import write
from walletdoc.text import visible

PROGRAM = "walletdoc"
Function = Callable[..., None]
_lang = current().lang


def _languages(incomplete: str) -> list[str]:
    return [each for each in LANGUAGES if each.startswith(incomplete)]


LangOption = Annotated[str | None, typer.Option("--lang", help=say(_lang, "help.lang"), autocompletion=_languages)]
FlowsOption = Annotated[Path | None, typer.Option("--flows", help=say(_lang, "help.flows"))]
VersionOption = Annotated[bool, typer.Option("--version", help=say(_lang, "help.version"))]


def complete(commands: Iterable[str], loaded: Mapping[str, Function]) -> int:
    """Print what could stand next, as the shell's environment asks, and return the exit code.

    Of the commands only the one on the line need be loaded.
    """
    return _ask(_app(commands, loaded), [])


def set_up(option: str) -> None:
    """Install the completion for the shell that this was called from, or print its script.

    Raises `Failure`, with 2 where the shell is none that typer knows, with 74 where its files can't be written.
    """
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(io.StringIO()):
            code = _ask(_app((), {}), [option])
    except OSError as error:
        raise cannot_write(Path(error.filename or "~"), error) from error
    if code:
        raise Failure(both("cli.no-shell"), USAGE)
    if option == "--install-completion":
        path = said.getvalue().partition("\n")[0].rpartition(" installed in ")[2]
        write(say(_lang, "cli.completion-installed", file=visible(path)))
    else:
        write(said.getvalue().rstrip("\n"))


def _app(commands: Iterable[str], loaded: Mapping[str, Function]) -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_options)
    for name in commands:
        app.command(name, help=summary(name, _lang))(loaded.get(name, _not_loaded))
    return app


def _options(lang: LangOption = None, flows: FlowsOption = None, version: VersionOption = False) -> None:  # noqa: FBT002 - a flag of the command line
    """Take the global options; only ever asked what they are."""


def _not_loaded() -> None:
    """Stand for a command that is not on the line."""


def _ask(app: typer.Typer, arguments: list[str]) -> int:
    try:
        get_command(app).main(arguments, PROGRAM)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    return 0
