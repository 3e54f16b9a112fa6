"""The booklet: on paper every answer leads to an entry that is there, and nothing of the flow is left out."""

import re
from dataclasses import fields
from datetime import date
from itertools import pairwise

import pytest

from tests.packs import flow, say, write
from walletdoc.commandline import LANGUAGES
from walletdoc.exporters.booklet import _letters, booklet
from walletdoc.flow import Call, Option
from walletdoc.library import Library
from walletdoc.page import WIDEST, layout
from walletdoc.terminal import width
from walletdoc.text import Lines, Text

TODAY = date(2026, 11, 25)
OURS = Library()  # one for all tests: each reads the flows that it is asked for once
SHIPPED = [file.id for file in OURS.flows]
EVERY_KIND = """
    first:
      fact: urged
      to: {yes: stop, no: money}
      else: wait
    money: {fact: wallet, go: days}
    days:
      number: {zh: "几天了？", en: "How many days?"}
      between: [0, 30]
      ranges: [{below: 1, go: message}, {below: 3, go: wait}, {go: mend}]
      unsure: wait
    message:
      ask: {zh: "提示什么？", en: "What does it say?"}
      how: {zh: "看截图。", en: "Look at a screenshot."}
      why: {zh: "提示有用。", en: "It helps."}
      options:
        short: {say: {zh: "余额不足", en: "Not enough"}, go: top-up}
        other: {say: {zh: "别的", en: "Else"}, go: hand}
    top-up:
      try: {zh: "充值。", en: "Top up."}
      steps: {zh: ["打开{wallet.name}。", "充值。"], en: ["Open {wallet.name}.", "Top up."]}
      warning: {zh: "别多付。", en: "Not twice."}
      risk: destructive
      fixes: [one]
      fixed: done
      not-fixed: freeze
    freeze:
      do: {zh: "冻结。", en: "Freeze."}
      protects: true
      done: mend
      cannot: hand
    mend: {call: outer, fixed: done, not-fixed: over}
    over: {switch: pay-failed}
    done: {end: fixed, say: {zh: "好了。", en: "Fine."}, prevent: {zh: "先看余额。", en: "Look first."}}
    hand:
      end: hand-off
      to: [wallet, merchant]
      causes: [one]
      prepare: [time, amount]
      say:
        zh: "找{wallet.name}：{wallet.hotline}。{merchant.way}。"
        en: "{wallet.name}: {wallet.hotline}. {merchant.way}."
    wait:
      end: wait
      for: {time: refund-card}
      again: days
      say: {zh: "等{time.refund-card}。", en: "Wait {time.refund-card}."}
    stop: {end: stop, say: {zh: "停下。", en: "Stop."}}
"""
OUTER = f"""
step: outer
format: 1
title: {say("outer title")}
start: in
nodes:
  in: {{call: inner, fixed: fine, not-fixed: bad}}
  fine: {{end: fixed}}
  bad: {{end: not-fixed}}
"""
INNER = f"""
step: inner
format: 1
title: {say("inner title")}
start: in
nodes:
  in: {{try: {say("try this")}, fixed: fine, not-fixed: bad}}
  fine: {{end: fixed}}
  bad: {{end: not-fixed}}
"""

