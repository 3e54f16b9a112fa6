"""The rules about craft, beyond the examples of their manuals: what they find, on which line, and what they leave alone."""

import pytest

from tests.rules.asked import OURS, ask, ask_pack, ask_registry, example, out_of_order, shipped, step
from walletdoc.packfiles import REGISTRIES
from walletdoc.rules import AREAS, rule

WHY = '    why: {zh: "已经到账和还在路上，办法不一样。", en: "It decides whether the money is there or still on its way."}\n'
NUMBER_HOW = (
    '    how: {zh: "今天充的填 0，周末和节假日不算。", en: "Today is 0; weekends and holidays don\'t count."}\n'
)


def keys(id_: str, text: str) -> list[str]:
    """Return the keys at which a rule finds something in a file."""
    return [each.source.split(":")[0] for each in ask(id_, text)]


def registries(**changed: str) -> dict[str, str]:
    """Return our registries with words added at the end of some."""
    texts = {name: (OURS / f"{name}.yaml").read_text(encoding="utf-8") for name in ("contacts", *REGISTRIES)}
    return texts | {name: texts[name] + more for name, more in changed.items()}


def ask_all(id_: str, *files: str, **added: str) -> list[tuple[str, int, str]]:
    """Return what a rule finds across all of our flows and steps and some more files, with words added to registries."""
    found = ask_pack(id_, registries(**added), *shipped(), *files)
    return [(key, each.line, each.message) for key, each in found]


def ask_phrases(example_: str) -> list[tuple[str, int, str]]:
    """Return the phrases found twice with the example in the place of `topup-missing`, whose trouble and words it has."""
    ours = list(shipped())
    others = [text for text in ours if "flow: topup-missing" not in text.splitlines()]
    assert len(others) == len(ours) - 1
    found = ask_pack("shared-phrase", registries(), *others, example_)
    return [(key, each.line, each.message) for key, each in found]


def line_of(text: str, words: str) -> int:
    return text[: text.rindex(words)].count("\n") + 1


# --- questions


def test_how_and_why_of_every_question_and_of_nothing_else():
    text = example((WHY, ""), (NUMBER_HOW, ""))
    found = ask("no-how-or-why", text)
    assert [(each.source, each.message) for each in found] == [
        ("record:", "a question says 'why'; add what is missing"),
        ("waited:", "a question says 'how'; add what is missing"),
    ]
    assert (
        ask(
            "no-how-or-why",
            step(('    how: {zh: "从后台划掉它，再自己打开。", en: "Swipe it away, then open it yourself."}\n', "")),
        )
        == []
    )


def test_how_and_why_of_a_fact():
    swap = (
        '    why: {zh: "如果钱已经扣了，再付就会付两遍。", en: "If the money is already gone, paying again means paying twice."}\n',
        "",
    )
    found = ask_registry("no-how-or-why", "facts", swap)
    assert [(each.source, each.message) for each in found] == [
        ("money-taken:", "a question says 'why'; add what is missing")
    ]


def test_every_question_can_be_left_open():
    without = '      unsure: {say: {zh: "看不明白", en: "I can\'t tell"}, go: waited}\n'
    assert keys("no-unsure", example((without, ""))) == ["options"]
    assert keys("no-unsure", example(("    unsure: call-wallet\n\n  done:", "\n  done:"))) == ["waited"]
    swap = ('      unsure: {say: {zh: "看不出来", en: "I can\'t tell"}}\n', "")
    assert [each.source for each in ask_registry("no-unsure", "facts", swap)] == ["options:"]


# --- ends, tries and dos


def test_a_fixed_end_of_a_flow_prevents_and_no_other_end_must():
    prevent = '    prevent: {zh: "充值以后先看充值记录，不要接着再充。", en: "After a top-up look at its record first, and don\'t pay again straight away."}\n'
    assert keys("no-prevent", example((prevent, ""))) == ["done"]
    assert ask("no-prevent", example((prevent, ""), ("    end: fixed", "    end: info"))) == []
    assert ask("no-prevent", step()) == []


STEPS = """    steps:
      zh: ["关掉应用。", "自己打开应用，看余额。"]
      en: ["Close the app.", "Open the app yourself and look at the balance."]
"""
TRY_HOW = '    how: {zh: "从后台划掉它，再自己打开。", en: "Swipe it away, then open it yourself."}\n'


