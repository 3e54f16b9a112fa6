"""Flow tests pass and fail as their authors mean them to, and say where and why."""

import pytest

from walletdoc.flowtest.suite import FileResult, Suite
from walletdoc.library import Library


def run(path) -> FileResult:
    return Suite(Library(), cover=True).run(path, lambda _: True)


def failures(file: FileResult) -> dict[str, tuple[int, str]]:
    return {each.name: (each.line, each.message.en) for each in file.results if each.message is not None}


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
    assert result.message is not None
    assert result.message.en == "the cause 'page-stuck' was not found: it stopped at hand-off (ask-wallet)"


def test_a_failure_shows_the_way_taken_and_the_way_expected(write):
    path = write(
        "tests:\n  it:\n    given: {money-taken: no, screen: blank, reopen: taken}\n    expect: {end: fixed, at: done}\n"
    )
    (result,) = run(path).results
    assert result.way == ("fact.money-taken=no", "screen=blank", "reopen=taken", "hand-off (ask-merchant)")
    assert result.expected == ("money-taken=no", "screen=blank", "reopen=taken", "fixed (done)")


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
}


@pytest.mark.parametrize(("text", "line", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_of_at_its_line(write, text, line, said):
    file = run(write(f"tests:\n{text}"))
    assert (line, said) in {(each.span.line, each.message.en) for each in file.faults}
    assert file.results == ()


def test_a_flow_that_is_not_there_is_told_of_at_its_name(tmp_path):
    path = tmp_path / "a.test.yaml"
    path.write_text("test: no-such-flow\nformat: 1\ntests: {}\n", encoding="utf-8")
    (fault,) = run(path).faults
    assert (fault.span.line, fault.message.en) == (1, "there is no flow 'no-such-flow'")


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
    failed = {each.name: each.way for each in file.results if each.message is not None}
    assert set(failed) == {"not-so", "shorter", "not-told"}
    assert failed["not-so"] == ("fact.money-taken=no", "screen=blank", "reopen=taken")
    assert len(failed["shorter"]) == 4
    assert failed["not-told"] == ("fact.money-taken=yes",)
