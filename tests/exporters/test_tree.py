"""The tree: every place once, every arrow once, readable in 40 columns, and as the golden files have it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from tests.exporters.drawn import OURS, SHIPPED, hostile, picture
from tests.packs import library
from walletdoc.commandline import LANGUAGES
from walletdoc.exporters.tree import TYPED, tree
from walletdoc.flow import Flow
from walletdoc.locales import say
from walletdoc.page import layout
from walletdoc.picture import Arrow, Part, Picture, Place, clip, of_flow
from walletdoc.terminal import UNLIMITED, width

GOLDEN = Path(__file__).parents[1] / "golden"


def drawn(picture_, lang, most=80, **more):
    return [each for line in tree(picture_, lang, most, **more) for each in layout(line, most)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_golden_tree(lang):
    """To write it afresh: walletdoc graph pay-failed --lang zh, with COLUMNS=80."""
    shown = "\n".join(drawn(picture("pay-failed", lang), lang)) + "\n"
    assert shown == (GOLDEN / f"pay-failed.{lang}.tree.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", [*SHIPPED, "*"])
def test_every_place_and_every_arrow_is_there_once(id_, lang):
    whole = picture(id_, lang)
    lines = drawn(whole, lang, UNLIMITED)
    for part in whole.parts:
        for place in part.places:
            kind = say(lang, f"graph.{place.kind}")
            said = say(lang, "graph.head", name=place.name, kind=kind, text=place.text).strip()
            twins = sum(
                (each.name, each.kind, each.text) == (place.name, place.kind, place.text) for each in inside(whole)
            )
            assert sum(bool(re.search(rf"(^|[ ─]){re.escape(said)}$", line)) for line in lines) == twins
    ways = {(each.source, each.target, each.kind) for each in whole.arrows()}
    assert sum(len(re.findall("[├└][─╌] ", line)) for line in lines) == len(ways)


def inside(whole):
    return [place for part in whole.parts for place in part.places]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("most", [20, 40, 80])
def test_it_fits_a_narrow_terminal(lang, most):
    for id_ in SHIPPED if most == 40 else SHIPPED[::5]:
        lines = drawn(picture(id_, lang), lang, most)
        assert max(map(width, lines)) <= most
        assert most < 40 or max(map(indent, lines)) <= most // 2


def indent(line):
    return len(line) - len(line.lstrip("├└│─╌ "))


def test_a_reference_leads_to_a_place_at_the_left_edge():
    lines = drawn(picture("pay-failed", "en"), "en", UNLIMITED)
    edge = {line.split(" ")[0] for line in lines if line[:1].isalnum()}
    titles = {line.rpartition(" · ")[2] for line in lines}
    flows = set(SHIPPED)
    seen = {line.rpartition("see ")[2] for line in lines if "→ see " in line}
    assert seen
    assert seen <= edge | titles | flows


def test_causes_calls_and_switches_are_marked():
    shown = "\n".join(drawn(picture("pay-failed", "en"), "en", UNLIMITED))
    assert re.search(
        r"already-paid \[switch\].*\n.*finds: The payment did go through\n└╌ switches to → see paid-no-order", shown
    )
    assert "└╌ does the step → see steps/check-network" in shown
    assert "fixes: Not enough money in the chosen source" in shown


def test_an_emergency_is_marked():
    first = tree(picture("account-stolen", "zh"), "zh", 80)[0]
    assert first.style == "alarm"
    assert "紧急" in first.text
    pack = "\n".join(drawn(picture("*", "zh"), "zh"))
    assert re.search(r"account-stolen【流程】.*\n.*紧急", pack)


def test_the_pack_has_every_flow_and_switch():
    shown = "\n".join(drawn(picture("*", "en"), "en", UNLIMITED))
    assert all(f"\n{id_} [flow] " in shown for id_ in SHIPPED)
    assert re.search(r"pay-failed \[flow\][^[]*The payment did go through → see paid-no-order", shown)


def test_an_encoding_without_lines_gets_typed_ones():
    shown = "\n".join(drawn(picture("pay-failed", "en"), "en", rails=TYPED))
    assert not re.search("[├└│─╌]", shown)
    assert "\n|- No, it was not taken → wallet [fact]" in shown


def test_heavy_sharing_stays_linear():
    """Four options at each of two thousand nodes, all of which lead to the next two: 10^600 ways."""
    count = 2000
    places = tuple(Place(str(at), f"n{at}", "ask", "?") for at in range(count))
    ways = tuple(
        Arrow(str(at), str(min(at + step, count - 1)), "x") for at in range(count - 1) for step in (1, 1, 2, 2)
    )
    lines = drawn(Picture((Part("f", "f", places, ways),)), "en")
    assert count < len(lines) <= count * 4


def test_a_long_chain_is_no_deeper_than_others():
    places = tuple(Place(str(at), f"n{at}", "ask", "?") for at in range(3000))
    ways = tuple(Arrow(str(at), str(at + 1), "") for at in range(2999))
    lines = drawn(Picture((Part("f", "f", places, ways),)), "en", 40)
    assert max(map(width, lines)) <= 40
    assert len([line for line in lines if "[ask]" in line]) == 3000


def test_a_circle_comes_to_an_end(tmp_path):
    shelf = library(tmp_path, round="first: {end: info, say: {zh: '好', en: 'Fine'}}")
    flow: Flow = OURS.flow("pay-failed")
    nodes = {**flow.nodes, "top-up": replace(flow.nodes["top-up"], fixed="message")}
    shelf._models["round"] = replace(flow, flow="round", nodes=nodes)
    lines = drawn(of_flow("round", shelf, "en"), "en", UNLIMITED)
    assert sum("top-up [try]" in line for line in lines) == 1


def test_another_pack_is_marked_unverified(tmp_path):
    shelf = library(tmp_path, mine="first: {end: info, say: {zh: '好', en: 'Fine'}}")
    assert "unverified" in drawn(of_flow("mine", shelf, "en"), "en")[0]


@given(hostile())
def test_no_text_breaks_out(whole):
    lines = drawn(whole, "en", UNLIMITED)
    assert not any("\n" in line or "\r" in line or "\u202e" in line for line in lines)
    assert max(map(width, drawn(whole, "en", 40))) <= 40


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("支付失败了", 10, "支付失败了"),
        ("支付失败了吗", 10, "支付失败…"),
        ("a  b\nc", 9, "a b c"),
        ("**no** money", 9, "no money"),
        ("ab", 1, "…"),
    ],
)
def test_a_text_is_cut_by_columns(text, most, short):
    assert clip(text, most) == short
    assert width(clip(text, most)) <= most
