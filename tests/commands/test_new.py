"""`walletdoc new`: what it writes passes `check`, is proved, and walks to each of its ends."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.packs import flow, write
from walletdoc import templates, truth
from walletdoc.check import check
from walletdoc.commandline import LANGUAGES
from walletdoc.diagnostic import Severity
from walletdoc.library import Library

WAYS = {
    "done": ("fact.money-taken=no", "screen=blank", "reopen=fixed"),
    "ask-merchant": ("fact.money-taken=yes",),
    "ask-wallet": ("fact.money-taken=no", "screen=message", "fact.wallet=alipay"),
}


HERE = pytest.mark.usefixtures("here")


@pytest.fixture
def here(program, monkeypatch) -> Path:
    """Stand in the home folder, as a process of its own would."""
    monkeypatch.chdir(program.home)
    return program.home


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_written_is_checked_and_proved(program, here, lang):
    done = program.call("new", "card-stuck", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    path = here / "card-stuck.yaml"
    report = check([path], date(2026, 11, 25))
    assert {(each.severity, each.rule) for each in report.found} == {(Severity.WARNING, "few-phrases")}
    library = Library()
    assert library.add_file(path) == "card-stuck"
    assert truth.prove(library.flow("card-stuck"), library).problems == ()
    assert f"walletdoc check ./{path.name}" in done.out


@HERE
@pytest.mark.parametrize("end", WAYS)
def test_it_walks_to_its_ends(program, end):
    program.call("new", "card-stuck")
    answers = [word for answer in WAYS[end] for word in ("--answer", answer)]
    done = program.run("run", "./card-stuck.yaml", "--lang", "zh", "--no-save", *answers)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_comments_teach_in_one_language(lang):
    comments = re.findall(r"^ *#(.*)$", templates.flow("mine", lang), re.MULTILINE)
    assert len(comments) > 10
    assert all(bool(re.search("[\u4e00-\u9fff]", each)) == (lang == "zh") for each in comments)
    assert not any(each.startswith(LANGUAGES) for each in comments)


def test_every_comment_is_in_both_languages():
    text = Path(templates.__file__).with_name("flow.yaml").read_text(encoding="utf-8")
    kinds = "".join({"#z": "z", "#e": "e"}.get(line.strip()[:2], " ") for line in text.splitlines())
    assert all(re.fullmatch("z+e+", each) for each in kinds.split())


def test_a_pack_that_is_named_gets_the_file(program, here):
    pack = write(here / "pack", {"test/other.yaml": flow("other", "first: {end: info, say: {zh: '好', en: 'Fine'}}")})
    assert program.call("new", "cards/card-stuck", "--flows", str(pack)).code == 0
    assert (pack / "cards" / "card-stuck.yaml").read_text(encoding="utf-8") == templates.flow("card-stuck", "en")
    done = program.call("new", "other", "--flows", str(pack), "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "the id 'other' is taken by" in done.err


def test_nothing_is_overwritten(program, here):
    write(here, {"mine.yaml": "precious"})
    done = program.call("new", "mine.yaml", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "mine.yaml is there already" in done.err
    assert (here / "mine.yaml").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("id_", ["Mine", "my_flow", "a b", "..", ".", "", "x.test", "\u202ex", "a" * 5000 + "!"])
def test_what_is_no_id_is_refused(program, here, id_):
    done = program.call("new", "--", id_)
    assert (done.code, done.out) == (2, "")
    assert list(here.glob("*.yaml")) == []


@HERE
@pytest.mark.parametrize("id_", ["pay-failed", "facts"])
def test_an_id_of_ours_is_refused(program, id_):
    done = program.call("new", id_, "--lang", "zh")
    assert (done.code, done.out) == (2, "")
    assert "自带的编号" in done.err


@pytest.mark.parametrize("id_", ["mine.yaml/below", "a" * 300])
def test_what_cannot_be_written_is_said(program, here, id_):
    write(here, {"mine.yaml": "precious"})
    done = program.call("new", id_, "--lang", "en")
    assert done.code == 74
    assert "Traceback" not in done.err
