"""Checking packs, folders and files: everything is told at its place, and nothing is raised."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import packs
from tests.rules.laid import OURS, RULES, small, stand_for_ours
from walletdoc import check as checking
from walletdoc import verdicts
from walletdoc.diagnostic import Severity
from walletdoc.failure import USAGE, Failure
from walletdoc.report import Report
from walletdoc.rules import AREAS
from walletdoc.yamlfile import parse

WARM = TemporaryDirectory()  # what was found of our own files is found once for all tests


def check(*paths, **named) -> Report:
    """Check as `walletdoc.check.check` does, through one cache unless a test names another or none."""
    return checking.check(*paths, **{"cache_folder": Path(WARM.name), **named})


DAY = date(2026, 11, 29)
NODES = """
    first:
      ask: {zh: "好了吗？", en: "Is it fine?"}
      usual: no
      options:
        yes: {say: {zh: "好了", en: "Yes"}, go: told}
        no: {say: {zh: "没好", en: "No"}, go: call}
    told: {end: info, say: {zh: "那就好。", en: "Good."}}
    call: {end: hand-off, to: [bank], causes: [one], say: {zh: "请联系银行。", en: "Contact the bank."}}
"""
CALLING = """
    first: {call: mend, fixes: [one], fixed: done, not-fixed: call}
    done: {end: fixed, say: {zh: "好了。", en: "Done."}}
    call: {end: hand-off, to: [bank], say: {zh: "请联系银行。", en: "Contact the bank."}}
"""
STEP = """
step: mend
format: 1
title: {zh: "修一下", en: "Mend it"}
start: go
nodes:
  go: {try: {zh: "重启。", en: "Restart."}, fixed: works, not-fixed: broken}
  works: {end: fixed}
  broken: {end: not-fixed}
"""
FACT = """
    first: {fact: colour, to: {red: told, blue: call}}
    told: {end: info, say: {zh: "那就好。", en: "Good."}}
    call: {end: hand-off, to: [bank], causes: [one], say: {zh: "请联系银行。", en: "Contact the bank."}}
"""
FACTS = """
format: 1
facts:
  colour:
    ask: {zh: "什么颜色？", en: "Which colour?"}
    options: {red: {say: {zh: "红", en: "Red"}}, blue: {say: {zh: "蓝", en: "Blue"}}}
  shape:
    ask: {zh: "什么形状？", en: "Which shape?"}
    options: {round: {say: {zh: "圆", en: "Round"}}}
