"""Reading packs: every mistake at its place, ids of ours, single files, and a cache that is never more than a shorter way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import packs
from walletdoc import cache
from walletdoc.diagnostic import Faulty
from walletdoc.failure import Failure
from walletdoc.library import Library
from walletdoc.packfiles import home

SAY = packs.say("好")
GOOD = packs.flow(
    "small",
    f"""
    first: {{ask: {SAY}, usual: yes, options: {{yes: {{say: {packs.say("是")}, go: over}}, no: {{say: {packs.say("否")}, go: over}}}}}}
    days: {{number: {SAY}, between: [0, 9], ranges: [{{below: 3, go: over}}, {{go: over}}]}}
    mend: {{try: {SAY}, fixed: over, not-fixed: over, fixes: [one]}}
    parts: {{fact: money-taken, to: {{yes: over}}, else: over}}
    over: {{end: hand-off, say: {SAY}, to: [police], prepare: [time]}}
    """,
)


def faults(tmp_path: Path, text: str, name: str = "test/small.yaml") -> list[str]:
    """Return what is said of a flow's file, as `line:column rule: message`."""
    folder = packs.write(tmp_path, {name: text})
    with pytest.raises(Faulty) as faulty:
        Library(folder).flow("small")
    assert all(each.path == str(folder / name) for each in faulty.value.diagnostics)
    return [f"{each.span.line}:{each.span.column} {each.rule}: {each.message.en}" for each in faulty.value.diagnostics]


def test_the_good_one_is_good(tmp_path):
    assert Library(packs.write(tmp_path, {"test/small.yaml": GOOD})).flow("small").start == "first"


