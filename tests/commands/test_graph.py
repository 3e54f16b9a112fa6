"""`walletdoc graph`; what the pictures show is held in `exporters/`."""

import pytest

from tests.packs import flow, write
from walletdoc.commandline import LANGUAGES
from walletdoc.terminal import width

END = "first: {end: info, say: {zh: '说明在此', en: 'Noted'}}"
FIRST = {"tree": "支付失败 · pay-failed", "mermaid": "flowchart TD", "dot": "digraph walletdoc {"}


@pytest.mark.parametrize("format_", FIRST)
def test_a_flow_is_drawn_in_each_format(program, format_):
    done = program.call("graph", "pay-failed", "--format", format_, "--lang", "zh")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == FIRST[format_]


def test_the_tree_is_what_is_drawn_if_nothing_is_said(program):
    assert program.run("graph", "pay-failed", "--lang", "zh").out.startswith(FIRST["tree"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("format_", FIRST)
def test_without_a_flow_all_are_drawn(program, format_, lang):
    done = program.call("graph", "--format", format_, "--lang", lang)
    assert done.code == 0
    assert {"zh": "付款", "en": "Payments"}[lang] in done.out
    assert "verify-contact" in done.out


def test_a_narrow_terminal_is_respected(program):
    done = program.call("graph", "account-stolen", "--lang", "zh", env={"COLUMNS": "40"})
    assert max(map(width, done.out.splitlines())) <= 40


def test_a_file_is_drawn(program):
    path = write(program.home, {"mine.yaml": flow("mine", END)}) / "mine.yaml"
    done = program.call("graph", str(path), "--lang", "en")
    assert done.code == 0
    assert "first [info] Noted" in done.out


def test_an_encoding_without_lines_gets_typed_ones(program):
    done = program.run("graph", "pay-failed", "--lang", "en", env={"PYTHONIOENCODING": "ascii"})
    assert done.code == 0
    assert "\n|- " in done.out
    assert "?-" not in done.out


@pytest.mark.parametrize(("lang", "says"), [("zh", "没有“png”这种格式"), ("en", "no format 'png'")])
def test_a_format_that_there_is_not_is_refused(program, lang, says):
    done = program.call("graph", "pay-failed", "--format", "png", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
