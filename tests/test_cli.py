"""The command line: what is asked for is found, and whatever goes wrong is one line in the user's language."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.packs import flow, write
from tests.program import ROOT, Done
from tests.terminal import Terminal
from walletdoc import __version__
from walletdoc.cli import COMMANDS
from walletdoc.commandline import CommandLine, parse, typed
from walletdoc.failure import Failure
from walletdoc.locales import say
from walletdoc.signals import Interrupted
from walletdoc.terminal import width

LANGUAGES = ("zh", "en")
HEAVY = {"pydantic", "questionary", "prompt_toolkit", "yaml", "rich"}
PLAIN_FLOW = """
    first:
      ask: {zh: "好了吗？", en: "Is it fine?"}
      usual: no
      options:
        yes: {say: {zh: "好了", en: "Yes"}, go: told}
        no: {say: {zh: "没好", en: "No"}, go: call}
    told: {end: info, say: {zh: "那就好。", en: "Good."}}
    call: {end: hand-off, to: [bank], causes: [one], say: {zh: "请联系银行。", en: "Contact the bank."}}
"""


@pytest.fixture
def broken(program, monkeypatch):
    """Run with a command that raises something."""

    def run(error: BaseException, **env: str) -> Done:
        def command() -> None:
            raise error

        monkeypatch.setitem(sys.modules, "broken_command", SimpleNamespace(command=command))
        monkeypatch.setitem(COMMANDS, "broken", "broken_command")
        return program.call("broken", env=env)

    return run


# --- the line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([], CommandLine(None, ())),
        (["run", "pay"], CommandLine("run", ("pay",))),
        (["--lang", "en", "run", "pay"], CommandLine("run", ("pay",), "en")),
        (["run", "--lang=zh", "pay", "--json"], CommandLine("run", ("pay", "--json"), "zh")),
        (["run", "pay", "--flows", "mine", "--lang", "zh"], CommandLine("run", ("pay",), "zh", "mine")),
        (["--lang", "zh", "run", "--lang", "en"], CommandLine("run", (), "en")),
        (["付款", "失败"], CommandLine(None, ("付款", "失败"))),
        (["my", "list"], CommandLine(None, ("my", "list"))),
        (["lits"], CommandLine(None, ("lits",))),
        (["--", "list"], CommandLine(None, ("--", "list"))),
        (["list", "--", "--help", "--lang"], CommandLine("list", ("--", "--help", "--lang"))),
        (["list", "--help"], CommandLine("list", (), help=True)),
        (["--help", "list"], CommandLine("list", (), help=True)),
        (["--version"], CommandLine(None, (), version=True)),
    ],
)
def test_a_line_is_read(line, expected):
    assert parse(line, COMMANDS) == expected


@pytest.mark.parametrize("line", [["--lang"], ["list", "--flows"], ["--lang="], ["--lang", "fr"], ["--lang", "ZH"]])
def test_a_global_option_without_a_good_value_is_refused(line):
    with pytest.raises(Failure) as raised:
        parse(line, COMMANDS)
    assert raised.value.code == 2


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"COMP_WORDS": "walletdoc show pay", "COMP_CWORD": "2"}, ["show"]),
        ({"COMP_WORDS": "walletdoc show ", "COMP_CWORD": "2"}, ["show"]),
        ({"COMP_WORDS": "walletdoc 'sh", "COMP_CWORD": "1"}, []),
        ({"COMP_WORDS": "walletdoc show", "COMP_CWORD": "x"}, ["show"]),
        ({"_TYPER_COMPLETE_ARGS": "walletdoc --lang zh sh"}, ["--lang", "zh", "sh"]),
        ({}, []),
    ],
)
def test_what_the_shell_has_so_far_is_read(environ, words):
    assert typed(environ) == words


def test_every_command_is_in_the_table():
    files = {path.stem for path in (ROOT / "walletdoc" / "commands").glob("*.py")} - {"__init__", "arguments", "menu"}
    assert files == {module.rpartition(".")[2] for module in COMMANDS.values()}


# --- version and help


def test_the_version_needs_nothing(program):
    code = (
        "import sys; from walletdoc.cli import main; code = main(); "
        "print(*sorted(name.partition('.')[0] for name in sys.modules), file=sys.stderr); sys.exit(code)"
    )
    done = program.python("-c", code, "--version")
    assert (done.code, done.out) == (0, f"walletdoc {__version__}\n")
    assert not {*HEAVY, "typer"} & set(done.err.split())


def test_a_scripted_run_reads_from_the_cache_alone(program):
    pack = write(program.home / "pack", {"test/plain.yaml": flow("plain", PLAIN_FLOW)})
    code = (
        "import sys; from walletdoc.cli import main; code = main(); "
        "print(*sorted(name.partition('.')[0] for name in sys.modules), file=sys.stderr); sys.exit(code)"
    )
    arguments = ("-c", code, "run", "plain", "--flows", str(pack), "--answer", "first=no")
    assert "pydantic" in program.python(*arguments).err.split()
    done = program.python(*arguments)
    assert done.code == 0
    assert not HEAVY & set(done.err.split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", [40, 80])
def test_the_help_names_every_command_and_fits(program, lang, columns):
    done = program.call("--help", "--lang", lang, env={"COLUMNS": str(columns)})
    assert (done.code, done.err) == (0, "")
    for name in COMMANDS:
        assert f"  {name} " in done.out
    assert max(map(width, done.out.splitlines())) <= columns


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_is_in_one_language(program, name, lang):
    done = program.call(name, "--help", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert say(lang, f"help.{name}").splitlines()[0] in done.out
    for word in ("Usage", "Options", "Arguments", "required", "default", "Show this"):
        assert lang == "en" or word not in done.out


@pytest.mark.parametrize(
    ("lang", "required", "default"), [("zh", "（必填）", "（默认：flow）"), ("en", "(required)", "(default: flow)")]
)
def test_the_help_says_what_may_be_left_out(program, lang, required, default):
    assert required in program.call("show", "--help", "--lang", lang).out
    out = program.call("schema", "--help", "--lang", lang).out
    assert default in out
    assert required not in out


def test_help_and_usage_errors_come_from_a_process_too(program):
    done = program.run("show", "--help", env={"WALLETDOC_LANG": "zh"})
    assert done.code == 0
    assert done.out.startswith("用法\n  walletdoc show [选项] FLOW\n")
    done = program.run("show", env={"WALLETDOC_LANG": "zh"})
    assert (done.code, done.out) == (2, "")
    assert done.err == "walletdoc: 缺少参数 FLOW\n用法见 walletdoc show --help\n"


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("show", "缺少参数 FLOW", "FLOW is missing"),
        ("list --jso", "没有“--jso”这个选项；是不是“--json”？", "there is no option '--jso'; did you mean '--json'?"),
        ("list -x", "没有“-x”这个选项", "there is no option '-x'"),
        ("list --json=1", "选项“--json”后面不带值", "option '--json' takes no value"),
        ("show a b c", "多出来的词：b c", "more words than expected: b c"),
        ("run a --answer", "选项“--answer”后面要有一个值", "option '--answer' needs a value"),
        ("--wrong", "没有“--wrong”这个选项", "there is no option '--wrong'"),
        ("list --lang", "选项“--lang”后面要有一个值", "option '--lang' needs a value"),
        ("show nowhere", "没有“nowhere”这个流程", "there is no flow 'nowhere'"),
        ("list --flows /nowhere", "没有“/nowhere”这个文件夹", "there is no folder '/nowhere'"),
    ],
)
def test_wrong_usage_is_said_in_the_language(program, line, zh, en):
    for lang, message in (("zh", zh), ("en", en)):
        done = program.call(*line.split(), env={"WALLETDOC_LANG": lang})
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[0] == f"walletdoc: {message}"


# --- what goes wrong


@pytest.mark.parametrize(("lang", "says"), [("zh", "程序内部出错"), ("en", "something inside went wrong")])
def test_a_mistake_of_ours_is_one_line_and_how_to_report_it(broken, lang, says):
    done = broken(ValueError("\x1b[31m\u202e bad"), WALLETDOC_LANG=lang)
    assert (done.code, done.out) == (70, "")
    first, second = done.err.splitlines()
    assert says in first
    assert "ValueError: <U+001B>[31m<U+202E> bad" in first
    assert "WALLETDOC_DEBUG=1" in second


def test_the_details_of_a_mistake_are_there_for_who_asks(broken):
    done = broken(ValueError("bad"), WALLETDOC_DEBUG="1")
    assert done.code == 70
    assert "Traceback" in done.err


def test_a_mistake_while_another_is_said_is_still_one_line(broken, monkeypatch):
    monkeypatch.setattr("walletdoc.complaint.of_unexpected", None)
    done = broken(ValueError("bad"))
    assert (done.code, done.err) == (70, "walletdoc: ValueError\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (Interrupted(signal.SIGTERM), 143),
        (OSError(2, "No such file", "x"), 70),
        (RecursionError(), 70),
        (MemoryError(), 70),
        (EOFError(), 70),
    ],
)
def test_whatever_is_raised_ends_in_a_code(broken, error, code):
    done = broken(error)
    assert done.code == code
    assert len(done.err.splitlines()) == (2 if code == 70 else 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bad_flow_is_shown_with_line_and_caret(program, lang):
    path = program.home / "bad.yaml"
    path.write_text("flow: bad\nformat: 2\n", encoding="utf-8")
    done = program.run("show", str(path), "--lang", lang)
    assert (done.code, done.out) == (65, "")
    lines = done.err.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{path}:2:9: error: "))
    assert lines[at].endswith("[schema]")
    assert lines[at + 1 : at + 3] == ["    2 | format: 2", "                ^"]


def test_of_many_mistakes_the_first_are_shown(program):
    path = program.home / "bad.yaml"
    path.write_text("flow: bad\n" + "".join(f"key-{at}: x\n" for at in range(25)), encoding="utf-8")
    done = program.call("show", str(path), env={"WALLETDOC_LANG": "en"})
    assert done.code == 65
    assert done.err.count(": error: ") == 20
    assert done.err.splitlines()[-1].startswith("… and ")


def test_a_hostile_path_is_made_visible(program):
    path = program.home / "\x1b[31m\u202e.yaml"
    path.write_text("flow: [\n", encoding="utf-8")
    done = program.run("show", str(path))
    assert done.code == 65
    assert "<U+001B>[31m<U+202E>.yaml:" in done.err
    assert "\x1b" not in done.err


def test_words_that_are_no_text_are_no_trouble(program):
    word = os.fsdecode(b"\xff\xfe\x1b[2J")
    assert program.run("show", word).err == "walletdoc: there is no flow '<U+DCFF><U+DCFE><U+001B>[2J'\n"
    for command in ("run", "show", "open", "case", "schema", "config", "contacts"):
        done = program.call(command, word)
        assert done.code in {0, 2, 65}
        assert "\x1b" not in done.out + done.err


def test_a_secret_that_was_typed_is_not_said_again(program):
    done = program.call("show", "6222021234567894")
    assert done.code == 2
    assert "6222021234567894" not in done.err


# --- streams


def test_a_reader_that_has_enough_is_no_mistake(program):
    command = [sys.executable, "-m", "walletdoc", "contacts"]
    with subprocess.Popen(command, env=program.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 74


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("line", ["--version", "list --json", "show pay-failed"])
def test_a_full_disk_is_said_in_one_line(program, line):
    with Path("/dev/full").open("wb") as full:
        done = program.run(*line.split(), stdout=full)
    assert (done.code, done.err) == (74, "walletdoc: cannot read or write 'stdout': no space left on the disk\n")


@pytest.mark.parametrize(
    ("closed", "line", "code"),
    [
        ("1", "list", 74),
        ("1", "show nowhere", 2),
        ("2", "list", 0),
        ("2", "show nowhere", 2),
        ("0", "list", 0),
        ("0 1 2", "list", 74),
    ],
)
def test_closed_streams_end_in_a_code(program, closed, line, code):
    gaps = " ".join(f"{number}>&-" if number != "0" else "0<&-" for number in closed.split())
    shell = f'exec "{sys.executable}" -m walletdoc {line} {gaps}'
    done = subprocess.run(["sh", "-c", shell], env=program.env, capture_output=True, check=False, timeout=60)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1 + (line == "show nowhere")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_nowhere_to_complain_keeps_the_code(program):
    with Path("/dev/full").open("wb") as full:
        assert program.run("show", "nowhere", stderr=full).code == 2
        assert program.run("list", stdout=full, stderr=full).code == 74


@pytest.mark.parametrize("encoding", ["cp936", "ascii", "latin-1"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_survive_every_encoding(program, encoding, lang):
    env = {"PYTHONIOENCODING": encoding}
    done = program.run("contacts", "--lang", lang, env=env)
    assert (done.code, done.err) == (0, "")
    for number in ("95188", "110", "96110", "12315"):
        assert number in done.out


@pytest.mark.parametrize("encoding", ["cp936", "ascii"])
def test_warnings_can_be_read_in_every_encoding(program, encoding):
    env = {"PYTHONIOENCODING": encoding, "WALLETDOC_LANG": "zh"}
    done = program.run("contacts", "96110", env=env)
    assert done.code == 0
    assert say("zh" if encoding == "cp936" else "en", "contacts.proves-nothing") in done.out
    assert program.run("show", "没有", env=env).code == 2


def test_json_survives_every_encoding(program):
    done = program.run("list", "--json", "--lang", "zh", env={"PYTHONIOENCODING": "ascii"})
    assert done.out.isascii()
    assert "\\u" in done.out


@pytest.mark.parametrize("columns", ["0", "1", "20", "10000", "-5", "x"])
def test_any_width_will_do(program, columns):
    env = {"COLUMNS": columns, "WALLETDOC_LANG": "zh"}
    for line in ("list", "contacts 95188", "show account-stolen", "--help", "config"):
        done = program.call(*line.split(), env=env)
        assert (done.code, done.err) == (0, "")
    assert "".join(program.call("contacts", "95188", env=env).out.split()).count("95188") >= 2


@pytest.mark.parametrize(
    ("env", "colour"),
    [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_take_it(program, env, colour):
    with Terminal("-m", "walletdoc", "list", env=program.env | {"WALLETDOC_LANG": "zh"} | env) as terminal:
        assert terminal.finish() == 0
        assert "【紧急】账户被盗" in terminal.everything
        assert (b"\x1b[" in terminal.raw) == colour


def test_a_pipe_gets_plain_text(program):
    done = program.run("list", env={"TERM": "xterm-256color"})
    assert "\x1b" not in done.out


def test_an_interrupt_is_quiet(program):
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT); input()"
    (program.home / "boom.py").write_text(f"def command() -> None:\n    {code}\n", encoding="utf-8")
    start = "import sys; from walletdoc import cli; cli.COMMANDS['boom'] = 'boom'; sys.exit(cli.main())"
    done = program.python("-c", start, "boom", env={"PYTHONPATH": f"{ROOT}{os.pathsep}{program.home}"})
    assert (done.code, done.err) == (128 + signal.SIGINT, "")


# --- language


@pytest.mark.parametrize(
    ("env", "arguments", "lang"),
    [
        ({}, (), "en"),
        ({"LC_ALL": "zh_CN.UTF-8"}, (), "zh"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, (), "zh"),
        ({"LC_ALL": "zh_CN", "WALLETDOC_LANG": "en"}, (), "en"),
        ({"WALLETDOC_LANG": "zh"}, ("--lang", "en"), "en"),
        ({"WALLETDOC_LANG": "en"}, ("--lang", "zh"), "zh"),
        ({"WALLETDOC_LANG": "fr"}, (), "en"),
    ],
)
def test_the_language_is_the_nearest_said(program, env, arguments, lang):
    assert say(lang, "list.how") in program.call("list", *arguments, env=env).out


def test_a_stream_that_has_no_chinese_gets_english_unless_chinese_was_asked_for(program):
    env = {"PYTHONIOENCODING": "ascii", "WALLETDOC_LANG": "zh"}
    assert say("en", "list.how") in program.run("list", env=env).out
    assert "??" in program.run("list", "--lang", "zh", env=env).out


# --- completion


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("walletdoc s", 1, {"show", "sessions", "schema"}),
        ("walletdoc show pay", 2, {"pay-failed"}),
        ("walletdoc --lang zh run pay", 4, {"pay-failed"}),
        ("walletdoc show --lang zh pay", 4, {"pay-failed"}),
        ("walletdoc list --j", 2, {"--json"}),
        ("walletdoc --la", 1, {"--lang"}),
        ("walletdoc --lang ", 2, {"zh", "en"}),
        ("walletdoc schema st", 2, {"step"}),
        ("walletdoc config wa", 2, {"wallet"}),
        ("walletdoc --flows /nowhere show p", 4, set()),
        ("walletdoc 'x", 1, set()),
    ],
)
def test_the_shell_is_told_what_could_be_next(program, words, at, expected):
    env = {"_WALLETDOC_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    done = program.call(env=env)
    assert (done.code, done.err) == (0, "")
    assert set(done.out.split()) == expected


def test_the_flows_of_another_pack_are_completed(program):
    pack = write(program.home / "pack", {"test/other.yaml": flow("other", PLAIN_FLOW)})
    words = f"walletdoc --flows {pack} show oth"
    env = {"_WALLETDOC_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    assert program.run(env=env).out == "other\n"


def test_the_shell_s_script_asks_the_program(program):
    """The script is run by a real bash, which asks a real walletdoc."""
    (program.home / "bin").mkdir()
    script = program.home / "bin" / "walletdoc"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m walletdoc "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    env = program.env | {"PATH": f"{script.parent}{os.pathsep}{program.env['PATH']}"}
    ask = (
        'eval "$(walletdoc --show-completion)"; COMP_WORDS=(walletdoc show pay); COMP_CWORD=2; '
        '_walletdoc_completion walletdoc; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", ask], env=env, capture_output=True, check=False, timeout=60)
    assert done.stdout == b"pay-failed\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_completion_is_installed_and_says_where(program, lang):
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m walletdoc --install-completion --lang {lang}; exit $?'],
        env=program.env,
        capture_output=True,
        check=False,
        timeout=60,
    )
    file = program.home / ".bash_completions" / "walletdoc.sh"
    assert done.returncode == 0
    assert done.stdout.decode() == say(lang, "cli.completion-installed", file=file) + "\n"
    assert "_WALLETDOC_COMPLETE" in file.read_text()