FAULTS = [
    ("unknown key", "start: first", "begin: first", ["7:1 schema: unknown key", "schema: 'start' is missing"]),
    ("typo in a key", "usual: yes", "ususal: yes", ["did you mean 'usual'?"]),
    ("missing translation", 'title: {zh: "测试", en: "Test"}', 'title: {zh: "测试"}', ["3:1 schema: 'en' is missing"]),
    ("a list where a text belongs", 'en: "Test"}\nphr', 'en: ["Test"]}\nphr', ["3:23 schema: expected a text"]),
    ("an id in capitals", "  days: {", "  Days: {", ["schema: an id is lower-case"]),
    ("weight is no number", "weight: 1", "weight: many", ["schema: expected a whole number from 0 up"]),
    ("weight like 017", "weight: 1", "weight: 017", ["schema: expected a whole number from 0 up"]),
    ("minutes below zero", "usual: yes", "minutes: -1", ["schema: expected a whole number from 0 up"]),
    (
        "a flag is true or false",
        "fixes: [one]}",
        "fixes: [one], retries-payment: yes}",
        ["schema: expected true or false"],
    ),
    ("format of tomorrow", "format: 1", "format: 2", ["2:9 schema: the format is 1"]),
    (
        "two kinds in one node",
        "  days: {number",
        "  days: {do: x, number",
        ["a node is of one kind, this has number, do"],
    ),
    ("no kind", "parts: {fact: money-taken, ", "parts: {", ["a node says what it is by one of these keys"]),
    ("an unknown end", "end: hand-off", "end: handoff", ["schema: 'handoff' is not one of 'fixed', 'hand-off'"]),
    ("an empty text", 'title: {zh: "测试", en: "Test"}', 'title: {zh: "测试", en: }', ["schema: this is empty"]),
    (
        "unknown start",
        "start: first",
        "start: frist",
        ["7:8 unknown-node: there is no node 'frist'; did you mean 'first'?"],
    ),
    ("unknown target", "go: over}}}", "go: ovr}}}", ["unknown-node: there is no node 'ovr'; did you mean 'over'?"]),
    ("unknown cause", "fixes: [one]", "fixes: [one, two]", ["unknown-cause: there is no cause 'two'"]),
    (
        "unknown usual option",
        "usual: yes",
        "usual: yess",
        ["unknown-option: there is no option 'yess'; did you mean 'yes'?"],
    ),
    (
        "unknown fact",
        "fact: money-taken",
        "fact: money-token",
        ["unknown-fact: there is no fact 'money-token'; did you mean 'money-taken'?"],
    ),
    (
        "unknown option of a fact",
        "to: {yes: over}",
        "to: {maybe: over}",
        ["unknown-option: there is no option 'maybe'"],
    ),
    (
        "a fact's option without a way",
        "to: {yes: over}, else: over",
        "to: {yes: over}",
        ["fact-ways: these options of 'money-taken' lead nowhere: no, unsure"],
    ),
    ("unknown contact", "to: [police]", "to: [fbi]", ["unknown-contact: there is no contact 'fbi'"]),
    (
        "unknown thing to prepare",
        "prepare: [time]",
        "prepare: [tims]",
        ["unknown-prepare: there is no thing to prepare 'tims'; did you mean 'time'?"],
    ),
    (
        "ranges downwards",
        "{below: 3, go: over}, {go",
        "{below: 3, go: over}, {below: 2, go: over}, {go",
        ["number-range: ranges go upwards"],
    ),
    (
        "a gap at the top",
        "{below: 3, go: over}, {go: over}",
        "{below: 3, go: over}",
        ["number-range: 3 to 9 lead nowhere"],
    ),
    (
        "bounds the wrong way round",
        "between: [0, 9]",
        "between: [9, 0]",
        ["number-range: the bounds are the wrong way round"],
    ),
    ("one bound", "between: [0, 9]", "between: [0]", ["schema: "]),
    ("retry without taken", "fixes: [one]}", "fixes: [one], retries-payment: true}", ["retry-without-taken"]),
    ("unknown step", "mend: {try: " + SAY, "mend: {call: mendit", ["unknown-step: there is no step 'mendit'"]),
    (
        "unknown flow",
        f"over: {{end: hand-off, say: {SAY}, to: [police], prepare: [time]}}",
        "over: {switch: pay-faild}",
        ["unknown-flow: there is no flow 'pay-faild'; did you mean 'pay-failed'?"],
    ),
    ("a wait without a time", "end: hand-off", "end: wait", ["wait-for"]),
    ("an end that says nothing", f"say: {SAY}, to: [police]", "to: [police]", ["end-says-nothing"]),
    (
        "truth of no question",
        "basis: judgement",
        "basis: judgement, truth: {frst: yes}",
        ["truth: there is no question 'frst'; did you mean 'first'?"],
    ),
    (
        "truth is no option",
        "basis: judgement",
        "basis: judgement, truth: {first: maybe}",
        ["truth: there is no option 'maybe'"],
    ),
    (
        "truth out of bounds",
        "basis: judgement",
        "basis: judgement, truth: {days: 12}",
        ["truth: '12' is not a whole number between 0 and 9"],
    ),
    ("another name than the file's", "flow: small", "flow: smaller", ["1:7 id-is-file-name"]),
    ("yaml", "start: first", "start: [first", ["yaml"]),
    ("an alias", "start: first", "start: *first", ["7:8 strict"]),
]


