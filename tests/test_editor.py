"""The JSON Schema as an editor uses it: the real yaml-language-server, where it is installed, finds what is wrong."""

import json
import re
from pathlib import Path

import pytest

from tests.languageserver import COMMAND, LanguageServer
from walletdoc.library import Library
from walletdoc.packfiles import REGISTRIES, STEPS, files, home
from walletdoc.schema import FILES, json_schema

GOOD = (home() / "payment" / "pay-failed.yaml").read_text(encoding="utf-8")
PLAIN = """
  plain:
    ask: {zh: 1, en: 1}
    minutes: 3
    usual: no
    options:
      yes: {say: {zh: true, en: Yes}, go: money}
      no: {say: {zh: 没有, en: No}, go: 5}
      5: {say: {zh: 2026-01-31, en: 1.5}, go: money}
"""
PLANTED = [
    ("    minutes: 3\n", "    minuts: 3\n", "minuts"),
    ("    minutes: 3\n", "    minutes: three\n", "integer"),
    ("retries-payment: true", "retries-payment: maybe", "boolean"),
    ("urgency: normal", "urgency: soon", "emergency"),
    ("urgency: normal", "urgncy: normal", "urgncy"),
    ("    weight: 10\n", "    weight: ten\n", "integer"),
    ("{fact: money-taken, to:", "{fakt: money-taken, to:", "fakt"),
    ("usual: other", "usual: Other", "pattern"),
    ("      other: {say:", "      Other: {say:", "Other"),
    ("truth: {fact.money-taken: yes}", "truth: {fact.money-taken: {a: b}}", "type"),
]


def refs(value):
    """Yield every `$ref` of a schema."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if key == "$ref":
            yield each
        elif isinstance(each, dict | list):
            yield from refs(each)


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_of_draft_07(kind):
    schema = json_schema(kind)
    assert set(refs(schema)) <= {f"#/$defs/{name}" for name in schema.get("$defs", {})}
    assert not re.search('"(prefixItems|unevaluated|dependentRequired|null)"', json.dumps(schema))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if COMMAND is None:
        pytest.skip("yaml-language-server is not installed: npm install -g yaml-language-server")
    folder = tmp_path_factory.mktemp("editor")
    for kind in FILES:
        (folder / f"{kind}.schema.json").write_text(json.dumps(json_schema(kind)), encoding="utf-8")
    with LanguageServer(folder) as opened:
        opened.folder = folder
        yield opened


def opened(server, text: str, name: str, kind: str = "flow") -> list[tuple[int, str]]:
    """Return what an editor shows of a file whose first line says its schema."""
    path: Path = server.folder / f"{name}.yaml"
    path.write_text(f"# yaml-language-server: $schema={kind}.schema.json\n{text}", encoding="utf-8")
    return server.findings(path)


def test_nothing_is_found_in_what_we_ship(server):
    for file in files(home()):
        kind = "step" if file.group == STEPS else "flow"
        assert opened(server, file.path.read_text(encoding="utf-8"), file.id, kind) == []
    for kind in REGISTRIES:
        assert opened(server, (home() / f"{kind}.yaml").read_text(encoding="utf-8"), kind, kind) == []


def test_what_is_written_plainly_is_accepted(server):
    plain = GOOD.replace("\nnodes:\n", f"\nnodes:{PLAIN}").replace("message: restricted}", "message: 5, plain: true}")
    assert plain != GOOD
    assert opened(server, plain, "plain") == []


@pytest.mark.parametrize(("good", "bad", "says"), PLANTED, ids=[bad.strip() for _, bad, _ in PLANTED])
def test_a_mistake_is_found_at_its_line(server, good, bad, says):
    before = GOOD[: GOOD.index(good)] + bad[: len(bad) - len(bad.lstrip())]
    found = opened(server, GOOD.replace(good, bad, 1), f"bad-{PLANTED.index((good, bad, says))}")
    assert before.count("\n") + 2 in {line for line, _ in found}
    assert any(says in message for _, message in found)


def test_the_reader_agrees_on_what_is_plain(tmp_path):
    """What the editor is silent about here, the reader takes too."""
    path = tmp_path / "plain.yaml"
    nodes = PLAIN.replace("go: money", "go: end").replace("go: 5", "go: end")
    end = "  end: {end: info, say: {zh: 3, en: 3}}\n"
    head = "flow: plain\nformat: 1\ntitle: {zh: 1, en: 1}\nphrases: {zh: [1], en: [1]}\nstart: plain\n"
    cause = "causes: {one: {title: {zh: 1, en: 1}, weight: 1, basis: 1, truth: {plain: 5}}}\n"
    path.write_text(f"{head}{cause}nodes:{nodes}{end}", encoding="utf-8")
    library = Library()
    assert library.flow(library.add_file(path)).nodes["plain"].options["5"].say.en == "1.5"