"""
READING = {*AREAS["reading"], *AREAS["references"]}


def found(report: Report, *rules: str) -> list[tuple[str, str, int]]:
    """Return file, rule and line of the findings by these rules, by those that are no matter of style if none is given."""
    wanted = (each for each in report.found if each.rule in (rules or READING))
    return [(Path(each.path).name, each.rule, each.span.line) for each in wanted]


@pytest.fixture(autouse=True, scope="module")
def ours(tmp_path_factory) -> Iterator[Path]:
    """Return what stands for our own pack here."""
    folder = tmp_path_factory.mktemp("ours")
    with pytest.MonkeyPatch.context() as patch:
        stand_for_ours(patch, folder)
        yield small(folder / "flows")


@pytest.fixture
def pack(tmp_path) -> Path:
    files = {"a/one.yaml": packs.flow("one", NODES), "b/two.yaml": packs.flow("two", CALLING), "steps/mend.yaml": STEP}
    return packs.write(tmp_path / "pack", {**files, "facts.yaml": FACTS})


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    """Return the first line of a file that has a text."""
    return next(at for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


# --- what is checked


def test_our_own_pack_is_checked_if_none_is_named(monkeypatch):
    stand_for_ours(monkeypatch, OURS.parent)
    report = check([], DAY)
    assert found(report) == []
    assert report.files == sum(1 for _ in OURS.rglob("*.yaml"))


def test_a_named_pack_is_checked_alone(pack):
    report = check([pack], DAY)
    assert found(report) == []
    assert report.files == 4
    assert check([], DAY, pack) == report


@pytest.mark.parametrize(("path", "files"), [("a", 1), ("a/one.yaml", 1), ("steps", 1), ("facts.yaml", 1), (".", 4)])
def test_a_part_of_a_pack_gets_its_own_findings_with_the_pack_around_it(pack, path, files):
    for each in ("a/one.yaml", "b/two.yaml"):
        edit(pack / each, "[bank]", "[bnak]")
    edit(pack / "steps/mend.yaml", "start: go", "start: og")
    edit(pack / "facts.yaml", "format: 1", "format: 2")
    part, whole = check([pack / path], DAY), check([pack], DAY)
    assert part.files == files
    inside = (pack / path).resolve()
    assert part.found == tuple(each for each in whole.found if Path(each.path).is_relative_to(inside))
    assert part.found


def test_several_paths_are_checked_together_and_each_once(pack):
    edit(pack / "a/one.yaml", "[bank]", "[bnak]")
    once = check([pack / "a"], DAY)
    assert check([pack / "a", pack / "a/one.yaml", pack / "a/../a"], DAY) == once


def test_a_file_in_no_pack_is_checked_beside_ours(tmp_path):
    lone = packs.write(tmp_path, {"lone.yaml": (RULES / "example.yaml").read_text(encoding="utf-8")}) / "lone.yaml"
    assert found(check([lone], DAY)) == []
    edit(lone, "go: refresh", "go: refersh")
    assert found(check([lone], DAY)) == [("lone.yaml", "unknown-node", line_of(lone, "refersh"))]


def test_a_step_in_no_pack_is_checked_as_one(tmp_path):
    lone = packs.write(tmp_path, {"mend.yaml": STEP}) / "mend.yaml"
    assert found(check([lone], DAY)) == []
    edit(lone, "end: fixed", "end: info")
    assert found(check([lone], DAY)) == [("mend.yaml", "step-end", line_of(lone, "end: info"))]


def test_a_file_in_no_pack_finds_what_is_in_the_one_that_was_named(pack, tmp_path):
    lone = packs.write(tmp_path, {"lone.yaml": packs.flow("lone", CALLING)}) / "lone.yaml"
    assert found(check([lone], DAY, pack)) == []
    assert found(check([lone], DAY)) == [("lone.yaml", "unknown-step", line_of(lone, "call: mend"))]


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Failure) as raised:
        check([tmp_path / "none"], DAY)
    assert raised.value.code == USAGE


def test_a_folder_without_a_flow_is_refused(tmp_path):
    with pytest.raises(Failure, match="no flow"):
        check([tmp_path], DAY)


def test_a_link_to_our_pack_is_our_pack(tmp_path, ours):
    (tmp_path / "link").symlink_to(ours)
    assert check([tmp_path / "link"], DAY) == check([], DAY)


def test_paths_are_relative_to_the_current_folder_if_they_are_in_it(pack, monkeypatch, tmp_path):
    edit(pack / "a/one.yaml", "[bank]", "[bnak]")
    monkeypatch.chdir(pack)
    assert told_in(check([Path()], DAY)) == {"a/one.yaml"}
    monkeypatch.chdir(tmp_path)
    assert told_in(check([Path("pack/a")], DAY)) == {"pack/a/one.yaml"}
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")
    assert told_in(check([Path("../pack")], DAY)) == {str(pack / "a/one.yaml")}


def told_in(report: Report) -> set[str]:
    return {each.path for each in report.found if each.rule in READING}


# --- what is told


def test_findings_stand_in_the_order_of_path_and_place(pack):
    for each in ("b/two.yaml", "a/one.yaml"):
        edit(pack / each, "[bank]", "[bnak, banc]")
        edit(pack / each, "start: first", "start: frist")
    report = check([pack], DAY)
    places = [(each.path, each.span) for each in report.found]
    assert places == sorted(places)
    assert len(found(report)) == 6


def test_all_that_a_file_says_wrong_is_told_together(pack):
    edit(pack / "a/one.yaml", "go: told", "go: tolled")
    edit(pack / "a/one.yaml", 'en: "Is it fine?"', 'en: "好了吗？"')
    rules = {each.rule for each in check([pack / "a"], DAY).found}
    assert {"unknown-node", "missing-translation"} <= rules


def test_proofs_wait_until_every_reference_leads_somewhere(pack):
    edit(pack / "a/one.yaml", "causes: [one]", "causes: []")
    assert "cause-lost" in {each.rule for each in check([pack / "a"], DAY).found}
    edit(pack / "a/one.yaml", "[bank]", "[bnak]")
    assert found(check([pack / "a"], DAY), "unknown-contact", "cause-lost") == [
        ("one.yaml", "unknown-contact", line_of(pack / "a/one.yaml", "bnak"))
    ]


def test_a_step_with_mistakes_is_told_of_where_it_is_called(pack):
    edit(pack / "steps/mend.yaml", "start: go", "start: og")
    calls = ("two.yaml", "unread-step", line_of(pack / "b/two.yaml", "call: mend"))
    assert found(check([pack], DAY)) == [
        calls,
        ("mend.yaml", "unknown-node", line_of(pack / "steps/mend.yaml", "start: og")),
    ]
    assert found(check([pack / "b"], DAY)) == [calls]


def test_a_step_is_also_read_for_those_that_it_calls(pack):
    packs.write(
        pack,
        {
            "steps/outer.yaml": STEP.replace("step: mend", "step: outer").replace(
                'go: {try: {zh: "重启。", en: "Restart."}', "go: {call: mend"
            )
        },
    )
    edit(pack / "b/two.yaml", "call: mend", "call: outer")
    assert found(check([pack], DAY)) == []
    edit(pack / "steps/mend.yaml", "start: go", "start: og")
    assert found(check([pack / "b"], DAY)) == [("two.yaml", "unread-step", line_of(pack / "b/two.yaml", "call: outer"))]


@pytest.mark.parametrize("registry", ["facts", "contacts", "prepare", "times"])
def test_a_registry_that_is_no_yaml_is_told_of_and_hides_no_other_mistake(tmp_path, monkeypatch, registry):
    small(tmp_path / "flows")
    stand_for_ours(monkeypatch, tmp_path)
    (tmp_path / f"flows/{registry}.yaml").write_text("{", encoding="utf-8")
    edit(tmp_path / "flows/payment/paid-no-order.yaml", "go: waited}", "go: wiated}")
    report = check([], DAY)
    told = {(name, rule) for name, rule, _ in found(report)}
    assert {("paid-no-order.yaml", "unknown-node"), (f"{registry}.yaml", "yaml")} <= told
    assert not {f"unknown-{each}" for each in ("fact", "contact", "prepare", "time")} & {rule for _, rule in told}


def test_an_entry_that_can_not_be_used_leaves_all_others_as_they_are(pack):
    packs.write(
        pack,
        {"c/three.yaml": packs.flow("three", FACT), "c/four.yaml": packs.flow("four", FACT.replace("colour", "sharp"))},
    )
    four = ("four.yaml", "unknown-fact", line_of(pack / "c/four.yaml", "sharp"))
    assert found(check([pack], DAY)) == [four]
    edit(pack / "facts.yaml", 'ask: {zh: "什么颜色？", en: "Which colour?"}', "ask: no")
    assert found(check([pack], DAY)) == [four, ("facts.yaml", "schema", line_of(pack / "facts.yaml", "ask: no"))]
    edit(pack / "c/three.yaml", "red: told", "red: tolled")
    assert ("three.yaml", "unknown-node") in {each[:2] for each in found(check([pack], DAY))}


def test_a_file_that_can_not_be_read_is_told_of(pack):
    os.mkfifo(pack / "a/pipe.yaml")
    (pack / "a/large.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    (pack / "prepare.yaml").mkdir()
    told = [("large.yaml", "unreadable", 1), ("pipe.yaml", "unreadable", 1), ("prepare.yaml", "unreadable", 1)]
    assert found(check([pack], DAY)) == told


def test_two_files_with_one_id_are_told_of_at_the_second(pack):
    shutil.copy(pack / "a/one.yaml", pack / "b/one.yaml")
    told = [(each.path, each.rule) for each in check([pack], DAY).found if each.rule in READING]
    assert told == [(str(pack / "b/one.yaml"), "id-twice")]


def test_an_id_of_ours_is_told_of(pack):
    packs.write(pack, {"a/paid-no-order.yaml": packs.flow("paid-no-order", NODES)})
    assert found(check([pack], DAY)) == [("paid-no-order.yaml", "id-of-ours", 1)]


def test_a_comment_silences_and_one_that_does_not_is_told_of(pack):
    edit(pack / "a/one.yaml", "causes: [one]", "causes: []")
    (lost,) = [each for each in check([pack / "a"], DAY).found if each.rule == "cause-lost"]
    lines = (pack / "a/one.yaml").read_text(encoding="utf-8").splitlines()
    lines[lost.span.line - 1] += "  # walletdoc: ignore[cause-lost] to see it go"
    (pack / "a/one.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert found(check([pack / "a"], DAY), "cause-lost", "unused-ignore") == []
    edit(pack / "a/one.yaml", "causes: []", "causes: [one]")
    assert found(check([pack / "a"], DAY), "unused-ignore") == [("one.yaml", "unused-ignore", lost.span.line)]


def test_a_comment_also_silences_what_shows_only_across_files(pack):
    head = 'phrases: {zh: ["测试一下"], en: ["just a test"]}'
    assert ("two.yaml", "shared-phrase", 4) in found(check([pack], DAY), "shared-phrase")
    edit(pack / "b/two.yaml", head, head + "  # walletdoc: ignore[shared-phrase, few-phrases] only a test")
    assert found(check([pack / "b"], DAY), "shared-phrase", "few-phrases", "unused-ignore") == []


# --- what is kept


@pytest.fixture
def kept(tmp_path) -> Path:
    return tmp_path / "cache"


def test_what_was_found_is_found_again_from_the_cache_alone(pack, kept, monkeypatch):
    edit(pack / "a/one.yaml", "[bank]", "[bnak]")
    report = check([pack], DAY, cache_folder=kept)
    monkeypatch.setattr("walletdoc.check._found", None)
    assert check([pack], DAY, cache_folder=kept) == report


@pytest.mark.parametrize(
    "change",
    [
        lambda pack: edit(pack / "a/one.yaml", "[bank]", "[bnak]"),
        lambda pack: edit(
            pack / "steps/mend.yaml", "fixed: works, not-fixed: broken", "fixed: broken, not-fixed: works"
        ),
        lambda pack: (pack / "steps/mend.yaml").unlink(),
        lambda pack: edit(pack / "facts.yaml", "colour", "color"),
        lambda pack: packs.write(pack, {"c/more.yaml": packs.flow("more", "")}),
        lambda pack: (pack / "b/two.yaml").rename(pack / "b/2.yaml"),
    ],
    ids=["a flow", "a step", "no step", "a fact", "one more", "a name"],
)
def test_a_change_is_seen(pack, kept, change):
    packs.write(pack, {"c/three.yaml": packs.flow("three", FACT)})
    check([pack], DAY, cache_folder=kept)
    change(pack)
    report = check([pack], DAY, cache_folder=kept)
    assert report == check([pack], DAY, cache_folder=None)
    assert found(report, *READING, "fixed-exit")


def test_the_day_counts(kept, ours):
    for day in (DAY, date(2036, 1, 1), DAY):
        assert check([ours], day, cache_folder=kept) == check([ours], day, cache_folder=None)
    assert check([ours], date(2036, 1, 1), cache_folder=kept) != check([ours], DAY, cache_folder=kept)


def test_only_what_changed_is_judged_anew(pack, kept, monkeypatch):
    check([pack], DAY, cache_folder=kept)
    judged = []
    judge_file = verdicts._verdict
    monkeypatch.setattr(
        verdicts, "_verdict", lambda file, judge, **more: judged.append(file.id) or judge_file(file, judge, **more)
    )
    edit(pack / "a/one.yaml", "[bank]", "[bnak]")
    assert found(check([pack], DAY, cache_folder=kept)) == [
        ("one.yaml", "unknown-contact", line_of(pack / "a/one.yaml", "bnak"))
    ]
    assert judged == ["one"]


@pytest.mark.parametrize("harm", [b"", b"\0" * 40, b"x" * 200])
def test_a_damaged_cache_is_no_cache(pack, kept, harm):
    report = check([pack], DAY, cache_folder=kept)
    for path in kept.iterdir():
        path.write_bytes(harm)
    assert check([pack], DAY, cache_folder=kept) == report


def test_a_cache_that_can_not_be_written_is_no_cache(pack, tmp_path):
    (tmp_path / "file").write_text("")
    assert check([pack], DAY, cache_folder=tmp_path / "file/cache") == check([pack], DAY, cache_folder=None)


# --- in several processes


def test_several_processes_find_what_one_does(tmp_path, monkeypatch):
    monkeypatch.setattr("walletdoc.verdicts.MANY", 1)
    small(tmp_path / "flows")
    stand_for_ours(monkeypatch, tmp_path)
    for path in (tmp_path / "flows").rglob("*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("en: ", "en:  ", 1).replace('zh: "', 'zh: "好?', 3), encoding="utf-8")
    one = check([], DAY, processes=1, cache_folder=None)
    assert len(one.found) > 5
    assert check([], DAY, processes=2, cache_folder=None) == one


# --- whatever a file holds


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def judged(folder: Path, data: bytes, *, step: bool = False) -> Report:
    """Check a file with this content, in a pack."""
    path = folder / ("steps" if step else "any") / "example.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    report = check([path], DAY, cache_folder=folder / "cache")
    assert all(each.severity in Severity for each in report.found)
    return report


FAST = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@FAST
@given(data=st.binary(max_size=300))
def test_any_bytes_are_judged(hostile, data):
    judged(hostile, data)


def mutated(text: str, draw: random.Random) -> str:
    """Return a file with some of its lines or words taken from elsewhere in it."""
    lines = text.split("\n")
    for _ in range(draw.randint(1, 4)):
        at, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        match draw.randrange(5):
            case 0:
                lines[at] = lines[other]
            case 1:
                del lines[at]
            case 2:
                words, others = lines[at].split(" "), lines[other].split(" ")
                words[draw.randrange(len(words))] = draw.choice(others)
                lines[at] = " ".join(words)
            case 3:
                lines[at] = lines[at].replace(draw.choice("[]{},:\"'"), draw.choice(["", "[]", "{}", "~", '""']), 1)
            case _:
                lines[at] = " " * draw.randrange(8) + lines[other].strip()
        lines = lines or [""]
    return "\n".join(lines)


def places(value: object) -> list[tuple[object, object]]:
    """Return every place of a file's value: a list or mapping, and the index or key in it."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *places(value[key]))]


