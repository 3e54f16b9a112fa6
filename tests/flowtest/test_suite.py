"""Flow tests pass and fail as their authors mean them to, and say where and why."""

from dataclasses import replace

import pytest

from tests.flowtest.made import LIBRARY, OTHER, library, one, text
from walletdoc.engine import Tables
from walletdoc.flow import Ask, Call, Do, End, Option, Step, Switch
from walletdoc.flowtest.case import Case
from walletdoc.flowtest.run import Bench, Stage
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.suite import FileResult, Suite
from walletdoc.flowtest.way import beside
from walletdoc.library import Library
from walletdoc.span import excerpt
from walletdoc.terminal import width


def run(path) -> FileResult:
    return Suite(library(), cover=True).run(path, lambda *_: True)


def failures(file: FileResult) -> dict[str, tuple[int, str]]:
    return {each.name: (each.line, each.fault.message.en) for each in file.results if each.fault is not None}


PASSING = {
    "a row": "given: {fact.money-taken: no, screen: blank, reopen: fixed}\n    expect: {end: fixed, at: done}",
    "a row without its expectation": "given: {fact.money-taken: yes}",
    "names with the flow": "given: {money-taken: no, card-stuck/screen: message, wallet: alipay}",
    "causes and contacts in any order": (
        "given: {fact.money-taken: no, screen: message, wallet: wechat}\n"
        "    expect: {causes: system-fault, contacts: [wechat], prepare: [message, amount, time]}"
    ),
    "a cause": "given: {cause: page-stuck}",
    "a cause named at a hand-off": "given: {cause: system-fault}\n    expect: {at: ask-wallet}",
    "an answer instead of the cause's own": "given: {cause: page-stuck, reopen: not-fixed}\n    expect: {end: hand-off}",
    "a text in one language": (
        "given: {fact.money-taken: yes}\n    expect:\n"
        '      text: {en: "Ask the merchant whether they got the money. Don\'t pay again until they know."}'
    ),
    "a transcript": (
        "steps:\n"
        "      - {asked: fact.money-taken, options: [yes, no, unsure], answer: no}\n"
        '      - {asked: screen, text: {en: "What is on the page where you pay?"}, answer: message}\n'
        "      - back: true\n"
        "      - {asked: screen, answer: blank}\n"
        "      - {asked: reopen, answer: not-fixed}\n"
        "      - {change: {screen: message}, dropped: [reopen]}\n"
        "      - {asked: fact.wallet, answer: alipay}\n"
        "      - {end: hand-off, at: ask-wallet, contacts: [alipay]}"
    ),
    "a scope": "given: {money-taken: no, screen: message, wallet: crypto}\n    expect: {end: info}",
}


@pytest.mark.parametrize("case", PASSING.values(), ids=PASSING)
def test_what_is_true_passes(write, case):
    file = run(write(f"tests:\n  it:\n    {case}\n"))
    assert (file.faults, failures(file)) == ((), {})
    assert [each.name for each in file.results] == ["it"]


FAILING = {
    "another end": (
        "given: {money-taken: yes}\n    expect: {end: fixed}",
        (6, "end should be fixed, it is hand-off"),
    ),
    "another contact": (
        "given: {money-taken: yes}\n    expect: {contacts: [bank]}",
        (6, "contacts should be [bank], it is [merchant]"),
    ),
    "never asked": (
        "given: {money-taken: yes, screen: blank}",
        (5, "'screen' was never asked"),
    ),
    "no answer": (
        "given: {money-taken: no}\n    expect: {end: fixed}",
        (5, "'screen' was asked and has no answer, before it came to fixed; it takes blank, message, unsure"),
    ),
    "an answer that is none": (
        "given: {money-taken: perhaps}",
        (5, "'money' does not take 'perhaps'; it takes yes, no, unsure"),
    ),
    "an unknown cause": (
        "given: {cause: bad-luck}",
        (5, "the flow has no cause 'bad-luck'; it has went-through, page-stuck, system-fault"),
    ),
    "a cause that is fixed otherwise": (
        "given: {cause: page-stuck}\n    expect: {end: hand-off}",
        (6, "end should be hand-off, it is fixed"),
    ),
    "a text": (
        "given: {money-taken: yes}\n    expect: {text: {zh: 你好}}",
        (6, "text.zh should be 你好, it is 请商家查这一单收到钱没有。查清之前不要再付。"),
    ),
    "asked otherwise": (
        "steps:\n      - {asked: screen, answer: blank}",
        (6, "asked should be screen, it is fact.money-taken?"),
    ),
    "options": (
        "steps:\n      - {asked: money-taken, options: [yes, no]}",
        (6, "options should be [yes, no], it is [yes, no, unsure]"),
    ),
    "nothing to change": (
        "steps:\n      - {change: {screen: blank}}",
        (6, "'screen' was not answered before, so it can't be changed"),
    ),
    "not over yet": (
        "steps:\n      - {asked: money-taken, answer: no}\n      - {end: fixed}",
        (7, "it did not come to an end"),
    ),
    "no switch": (
        "given: {money-taken: yes}\n    expect: {switch: verify-contact}",
        (6, "switch should be verify-contact, it is hand-off (ask-merchant)"),
    ),
}