INNER_CALL = """
step: {id}
format: 1
title: {{zh: "{id}", en: "{id}"}}
start: in
nodes:
  in: {{call: {other}, fixed: fine, not-fixed: fine}}
  fine: {{end: fixed}}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    files = {
        "test/every.yaml": flow("every", EVERY_KIND),
        "steps/outer.yaml": OUTER.lstrip(),
        "steps/inner.yaml": INNER.lstrip(),
    }
    return Library(write(tmp_path_factory.mktemp("pack"), files))


def text(id_, library, lang, most=WIDEST) -> str:
    lines = booklet(id_, library, lang, TODAY)
    return "\n".join(each for line in lines for each in layout(line, most))


def entries(printed: str) -> dict[str, str]:
    """Return the entries of a booklet by their numbers."""
    parts = re.split(r"^([A-Z]*[0-9]+)\.\s", printed, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def test_every_kind_says_where_to_go_on(library):
    found = entries(text("every", library, "zh"))
    number = {said.splitlines()[0]: number for number, said in found.items()}
    assert f"- 余额不足 → 第 {number['充值。']} 条" in found[number["提示什么？"]]
    days = found[number["几天了？"]]
    assert f"- 0 → 第 {number['提示什么？']} 条" in days
    wait = next(at for at, said in found.items() if said.startswith("先等一等"))
    assert f"- 1–2 → 第 {wait} 条" in days
    assert re.search(r"- 3–30 → 第 [0-9]+ 条", days)
    assert "A 部分“outer title”" in found[re.search(r"- 3–30 → 第 ([0-9]+) 条", days)[1]]
    assert f"第 {number['几天了？']} 条" in found[wait]
    assert f"- 说不准 → 第 {wait} 条" in found["1"]


def test_texts_of_every_kind_are_there(library):
    found = text("every", library, "en")
    for said in (
        "Look at a screenshot.",
        "It helps.",
        "(1) Open your wallet.",
        "Careful: Not twice.",
        "This can't be undone",
        "This step protects your money",
        "walletdoc show pay-failed",
        "How to avoid it next time: Look first.",
        "What it may be: One",
        "When it was paid or went wrong; The amount",
    ):
        assert said in found


def test_steps_are_parts_each_printed_once(library):
    found = text("every", library, "en")
    assert found.count("Part A: outer title") == found.count("Part B: inner title") == 1
    assert "Do part B (inner title)" in entries(found)["A1"]
    assert "choose “It worked, solved”" in found


def test_what_is_not_known_on_paper_is_said_in_words(library):
    found = text("every", library, "zh")
    assert "找你的钱包：见最后的“联系方式”。在原来的订单页里点“联系商家”。" in found
    assert "等3 个工作日" in found
    assert not re.search(r"[{}…]", found)


def test_contacts_that_may_be_meant_stand_at_the_end(library):
    found = text("every", library, "en")
    contacts = found[found.index("\nContacts\n") :]
    for number in ("95188", "95017", "95516"):
        assert number in contacts
    assert "12315" not in contacts
    assert found.index("Whoever asks: never give, never do") < found.index("\nContacts\n")


def test_an_option_out_of_scope_says_so_where_it_is_chosen(library):
    assert re.search(
        r"- A cryptocurrency wallet: Cryptocurrency wallets are not covered here", text("every", library, "en")
    )


def test_paying_again_is_said():
    assert text("pay-failed", OURS, "en").count("This pays once more.") > 5


def test_steps_in_a_circle_come_to_an_end(tmp_path):
    steps = {f"steps/{id_}.yaml": INNER_CALL.format(id=id_, other=other).lstrip() for id_, other in ("ab", "ba")}
    nodes = "first: {call: a, fixed: done, not-fixed: done}\ndone: {end: fixed, say: {zh: '好', en: 'Fine'}}"
    library = Library(write(tmp_path, steps | {"test/circle.yaml": flow("circle", nodes)}))
    assert text("circle", library, "en").count("Part A: ") == 1


def test_another_pack_is_marked_unverified(library):
    for lang, mark in (("zh", "未经核实"), ("en", "Unverified")):
        assert mark in text("every", library, lang)
        assert mark not in text("pay-failed", library, lang)


def test_an_emergency_is_marked(library):
    assert "紧急" in text("account-stolen", library, "zh").splitlines()[1]


def test_a_stale_contact_is_marked(library):
    old = booklet("pay-failed", library, "en", date(2030, 1, 1))
    assert {line.style for line in old if "Verified too long ago" in line.text} == {"doubt"}
    assert not any("Verified too long ago" in line.text for line in booklet("pay-failed", library, "en", TODAY))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", SHIPPED)
def test_a_shipped_flow_has_an_entry_for_every_node_and_every_arrow_arrives(id_, lang):
    printed = text(id_, OURS, lang)
    found = entries(printed)
    flow_ = OURS.flow(id_)
    assert {str(at) for at in range(1, len(flow_.nodes) + 1)} == {number for number in found if number.isdecimal()}
    arrow = re.compile(r"→ (?:第 |go to )([A-Z]*[0-9]+)")
    targets = arrow.findall(printed)
    assert targets
    assert set(targets) <= set(found)
    calls = {node.call for node in flow_.nodes.values() if isinstance(node, Call)}
    assert len([line for line in printed.splitlines() if re.match(r"[A-Z] 部分：|Part [A-Z]: ", line)]) >= len(calls)
    assert not re.search(r"[{}]", printed)


def test_what_goes_on_in_the_next_line_stands_under_the_words():
    lines = [each for line in booklet("pay-failed", OURS, "en", TODAY) for each in layout(line, 40)]
    marked = re.compile(r" {6}(?:-|\(\d+\)) ")
    after = [next_ for line, next_ in pairwise(lines) if marked.match(line) and next_ and not marked.match(next_)]
    assert len(after) > 20
    assert all(re.match(r" {8,10}\S", line) for line in after)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("most", [20, 40, 76])
def test_nothing_is_cut_however_narrow_the_paper(lang, most):
    lines = [each for line in booklet("account-stolen", OURS, lang, TODAY) for each in layout(line, most)]
    assert max(map(width, lines)) <= most
    packed = "".join("".join(lines).split())
    for node in OURS.flow("account-stolen").nodes.values():
        for said in said_by(node, lang):
            if "{" not in said:
                assert "".join(said.split()) in packed


def said_by(node, lang):
    """Yield every text of a node in a language."""
    for each in (getattr(node, field.name) for field in fields(node)):
        match each:
            case Text():
                yield each.of(lang)
            case Lines():
                yield from each.of(lang)
            case dict():
                yield from (option.say.of(lang) for option in each.values() if isinstance(option, Option))


def test_parts_go_on_after_z():
    assert [_letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