def rearranged(value: dict[str, object], draw: random.Random) -> dict[str, object]:
    """Return a file's value with one thing in it taken away, or put in the place of another."""
    value = json.loads(json.dumps(value))
    (holder, key), (other, its) = draw.choices(places(value), k=2)
    match draw.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[draw.choice([str(its), "~", f"{key}x"])] = json.loads(json.dumps(other[its]))
        case 2:
            holder[key] = draw.choice(["", "0", "yes", "nowhere", [], {}, [str(key)], {str(key): "a"}])
        case _:
            holder[key] = json.loads(json.dumps(other[its]))
    return value


@pytest.mark.parametrize("base", ["example.yaml", "example-step.yaml"])
def test_mutated_files_are_judged(hostile, base):
    draw = random.Random(f"seeded for {base}")
    text = (RULES / base).read_text(encoding="utf-8").replace("example-step", "example")
    step = "step" in base
    times = 5 if step else 8  # what calls a step is judged with it, and takes longer
    for _ in range(times):
        judged(hostile, mutated(text, draw).encode(), step=step)
    value = parse(text.encode(), base).value
    reports = [judged(hostile, json.dumps(rearranged(value, draw)).encode(), step=step) for _ in range(3 * times)]
    assert len({each.rule for report in reports for each in report.found}) > (3 if step else 5)