@pytest.mark.parametrize(("case", "said"), FAILING.values(), ids=FAILING)
def test_what_is_not_true_fails_at_its_line(write, case, said):
    assert failures(run(write(f"tests:\n  it:\n    {case}\n"))) == {"it": said}


def test_a_cause_that_its_truthful_user_does_not_find_fails(write):
    path = write("tests:\n  it:\n    given: {cause: page-stuck}\n")
    flow = path.with_name("card-stuck.yaml")
    flow.write_text(flow.read_text(encoding="utf-8").replace("fixes: [page-stuck]", "fixes: []"), encoding="utf-8")
    (result,) = run(path).results
    assert result.fault is not None
    assert result.fault.message.en == "the cause 'page-stuck' was not found: it stopped at hand-off (ask-wallet)"


def test_a_failure_shows_the_way_taken_and_the_way_expected(write):
    path = write(
        "tests:\n  it:\n    given: {money-taken: no, screen: blank, reopen: taken}\n    expect: {end: fixed, at: done}\n"
    )
    (result,) = run(path).results
    assert result.rows == (
        ("fact.money-taken=no", "money-taken=no"),
        ("screen=blank", "screen=blank"),
        ("reopen=taken", "reopen=taken"),
        ("hand-off (ask-merchant)", "fixed (done)"),
    )


def test_a_test_goes_on_where_another_stopped(write):
    path = write(
        "tests:\n"
        "  begun:\n    steps:\n      - {asked: money-taken, answer: no}\n"
        "  fixed:\n    after: begun\n    given: {screen: blank, reopen: fixed}\n    expect: {end: fixed}\n"
        "  wrong:\n    steps: [{asked: nowhere}]\n"
        "  later:\n    after: wrong\n    given: {screen: blank}\n"
    )
    assert failures(run(path)) == {
        "wrong": (12, "asked should be nowhere, it is fact.money-taken?"),
        "later": (14, "'wrong' failed before: asked should be nowhere, it is fact.money-taken?"),
    }


def test_what_failed_first_is_told_however_many_go_on_from_it(write):
    more = "".join(f"  t{at}:\n    after: t{at - 1}\n    steps: [{{asked: money-taken}}]\n" for at in range(1, 2000))
    path = write(f"tests:\n  t0:\n    steps: [{{asked: screen}}]\n{more}")
    (last,) = Suite(library()).run(path, lambda _, name: name == "t1999").results
    assert last.fault is not None
    assert last.fault.message.en == "'t0' failed before: asked should be screen, it is fact.money-taken?"
    fixed = write(f"tests:\n  t0:\n    steps: [{{asked: money-taken}}]\n{more}")
    assert failures(run(fixed)) == {}


