import re

import pytest

from tests.rules.asked import AS_OF, OURS, example, ours, subject
from walletdoc.subject import PackSubject, Prose, Said, Texts, pairs
from walletdoc.text import Lines, Text
from walletdoc.yamlfile import parse


def said(*texts: str) -> Prose:
    return Prose(Said(("nodes", str(at), "how", "en"), "en", "how", text) for at, text in enumerate(texts))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("b+", [("0", "b"), ("0", "bb"), ("2", "b")]),
        ("a", [("0", "a")]),
        ("c$", [("3", "c")]),
        ("z", []),
        ("[^a]$", [("3", "c")]),
    ],
)
def test_a_pattern_is_found_in_the_text_that_it_is_in(pattern, found):
    prose = said("abxbb", "", "b", "c")
    assert [(each.where[1], match[0]) for each, match in prose.find(re.compile(pattern))] == found


def test_every_text_of_a_flow_with_its_place_and_slot():
    flow = subject(example())
    for each in flow.said:
        value = flow.document.value
        for part in each.where:
            value = value[part]
        assert value == each.text
        assert each.slot == next(
            part for part in reversed(each.where) if part not in ("zh", "en") and isinstance(part, str)
        )
    quoted = re.findall(r'"[^"]*"', example())
    assert len(flow.said) == len(quoted)


def test_both_languages_are_together_and_apart():
    value = {
        "a": Text(zh="甲", en="A"),
        "b": Lines(("乙", "丙"), ("B",)),
        "c": Text(zh="一", en="一"),
        "d": 3,
        "e": None,
    }
    texts = Texts(pairs(value, ("top",)))
    assert [each.where for each in texts.pairs] == [("top", "a"), ("top", "b"), ("top", "c")]
    assert [each.text for each in texts.prose["zh"].texts] == ["甲", "乙", "丙", "一"]
    assert [each.where for each in texts.said if each.lang == "en"] == [
        ("top", "a", "en"),
        ("top", "b", "en", 0),
        ("top", "c", "en"),
    ]
    assert texts.untranslated == {("top", "c", "zh"), ("top", "c", "en")}


def test_the_texts_of_a_registry_are_those_of_its_own_file():
    path = OURS / "prepare.yaml"
    document = parse(path.read_bytes(), str(path))
    pack = PackSubject({}, {"prepare.yaml": document}, ours(), AS_OF)
    labels = [("prepare", id_, "label") for id_ in document.value["prepare"]]
    assert len(labels) > 10
    assert [each.where for each in pack.texts["prepare.yaml"].pairs] == [*labels, ("never",)]
    assert pack.own("prepare") == ours().registries.prepare
    assert pack.own("facts") == {}
    other = parse('format: 1\nprepare:\n  time: {label: {zh: "一", en: "B"}, kind: time}\n'.encode(), "other")
    pack = PackSubject({}, {"prepare.yaml": other}, ours(), AS_OF)
    assert set(pack.own("prepare")) == {"time"}


@pytest.mark.parametrize("never", ["no", "{zh: [一]}", "{zh: [一], en: two}", "[]", "{}"])
def test_what_is_wrong_with_never_is_told_where_it_is_read(never):
    document = parse(f"format: 1\nprepare: {{}}\nnever: {never}\n".encode(), "file")
    assert PackSubject({}, {"prepare.yaml": document}, ours(), AS_OF).texts["prepare.yaml"].pairs == ()
