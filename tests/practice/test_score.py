"""The score: exact for the example calls, and explained by its parts."""

import re
from pathlib import Path

import pytest

from tests.practice.players import NOTE, PACK, call, play, until
from walletdoc.locales import say
from walletdoc.page import layout
from walletdoc.practice.desk import Taken, after, best, judged
from walletdoc.practice.offers import HINT
from walletdoc.practice.review import as_json, best_desk, page, rows
from walletdoc.practice.score import HINT_COST, MOST, danger, score
from walletdoc.redact import redact
from walletdoc.terminal import width

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
        ("flow", "support-slow", {"flow": 5}),
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


# --- the ways beside each other, and where points went


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_ways_stand_beside_each_other_where_there_is_room(lang):
    desk = go_on(after(until(call(level=2, seed=30), "turn"), "accounts"))
    text = [each for line in page(desk, score(desk), lang, 80) for each in layout(line, 80)]
    heading = next(line for line in text if say(lang, "practice.your-way") in line)
    at = width(heading[: heading.index(say(lang, "practice.best-way"))])
    both = [line for line in text if "1." in line and line.count("1. ") == 2]
    assert both
    assert all(width(line[: line.rindex("1. ")]) == at for line in both)
    assert max(map(width, text)) <= 80
    below = [line.text for line in page(desk, score(desk), lang, 60)]
    assert below.index(say(lang, "practice.your-way")) < below.index(say(lang, "practice.best-way"))


def test_a_detour_has_nothing_beside_it_and_the_rest_meets_again():
    desk = go_on(after(until(call(level=2, seed=30), "turn"), "accounts"))
    made = list(rows(desk, best_desk(desk)))
    assert [row.taken.choice for row in made if row.best is None] == ["accounts"]
    assert not [row for row in made if row.taken is None]
    assert all(row.taken.choice == row.best.choice for row in made if row.best)


@pytest.mark.parametrize(
    ("stage", "choice", "part", "lost"),
    [
        ("flow", "support-slow", "flow", (("guess", 2),)),
        ("turn", "accounts", "questions", (("needless", 1),)),
        ("turn", "end", "cause", (("early", 1),)),
        ("to", "nobody", "handling", (("to", 1),)),
        ("end", "fixed", "handling", (("end", 1),)),
    ],
)
def test_each_part_says_what_it_lost_its_points_by(stage, choice, part, lost):
    made = score(go_on(after(until(call(), stage), choice)))
    assert next(each.lost for each in made.parts if each.name == part) == lost
    for each in made.parts:
        assert bool(each.lost) == (each.points < each.most), each


@pytest.mark.parametrize(
    ("of", "stage", "choice", "expected"),
    [
        ({"flow": "pay-failed", "cause": "balance-short"}, "turn", "top-up", "retry"),
        ({"flow": "pay-failed", "cause": "balance-short"}, "turn", "pay-again", "retry"),
        ({"flow": "verify-contact", "cause": "fake-agent"}, "turn", "given", "freeze"),
        ({"flow": "verify-contact", "cause": "fake-agent"}, "turn", "end", "freeze"),
        ({"flow": "pay-failed", "cause": "scam-payment"}, "scam", "call-back", "number"),
        ({"flow": "pay-failed", "cause": "scam-payment"}, "scam", "play-along", "scam"),
        ({}, "turn", "search-number", "number"),
        ({}, "turn", "ask-code", "secret"),
        ({}, "to", "searched", "number"),
        ({"level": 2, "seed": 30}, "secret", "take", "secret"),
    ],
)
def test_an_unsafe_move_says_what_it_endangers(of, stage, choice, expected):
    desk = until(call(**of), stage)
    if stage == "turn":
        assert judged(desk, choice) == "unsafe"
    assert danger(desk, Taken(desk.key, stage, choice, best(desk), "unsafe")) == expected