@pytest.mark.parametrize(
    ("before", "after", "expected"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_mistake_is_said_at_its_place(tmp_path, before, after, expected):
    assert GOOD.count(before) == 1
    text = GOOD.replace(before, after)
    said = faults(tmp_path, text)
    for each in expected:
        assert any(each in line for line in said), said
    for line in said:
        number = int(line.partition(":")[0])
        assert 1 <= number <= len(text.splitlines())


def test_every_mistake_is_said_at_once(tmp_path):
    text = (
        GOOD.replace("usual: yes", "usual: maybe")
        .replace("fixes: [one]", "fixes: [two]")
        .replace("to: [police]", "to: [fbi]")
    )
    assert len(faults(tmp_path, text)) == 3
    text = (
        GOOD.replace("weight: 1", "weight: x")
        .replace("between: [0, 9]", "between: [a, b]")
        .replace("format: 1", "format: 3")
    )
    assert len(faults(tmp_path, text)) == 4


def test_the_caret_stands_under_the_mistake(tmp_path):
    """Also after Chinese: columns count characters."""
    said = faults(tmp_path, GOOD.replace('title: {zh: "测试", en: "Test"}', 'title: {zh: "测试", eng: "Test"}'))
    assert any(line.startswith("3:19 schema: unknown key 'eng'") for line in said), said


@pytest.mark.parametrize(("count", "said"), [(500, []), (501, ["509:3 limit: a flow has at most 500 nodes"])])
def test_at_most_500_nodes(tmp_path, count, said):
    text = packs.flow("small", "".join(f"n{each}: {{end: info, say: {SAY}}}\n" for each in range(count)), start="n0")
    if said:
        assert faults(tmp_path, text) == said
    else:
        assert len(Library(packs.write(tmp_path, {"test/small.yaml": text})).flow("small").nodes) == count


@pytest.mark.parametrize(("count", "said"), [(12, []), (13, ["9:"])])
def test_at_most_12_options(tmp_path, count, said):
    options = ", ".join(f"o{each}: {{say: {SAY}, go: over}}" for each in range(count))
    text = packs.flow("small", f"first: {{ask: {SAY}, options: {{{options}}}}}\nover: {{end: info, say: {SAY}}}\n")
    if said:
        assert [line.partition(" ")[2] for line in faults(tmp_path, text)] == [
            "limit: a question has at most 12 options"
        ]
    else:
        Library(packs.write(tmp_path, {"test/small.yaml": text})).flow("small")


def test_messages_are_in_both_languages(tmp_path):
    folder = packs.write(tmp_path, {"test/small.yaml": GOOD.replace("start: first", "start: frist")})
    with pytest.raises(Faulty) as faulty:
        Library(folder).flow("small")
    assert faulty.value.diagnostics[0].message.zh == "没有“frist”这个节点；是不是“first”？"


# --- packs


def test_another_pack_cannot_take_an_id_of_ours(tmp_path):
    folder = packs.write(tmp_path, {"x/pay-failed.yaml": GOOD})
    with pytest.raises(Faulty) as faulty:
        Library(folder).flow("small")
    assert faulty.value.diagnostics[0].rule == "id-of-ours"


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("facts.yaml", f"format: 1\nfacts:\n  wallet: {{ask: {SAY}, options: {{a: {{say: {SAY}}}}}}}\n", "id-of-ours"),
        ("contacts.yaml", "format: 1\ncontacts: {}\n", "contacts-of-ours"),
        (
            "facts.yaml",
            f"format: 1\nfacts:\n  bank-x: {{ask: {SAY}, options: {{a: {{say: {SAY}, contact: nobody}}}}}}\n",
            "unknown-contact",
        ),
    ],
)
def test_another_pack_cannot_change_ours(tmp_path, name, text, rule):
    folder = packs.write(tmp_path, {name: text, "test/small.yaml": GOOD})
    with pytest.raises(Faulty) as faulty:
        Library(folder).flow("small")
    assert faulty.value.diagnostics[0].rule == rule


def test_a_day_that_is_none_is_refused(tmp_path):
    time = f"format: 1\ntimes:\n  soon: {{minutes: 5, title: {SAY}, source: x, tier: C, verified-on: 2026-02-30, valid-for: 9}}\n"
    with pytest.raises(Faulty) as faulty:
        Library(packs.write(tmp_path, {"times.yaml": time, "test/small.yaml": GOOD})).flow("small")
    assert faulty.value.diagnostics[0].line("en").endswith("3:82: error: there is no day '2026-02-30' [date]")


