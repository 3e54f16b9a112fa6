"""DOT: every edge once, and every line in the grammar; Graphviz itself reads it where it is installed."""

import re
import shutil
import subprocess
from collections import Counter
from html import unescape

import pytest
from hypothesis import given

from tests.exporters.drawn import SHIPPED, hostile, picture
from walletdoc.commandline import LANGUAGES
from walletdoc.exporters import mermaid
from walletdoc.exporters.dot import SHAPES, dot

STRING = r'"(?:[^"\\\n]|\\.)*"'
VALUE = rf"(?:[\w.]+|{STRING})"
ATTRIBUTES = rf"\[\w+={VALUE}(?:, \w+={VALUE})*\]"
PLACE = re.compile(rf"\s+(n[0-9]+) ({ATTRIBUTES});")
ARROW = re.compile(rf"\s+(n[0-9]+) -> (n[0-9]+) ({ATTRIBUTES});")
OTHER = re.compile(rf"digraph walletdoc {{|\s+subgraph cluster_[0-9]+ {{|\s+(?:graph|node|edge) {ATTRIBUTES};|\s*}}")
GRAPHVIZ = shutil.which("dot")


def read(lines):
    """Return the places and arrows of a graph, each of whose lines is one of those that there may be."""
    places, arrows = {}, []
    for line in lines:
        if place := PLACE.fullmatch(line):
            assert place[1] not in places
            places[place[1]] = place[2]
        elif arrow := ARROW.fullmatch(line):
            arrows.append(arrow.groups())
        else:
            assert OTHER.fullmatch(line), line
    assert sum(line.endswith("{") for line in lines) == sum(line.strip() == "}" for line in lines)
    return places, arrows


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", [*SHIPPED, "*"])
def test_every_edge_is_there_once(id_, lang):
    drawn = picture(id_, lang)
    places, arrows = read(dot(drawn, lang))
    names = dict(zip((place.key for place in drawn.places()), places, strict=True))
    expected = Counter((names[each.source], names[each.target], each.kind != "answer") for each in drawn.arrows())
    assert Counter((source, target, "style=dashed" in look) for source, target, look in arrows) == expected


@given(hostile())
def test_no_text_breaks_out_and_each_means_itself(drawn):
    places, arrows = read(dot(drawn, "en"))
    assert (len(places), len(arrows)) == (3, 3)
    for place, look in zip(drawn.places(), places.values(), strict=True):
        escaped = re.search(rf"label=({STRING})", look)[1][1:-1]
        said = re.sub(r"\\(.)", lambda each: " " if each[1] == "n" else each[1], escaped)
        assert said.count("&") == len(re.findall("&amp;", said))
        assert "".join(place.text.split()) in "".join(unescape(said).split()) or "&" in place.text


def test_an_emergency_is_marked():
    lines = dot(picture("account-stolen", "en"), "en")
    assert any(line.strip().startswith("graph [label=") and "color" in line for line in lines)


def test_every_kind_has_a_shape():
    assert set(SHAPES) == set(mermaid.SHAPES)


@pytest.mark.skipif(GRAPHVIZ is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("id_", [*SHIPPED, "*"])
def test_graphviz_draws_it(id_):
    text = "\n".join(dot(picture(id_, "zh"), "zh"))
    done = subprocess.run([GRAPHVIZ, "-Tsvg"], input=text.encode(), capture_output=True, check=True, timeout=60)
    assert b"<svg" in done.stdout
    assert done.stderr == b""