def test_a_try_says_how_in_steps_or_in_words():
    assert ask("no-steps", example((STEPS, ""))) == ask("no-steps", example((TRY_HOW, ""))) == []
    assert keys("no-steps", example((STEPS, ""), (TRY_HOW, ""))) == ["refresh"]
    assert ask("no-steps", step((TRY_HOW, ""))) == []


def test_a_try_and_a_do_say_their_minutes_and_a_question_need_not():
    assert ask("no-minutes", example()) == []
    assert keys("no-minutes", example(("    minutes: 2\n", ""))) == ["refresh"]
    assert keys("no-minutes", step(("    minutes: 2\n", ""))) == ["restart"]
    do = "  end-it:\n    do: {zh: 好, en: Ok}\n    done: done\n\n  done:\n"
    assert keys("no-minutes", example(("  done:\n", do))) == ["end-it"]


# --- what nothing uses


def test_a_cause_is_named_by_a_try_a_do_a_call_an_end_or_a_switch():
    assert keys("unused-cause", example(("    fixes: [old-page]\n", ""))) == ["old-page"]
    assert keys("unused-cause", example(("    causes: [stuck]\n", ""))) == ["stuck"]
    for node in ("{switch: pay-failed, causes: [stuck]}", "{do: {zh: 好, en: Ok}, fixes: [stuck], done: done}"):
        text = example(("    causes: [stuck]\n", ""), ("  done:\n", f"  more: {node}\n\n  done:\n"))
        assert ask("unused-cause", text) == []
    assert ask("unused-cause", step()) == []


FACT = """
  phone:
    ask: {zh: "什么手机？", en: "Which phone?"}
    options: {unsure: {say: {zh: "不知道", en: "I can't tell"}}}
"""
TIME = """
  soon: {hours: 1, title: {zh: "很快", en: "Soon"}, source: x, tier: A, verified-on: 2026-11-22, valid-for: 9}
"""
CONTACT = """
  new-line:
    role: %s
    organisation: {zh: "新专线", en: "a new line"}
    for: {zh: "新", en: "New"}
    kind: on-card
    way: {zh: "看卡", en: "look at the card"}
    source: x
    tier: A
    verified-on: 2026-11-22
    valid-for: 9
"""
PREPARE = '  passport: {label: {zh: "护照", en: "Passport"}, kind: text}\n'


def test_a_fact_is_asked_by_a_flow_or_a_step():
    line = registries()["facts"].count("\n") + 2
    assert ask_all("unused-fact", facts=FACT) == [("facts.yaml", line, "no flow asks 'phone'")]
    asks = example(("  which: {fact: wallet, go: money}", "  which: {fact: phone, go: money}"))
    assert ask_all("unused-fact", asks, facts=FACT) == []
    asks = step(("start: restart\n", "start: which\n"), ("nodes:\n", "nodes:\n  which: {fact: phone, go: restart}\n"))
    assert ask_all("unused-fact", asks, facts=FACT) == []


def test_money_taken_is_used_by_a_try_that_learns_of_it():
    facts = {"facts": registries()["facts"].partition("  urged:")[0], "contacts": registries()["contacts"]}
    text = example(
        (
            "  money: {fact: money-taken, to: {yes: record, no: pay-again, unsure: call-wallet}}",
            "  money: {fact: wallet, go: record}",
        )
    )
    assert ask_pack("unused-fact", facts, text) == []
    text = text.replace("    taken: record\n", "").replace("    retries-payment: true\n", "")
    assert [each.message for _, each in ask_pack("unused-fact", facts, text)] == ["no flow asks 'money-taken'"]


def test_a_time_is_waited_for_or_spoken_of():
    line = registries()["times"].count("\n") + 2
    assert ask_all("unused-time", times=TIME) == [("times.yaml", line, "no flow uses the time 'soon'")]
    assert ask_all("unused-time", example(("{working-days: 1}", "{time: soon}")), times=TIME) == []
    assert ask_all("unused-time", example(('"Done"', '"Done in {time.soon}"')), times=TIME) == []


