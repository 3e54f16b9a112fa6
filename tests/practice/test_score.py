"""The score: exact for the example calls, and explained by its parts."""

import re
from pathlib import Path

import pytest

from tests.practice.players import NOTE, PACK, call, play, until
from walletdoc.locales import say
from walletdoc.practice.desk import after, best
from walletdoc.practice.offers import HINT
from walletdoc.practice.review import as_json, page
from walletdoc.practice.score import HINT_COST, MOST, score
from walletdoc.redact import redact

CALLS = sorted((Path(__file__).parent / "calls").glob("*.txt"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("file", CALLS, ids=lambda file: file.stem)
def test_an_example_call_has_its_exact_score(program, file, lang):
    text = file.read_text(encoding="utf-8")
    options = re.search(r"# practice (.*)", text)[1].split()
    total = int(re.search(r"# score (\d+)", text)[1])
    done = program.call("practice", "--flows", str(PACK), *options, "--answers", str(file), "--lang", lang)
    state = "unsafe" if not total else "passed" if total >= 80 else "failed"
    assert say(lang, f"practice.total-{state}", total=total) in done.out
    assert done.err == ""
    assert done.code == (0 if total >= 80 else 1)


def test_the_parts_make_a_hundred():
    assert sum(MOST.values()) == 100
    made = score(play(call(), best))
    assert [(part.name, part.points) for part in made.parts] == list(MOST.items())


def lost(desk) -> dict[str, int]:
    return {part.name: part.most - part.points for part in score(desk).parts if part.points < part.most}


def go_on(desk, note=NOTE):
    while not desk.is_over:
        desk = after(desk, note if desk.stage == "note" else best(desk))
    return desk


@pytest.mark.parametrize(
    ("stage", "choice", "expected"),
    [
        ("greet", "blame", {"tone": 5}),
        ("desk", "safety", {"filing": 5}),
        ("flow", "contact-support", {"flow": 5}),
        ("turn", "end", {"questions": 15, "order": 10, "end": 12, "handling": 8, "cause": 15}),
        ("end", "fixed", {"end": 12, "handling": 8}),
        ("cause", "unknown", {"cause": 15}),
        ("to", "nobody", {"handling": 4}),
    ],
)
def test_what_a_mistake_costs(stage, choice, expected):
    desk = until(call(), stage)
    assert lost(go_on(after(desk, choice))) == expected


@pytest.mark.parametrize("note", ["", "ok", f"密码是 {redact('密码是 abc12345')}"])
def test_a_note_that_says_nothing_or_had_a_secret_earns_nothing(note):
    assert lost(go_on(until(call(), "note"), note)) == {"note": 5}


def test_a_hint_costs_what_it_says():
    desk = after(until(call(), "turn"), HINT)
    assert score(go_on(desk)).total == 100 - HINT_COST


@pytest.mark.parametrize(("stage", "choice"), [("to", "searched"), ("turn", "danger")])
def test_one_unsafe_step_takes_all(stage, choice):
    desk = until(call(), stage)
    if choice == "danger":
        from tests.practice.players import unsafely

        choice = unsafely(desk)
    made = score(go_on(after(desk, choice)))
    assert (made.total, made.passed, made.unsafe) == (0, False, (desk.key,))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_review_says_what_would_have_been_better_and_why(lang):
    desk = go_on(after(until(call(), "turn"), "end"))
    text = "\n".join(line.text for line in page(desk, score(desk), lang))
    assert say(lang, "practice.because-early") in text
    assert call().flow.nodes["state"].why.of(lang) in text
    assert say(lang, "practice.best-way") in text
    plain = as_json(desk, score(desk), lang)
    assert plain["total"] == score(desk).total
    assert [step["choice"] for step in plain["best"]] == ["state", "waited"]
    assert {move["verdict"] for move in plain["moves"]} == {"right", "early"}