def test_another_pack_adds_facts_and_is_not_ours(tmp_path):
    fact = f"format: 1\nfacts:\n  shop: {{ask: {SAY}, options: {{a: {{say: {SAY}}}}}}}\n"
    library = Library(packs.write(tmp_path, {"facts.yaml": fact, "test/small.yaml": GOOD}))
    assert {"shop", "wallet"} <= set(library.facts)
    assert not library.file("small").ours
    assert library.file("pay-failed").ours
    assert [entry.ours for entry in library.entries() if entry.flow == "small"] == [False]


def test_a_single_file_may_carry_an_id_of_ours_and_is_not_ours(tmp_path):
    copy = tmp_path / "draft.yaml"
    copy.write_bytes((home() / "payment" / "pay-failed.yaml").read_bytes())
    library = Library()
    assert library.add_file(copy) == "pay-failed"
    assert not library.file("pay-failed").ours


def test_a_file_of_ours_by_its_path_is_ours():
    library = Library()
    assert library.file(library.add_file(home() / "payment" / "pay-failed.yaml")).ours


def test_an_unknown_flow_names_the_nearest():
    with pytest.raises(Failure) as failure:
        Library().flow("pay-faild")
    assert (failure.value.code, failure.value.hint.en) == (2, "did you mean 'pay-failed'?")


# --- the cache


def test_a_cached_flow_is_the_same_and_needs_no_yaml(tmp_path):
    fresh = Library(None, tmp_path).flow("pay-failed")
    script = (
        "import sys; from pathlib import Path; from walletdoc.library import Library\n"
        f"flow = Library(None, Path({str(tmp_path)!r})).flow('pay-failed')\n"
        "assert not {'yaml', 'pydantic'} & set(sys.modules), 'not from the cache'\n"
        "print(repr(flow))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert out.stdout.strip() == repr(fresh)


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    match how:
        case "cut":
            path.write_bytes(data[:-1])
        case "flipped":
            path.write_bytes(data[:-5] + bytes([data[-5] ^ 1]) + data[-4:])
        case "empty":
            path.write_bytes(b"")
        case "others may write":
            path.chmod(0o666)
        case "a link":
            aside = path.with_suffix(".aside")
            path.rename(aside)
            path.symlink_to(aside)
        case "a fifo":
            path.unlink()
            os.mkfifo(path)


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "others may write", "a link", "a fifo"])
def test_a_cache_that_is_not_ours_to_trust_is_ignored(tmp_path, how):
    cache.store(tmp_path, "x", ("kept",))
    assert cache.load(tmp_path, "x") == ("kept",)
    damage(tmp_path / "x", how)
    assert cache.load(tmp_path, "x") is None


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert Library(None, blocked / "cache").flow("pay-failed").flow == "pay-failed"


def test_an_edit_is_seen_at_once(tmp_path):
    folder = packs.write(tmp_path / "pack", {"test/small.yaml": GOOD})
    assert Library(folder, tmp_path / "cache").flow("small").title.en == "Test"
    packs.write(folder, {"test/small.yaml": GOOD.replace('"Test"', '"Edited"')})
    assert Library(folder, tmp_path / "cache").flow("small").title.en == "Edited"


def test_a_reference_that_breaks_elsewhere_is_seen(tmp_path):
    """What a file may refer to is part of what is cached."""
    text = GOOD.replace("fact: money-taken, to: {yes: over}, else: over", "fact: shop, go: over")
    fact = f"format: 1\nfacts:\n  shop: {{ask: {SAY}, options: {{a: {{say: {SAY}}}}}}}\n"
    folder = packs.write(tmp_path / "pack", {"facts.yaml": fact, "test/small.yaml": text})
    Library(folder, tmp_path / "cache").flow("small")
    (folder / "facts.yaml").unlink()
    with pytest.raises(Faulty):
        Library(folder, tmp_path / "cache").flow("small")
