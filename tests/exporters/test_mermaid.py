"""Mermaid: every edge once, and no text that means anything to Mermaid."""

import re
from collections import Counter
from typing import get_args

import pytest
from hypothesis import given

from tests.exporters.drawn import SHIPPED, hostile, picture
from walletdoc.commandline import LANGUAGES
from walletdoc.exporters.mermaid import SHAPES, mermaid
from walletdoc.picture import PlaceKind

LABEL = r'"[^"\n]+"'
SHAPE = "|".join({re.escape(opening) + LABEL + re.escape(closing) for opening, closing in SHAPES.values()})
PLACE = re.compile(rf"\s+(n[0-9]+)({SHAPE})")
ARROW = re.compile(rf"\s+(n[0-9]+) (-->|-\.->)(?:\|({LABEL})\|)? (n[0-9]+)")
OTHER = re.compile(rf"flowchart TD|\s+subgraph p[0-9]+\[{LABEL}\]|  end|  classDef [\w ,:#-]+|  class [pn0-9,]+ \w+")


def read(lines):
    """Return the places and arrows of a flowchart, each of whose lines is one of those that there may be."""
    places, arrows = {}, []
    for line in lines:
        if place := PLACE.fullmatch(line):
            assert place[1] not in places
            places[place[1]] = place[2]
        elif arrow := ARROW.fullmatch(line):
            arrows.append((arrow[1], arrow[4], arrow[2], arrow[3]))
        else:
            assert OTHER.fullmatch(line), line
    return places, arrows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", [*SHIPPED, "*"])
def test_every_edge_is_there_once(id_, lang):
    drawn = picture(id_, lang)
    places, arrows = read(mermaid(drawn, lang))
    names = dict(zip((place.key for place in drawn.places()), places, strict=True))
    expected = Counter((names[each.source], names[each.target], each.kind != "answer") for each in drawn.arrows())
    assert Counter((source, target, line == "-.->") for source, target, line, _ in arrows) == expected


def test_a_node_says_its_kind_its_id_and_what_it_finds():
    lines = "\n".join(mermaid(picture("pay-failed", "zh"), "zh"))
    assert '{{"问 · message<br/>付款页面提示了什么？"}}' in lines
    assert "找到：其实钱已经扣了" in lines
    assert re.search(r'n[0-9]+ -->\|"余额不足"\| n[0-9]+', lines)
    assert re.search(r'n[0-9]+ -\.->\|"转到流程"\| n[0-9]+', lines)


def test_an_emergency_and_what_protects_is_marked():
    drawn = picture("account-stolen", "en")
    alarms = next(line for line in mermaid(drawn, "en") if line.endswith(" alarm")).split()[1].split(",")
    assert "p0" in alarms
    assert len(alarms) > 5


@given(hostile())
def test_no_text_breaks_out(drawn):
    lines = mermaid(drawn, "en")
    places, arrows = read(lines)
    assert (len(places), len(arrows)) == (3, 3)
    for label in re.findall(LABEL, "\n".join(lines)):
        said = label.strip('"').replace("<br/>", "\n")
        assert not re.search(r"[<>&`{}|\\\[\]%*_ﬂ°¶ß]", re.sub("#[0-9]+;", "", said))
        assert not re.search("#(?![0-9]+;)", said)


@pytest.mark.parametrize(("text", "label"), [("1. go", "1#46; go"), ("- a", "#45; a"), ("x-y: 1.5", "x-y: 1.5")])
def test_what_looks_like_a_list_is_none(text, label):
    from walletdoc.exporters.mermaid import _text

    assert _text(text) == label


def test_every_kind_has_a_shape():
    first, ends = get_args(PlaceKind)
    assert set(SHAPES) == {*get_args(first), *get_args(ends)}