ROWS = {
    "what was never asked comes last": (
        "given: {screen: blank, reopen: fixed, money-taken: no, scren: x}\n    expect: {end: fixed}",
        [("fact.money-taken=no", "money-taken=no"), ("screen=blank", "screen=blank"), ("reopen=fixed", "reopen=fixed"),
         ("fixed (done)", "fixed"), ("", "scren=x")],
    ),
    "an answer that is none": (
        "given: {money-taken: no, screen: red}\n    expect: {end: fixed}",
        [("fact.money-taken=no", "money-taken=no"), ("screen?", "screen=red"), ("", "fixed")],
    ),
    "what the cause answers": (
        "given: {cause: page-stuck}\n    expect: {at: ask-wallet}",
        [("fact.money-taken=no", "(page-stuck)"), ("screen=blank", "(page-stuck)"), ("reopen=fixed", "(page-stuck)"),
         ("fixed (done)", "… (ask-wallet)")],
    ),
    "a transcript": (
        ("steps:\n      - {asked: money-taken, answer: no}\n      - back: true\n      - {change: {screen: blank}}\n"
        "      - {end: fixed, at: done}"),
        [("money-taken=no", "money-taken=no"), ("back", "back"), ("fact.money-taken?", "change screen=blank"),
         ("", "fixed (done)")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("case", "rows"), ROWS.values(), ids=ROWS)
def test_the_ways_stand_beside_each_other(write, case, rows):
    (result,) = run(write(f"tests:\n  it:\n    {case}\n")).results
    assert list(result.rows) == rows


def test_a_way_that_goes_on_says_from_where(write):
    path = write(
        "tests:\n  begun:\n    steps: [{asked: money-taken, answer: no}]\n"
        "  it:\n    after: begun\n    given: {screen: blank, reopen: fixed}\n    expect: {end: wait}\n"
    )
    _, result = run(path).results
    assert result.rows == (
        ("fact.money-taken=no", "after begun"), ("screen=blank", "screen=blank"), ("reopen=fixed", "reopen=fixed"),
        ("fixed (done)", "wait"),
    )  # fmt: skip


def test_columns_are_no_wider_than_a_screen():
    lines = beside(("走的路", "应该是"), [("a" * 90, "b" * 90), ("c", "d")])
    assert max(map(width, lines)) <= 76
    assert {width(line.partition("│")[0]) for line in lines} == {36}
    assert beside(("taken", "expected"), [("a", ""), ("b", "")]) == ("taken", "a", "b")


def test_a_placeholder_that_says_nothing_fails_the_tests_that_come_there(write):
    path = write("tests:\n  it:\n    given: {cause: system-fault}\n  other:\n    given: {cause: page-stuck}\n")
    flow = path.with_name("card-stuck.yaml")
    flow.write_text(flow.read_text(encoding="utf-8").replace("{wallet.hotline}。", "{bank.hours}。"), encoding="utf-8")
    assert failures(run(path)) == {"it": (4, "ask-wallet: there is nothing to say for {bank.hours} here")}


SWITCHES = one({
    "ask": Ask(text("?"), {"a": Option(text("a"), "right"), "b": Option(text("b"), "wrong")}, usual="a"),
    "right": Switch("other", ("one",)), "wrong": Switch("other", ("two",)),
}, other=OTHER)  # fmt: skip


def of_cause(made, cause: str) -> str | None:
    stage = Stage(Shown(Library.of({}, replace(LIBRARY.registries, facts=made.facts), {})), Tables(made, "made"))
    failed = Bench(stage, {"it": Case(given={"cause": cause})}).run("it")[1]
    return failed and failed.message.en


def test_a_cause_is_found_by_the_switch_that_is_taken_and_by_no_other():
    assert of_cause(SWITCHES, "one") is None
    assert of_cause(SWITCHES, "two") == "the cause 'two' was not found: it stopped at fact.wallet?"


def test_a_cause_is_found_by_what_fixes_it():
    """The step is done and mends it: it is the call that is fixed, and not the act in it."""
    acts = Step("step", 1, text("step"), "in", {"in": Do(text("in"), "out"), "out": End("fixed")})
    end = End("info", say=text("end"))
    assert of_cause(one({"n": Call("step", "end", "end", ("one",)), "end": end}, {"step": acts}), "one") is None
    acts = replace(acts, nodes={**acts.nodes, "out": End("not-fixed")})
    assert of_cause(one({"n": Call("step", "end", "end", ("one",)), "end": end}, {"step": acts}), "one") is not None


BROKEN = {
    "another key": ("  it:\n    give: {money-taken: yes}\n", 5, "unknown key 'give'; did you mean 'given'?"),
    "nothing in it": ("  it:\n    marks: slow\n", 4, "a test has given and expect, or steps"),
    "both forms": ("  it:\n    given: {}\n    steps: []\n", 6, "a test has either steps or given and expect, not both"),
    "after nothing": (
        "  it:\n    given: {money-taken: yes}\n    after: that\n",
        6,
        "there is no test 'that' to go on from",
    ),
    "in a circle": (
        "  it:\n    given: {money-taken: yes}\n    after: that\n  that:\n    given: {money-taken: yes}\n    after: it\n",
        6,
        "'it' goes on from itself in the end",
    ),
    "two things in a line": (
        "  it:\n    steps:\n      - {asked: money-taken, end: fixed}\n",
        6,
        "each line has just one of asked, back, change, switch, end",
    ),
    "a key of another part": ("  it:\n    given: {}\n    end: fixed\n", 6, "'end' doesn't belong here"),
    "no lines": ("  it:\n    steps: []\n", 5, "there are no lines in steps"),
    "causes of a question": (
        "  it:\n    steps:\n      - {asked: money-taken, causes: [x]}\n",
        6,
        "'causes' doesn't go with 'asked'",
    ),
    "an answer to a step back": (
        "  it:\n    steps:\n      - back: true\n        answer: no\n",
        7,
        "'answer' doesn't go with 'back'",
    ),
    "where a switch ends": ("  it:\n    steps: [{switch: scammed, at: x}]\n", 5, "'at' doesn't go with 'switch'"),
    "what an end drops": ("  it:\n    steps: [{end: fixed, dropped: [x]}]\n", 5, "'dropped' doesn't go with 'end'"),
    "no step back": ("  it:\n    steps: [{back: false}]\n", 5, "say back: true, or leave the line out"),
    "two changes": ("  it:\n    steps: [{change: {a: b, c: d}}]\n", 5, "change names one answer to change"),
    "a text in no language": ("  it:\n    given: {}\n    expect: {text: {}}\n", 6, "text says zh, en or both"),
    "a mark that pytest can't pick": (
        "  it:\n    given: {}\n    marks: [slow, a b]\n",
        6,
        "a mark is letters, digits, _ and -",
    ),
    "a name given twice": (
        "  it:\n    given: {}\nalways:\n  it: {questions: 9}\n",
        7,
        "a test goes by the name 'it' already",
    ),
    "half of what always holds": (
        "  it:\n    given: {}\nalways:\n  so: {never: done}\n",
        7,
        "say never and after, or contact and at, or questions",
    ),
    "no list": ("  it:\n    steps: hello\n", 5, "expected a list"),
    "no kind of end": (
        "  it:\n    expect: {end: over}\n",
        5,
        "'over' is not one of 'fixed', 'hand-off', 'wait', 'stop', 'info'",
    ),
    "no id": ("  It Is:\n    given: {}\n", 4, "an id is lower-case letters, digits and hyphens, such as top-up"),
    "a name twice": (
        "  it:\n    given: {}\n  it:\n    given: {}\n",
        6,
        "the key “it” is given twice; it is already on line 4",
    ),
    "a tab": ("\tit:\n", 4, "a tab can't indent; use spaces"),
}


@pytest.mark.parametrize(("text", "line", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_of_at_its_line(write, text, line, said):
    file = run(write(f"tests:\n{text}"))
    assert (line, said) in {(each.span.line, each.message.en) for each in file.faults}
    assert file.results == ()
    assert all(file.source.splitlines()[each.span.line - 1] for each in file.faults)


def test_a_caret_stands_under_what_does_not_belong(write):
    file = run(write("tests:\n  it:\n    steps: [{asked: money-taken, causes: [x]}]\n"))
    assert excerpt(file.source, file.faults[0].span).endswith("\n" + " " * 41 + "^^^^^^")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty; expected lines like “key: value”"),
        (b"test: card-stuck\nformat: \xff", "byte 0xFF is not UTF-8 text; save the file as UTF-8"),
        (b"x" * (1 << 20) + b"x", "is too large: at most 1,048,576 bytes"),
        (b"- a", "expected keys and values"),
        (b"test: card-stuck\nformat: 2", "the format is 1"),
    ],
)
def test_what_is_no_test_file_is_a_broken_one(tmp_path, data, said):
    path = tmp_path / "a.test.yaml"
    path.write_bytes(data)
    file = run(path)
    assert file.results == ()
    assert said in file.faults[0].message.en
    assert run(tmp_path / "gone.test.yaml").faults[0].message.en == f"no such file: “{tmp_path}/gone.test.yaml”"


def test_a_flow_that_is_not_there_is_told_of_at_its_name(tmp_path):
    path = tmp_path / "a.test.yaml"
    path.write_text("test: no-such-flow\nformat: 1\ntests: {}\n", encoding="utf-8")
    (fault,) = run(path).faults
    assert (fault.span.line, fault.message.en) == (1, "there is no flow 'no-such-flow'")


def test_two_flows_of_one_name_are_not_taken_for_each_other(write, tmp_path):
    first = write("tests:\n  it:\n    given: {money-taken: yes}\n")
    folder = tmp_path / "other"
    folder.mkdir()
    for each in ("card-stuck.yaml", "card-stuck.test.yaml"):
        (folder / each).write_bytes(first.with_name(each).read_bytes())
    suite = Suite(library())
    assert suite.run(first, lambda *_: True).passed
    (fault,) = suite.run(folder / "card-stuck.test.yaml", lambda *_: True).faults
    assert (
        fault.message.en == f"another flow 'card-stuck' is tested already, {tmp_path}/card-stuck.yaml; test them apart"
    )


def test_always_is_decided_over_all_ways(write):
    file = run(
        write(
            "always:\n"
            "  not-twice: {never: done, after: fact.money-taken=yes}\n"
            "  not-so: {never: ask-merchant, after: fact.money-taken=no}\n"
            "  short: {questions: 4}\n"
            "  shorter: {questions: 3}\n"
            "  told: {contact: merchant, at: ask-merchant}\n"
            "  not-told: {contact: bank, at: ask-merchant}\n"
        )
    )
    failed = {each.name: tuple(line for line, _ in each.rows) for each in file.results if each.fault is not None}
    assert set(failed) == {"not-so", "shorter", "not-told"}
    assert failed["not-so"] == ("fact.money-taken=no", "screen=blank", "reopen=taken")
    assert len(failed["shorter"]) == 4
    assert failed["not-told"] == ("fact.money-taken=yes",)