@pytest.mark.campaign
def test_a_campaign_of_mutated_files_is_judged(hostile, request):
    whole = "campaign" in request.config.getoption("markexpr")
    each = 200 if whole else 1
    for path in sorted(OURS.rglob("*/*.yaml"))[:: 1 if whole else 6]:
        draw, step = random.Random(path.name), path.parent.name == "steps"
        text = path.read_text(encoding="utf-8").replace(f": {path.stem}\n", ": example\n", 1)
        value = parse(text.encode(), path.name).value
        for _ in range(each):
            judged(hostile, mutated(text, draw).encode(), step=step)
            judged(hostile, json.dumps(rearranged(value, draw)).encode(), step=step)


@pytest.mark.campaign
@pytest.mark.parametrize("registry", ["facts", "contacts", "prepare", "times"])
def test_mutated_registries_are_judged(tmp_path, monkeypatch, registry, request):
    small(tmp_path / "flows")
    stand_for_ours(monkeypatch, tmp_path)
    path = tmp_path / f"flows/{registry}.yaml"
    text = path.read_text(encoding="utf-8")
    draw = random.Random(registry)
    value = parse(text.encode(), registry).value
    for _ in range(20 if "campaign" in request.config.getoption("markexpr") else 1):
        path.write_text(mutated(text, draw), encoding="utf-8")
        check([], DAY, cache_folder=tmp_path / "cache")
        path.write_text(json.dumps(rearranged(value, draw)), encoding="utf-8")
        check([], DAY, cache_folder=tmp_path / "cache")


def test_links_in_a_circle_are_told_of_and_lead_nowhere(tmp_path):
    pack = packs.write(tmp_path / "pack", {"help/small.yaml": packs.flow("small", NODES)})
    (pack / "help/round.yaml").symlink_to("round.yaml")
    (pack / "help/up").symlink_to("..")
    (pack / "again").symlink_to(".")
    report = check([pack], DAY)
    assert report.files == 2
    assert [each.path.rpartition("/")[2] for each in report.found if each.rule == "unreadable"] == ["round.yaml"]
    assert not any(each.rule == "id-twice" for each in report.found)
