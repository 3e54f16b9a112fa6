"""`walletdoc show`; what a booklet says is held in `exporters/test_booklet.py`."""

import pytest

from tests.packs import flow, write
from walletdoc.commandline import LANGUAGES
from walletdoc.locales import say
from walletdoc.terminal import width

END = "first: {end: info, say: {zh: '说明在此', en: 'Noted'}}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_flow_is_printed_for_paper(program, lang):
    done = program.run("show", "pay-failed", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert {"zh": "支付失败", "en": "Payment failed"}[lang] == done.out.splitlines()[0]
    assert max(map(width, done.out.splitlines())) <= 76
    assert "\n1.    " in done.out


@pytest.mark.parametrize("columns", [20, 40])
def test_a_narrow_terminal_is_respected(program, columns):
    done = program.call("show", "account-stolen", "--lang", "zh", env={"COLUMNS": str(columns)})
    assert max(map(width, done.out.splitlines())) <= columns


def test_a_file_is_shown_and_marked_unverified(program):
    path = write(program.home, {"mine.yaml": flow("mine", END)}) / "mine.yaml"
    for lang, said in (("zh", "说明在此"), ("en", "Noted")):
        done = program.call("show", str(path), "--lang", lang)
        assert done.code == 0
        assert said in done.out
        assert "".join(say(lang, "face.unverified").split()) in "".join(done.out.split())


def test_a_flow_that_is_near_is_named(program):
    done = program.call("show", "pay-faild", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "did you mean 'pay-failed'?" in done.err