def test_a_thing_to_prepare_is_wanted_by_an_end():
    texts = registries()
    texts["prepare"] = texts["prepare"].replace("never:\n", f"{PREPARE}never:\n")
    line = line_of(texts["prepare"], "  passport")
    found = [(key, each.line, each.message) for key, each in ask_pack("unused-prepare", texts, *shipped())]
    assert found == [("prepare.yaml", line, "no end asks to prepare 'passport'")]
    wanted = example(("prepare: [time,", "prepare: [passport, time,"))
    assert ask_pack("unused-prepare", texts, *shipped(), wanted) == []


@pytest.mark.parametrize(
    ("role", "swap"),
    [
        ("bank", ("to: [wallet]", "to: [wallet, new-line]")),
        ("bank", ('en: "Done"', 'en: "Done, {new-line.name}"')),
        ("regulator", ("to: [wallet]", "to: [wallet, regulator]")),
    ],
)
def test_a_contact_is_turned_to_or_spoken_of(role, swap):
    known = {each for _, _, each in ask_all("unused-contact")}
    added = {"contacts": CONTACT % role}
    found = {each for _, _, each in ask_all("unused-contact", **added)}
    assert found - known == {"no flow leads to the contact 'new-line'"}
    assert "no flow leads to the contact 'new-line'" not in {
        each for _, _, each in ask_all("unused-contact", example(swap), **added)
    }


def test_a_role_that_a_fact_or_a_contact_decides_uses_no_other_contact():
    for role in ("wallet", "police"):
        found = {
            each
            for _, _, each in ask_all(
                "unused-contact", example(("to: [wallet]", "to: [wallet, police]")), contacts=CONTACT % role
            )
        }
        assert "no flow leads to the contact 'new-line'" in found


def test_a_contact_of_an_option_is_used():
    fact = FACT.replace("}}}", "}, contact: new-line}}")
    found = {each for _, _, each in ask_all("unused-contact", facts=fact, contacts=CONTACT % "bank")}
    assert "no flow leads to the contact 'new-line'" not in found


def test_a_step_is_called_by_a_flow_or_a_step():
    assert ask_all("unused-step", step()) == [("steps/example-step", 2, "no flow calls the step 'example-step'")]
    calls = example(("  done:\n", "  again: {call: example-step, fixed: done, not-fixed: call-wallet}\n\n  done:\n"))
    assert ask_all("unused-step", step(), calls) == []


# --- phrases


def test_each_language_needs_15_phrases():
    assert ask("few-phrases", example()) == []
    found = ask("few-phrases", example(('    - "topup missing"\n', "")))
    assert [(each.source, each.message) for each in found] == [("en:", "there are 14 of at least 15 phrases")]
    assert ask("few-phrases", step()) == []


@pytest.mark.parametrize("again", ["topup missing", "Topup, missing!", "TOPUP  MISSING", "ｔｏｐｕｐ missing"])
def test_a_phrase_listed_twice(again):
    text = example(('- "where is my top-up"', f'- "{again}"'))
    assert ask_phrases(text) == [("example", line_of(text, '"topup missing"'), "this phrase is listed twice")]


@pytest.mark.parametrize(("old", "phrase"), [("余额充值失败", "付款 失败。"), ("topup missing", "Payment failed")])
def test_a_phrase_of_another_flow_is_found_at_the_later_one(old, phrase):
    text = example((f'- "{old}"', f'- "{phrase}"'))
    found = ask_phrases(text)
    assert found == [("example", line_of(text, phrase), "'pay-failed' has this phrase too")]


def test_a_phrase_of_one_language_does_not_count_for_the_other():
    text = example(('- "余额充值失败"', '- "topup missing"'))
    assert ask_phrases(text) == []


# --- ours


@pytest.mark.parametrize("id_", [id_ for area in ("language", "craft") for id_ in AREAS[area]])
def test_our_flows_and_steps_are_written_well(id_):
    if rule(id_, "").check is not None:
        ours = (text for text in shipped() if id_ != "order" or text not in out_of_order())
        assert [each for text in ours for each in ask(id_, text)] == []
    if rule(id_, "").check_pack is not None and id_ != "unused-contact":  # kept so that its number is known as official
        assert ask_all(id_) == []
