"""Every rule: its manual is whole, its bad example is found by it, and its good one is not."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import rmtree

import pytest

from tests.rules.laid import Pack, make, stand_for_ours
from walletdoc import rules
from walletdoc.check import check
from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.manual import manual
from walletdoc.rules import AREAS, RULES, load

PACKAGE = Path(rules.__file__).parent
AS_OF = date(2026, 11, 29)  # soon after all that the packs have was verified
LOADED = load()


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.fixture
def pack(shared, monkeypatch) -> Pack:
    stand_for_ours(monkeypatch, shared)
    rmtree(shared / "theirs", ignore_errors=True)
    return make(shared / "flows")


def as_gbk(pack: Pack, example: str) -> None:
    path = pack.folder / "help/example.yaml"
    path.write_bytes(example.encode("gb18030") + path.read_bytes())


def as_large(pack: Pack, example: str) -> None:
    (pack.folder / "help/example.yaml").write_text(example.ljust((1 << 20) + 1, "#"), encoding="utf-8")


def twice(pack: Pack, example: str) -> None:
    pack.lay(example, raw=True)
    (pack.folder / "payment/example.yaml").write_bytes((pack.folder / "help/example.yaml").read_bytes())


def as_theirs(pack: Pack, example: str) -> None:
    """Make it a file of another pack, named by the flow that it says, or a registry."""
    theirs = pack.folder.parent / "theirs"
    rmtree(theirs, ignore_errors=True)
    theirs.mkdir()
    text = (pack.folder / "help/example.yaml").read_text(encoding="utf-8")
    (pack.folder / "help/example.yaml").unlink()
    flow = re.search("^flow: (.*)$", example, re.MULTILINE)
    name = flow[1] if flow else "example"
    (theirs / f"{name}.yaml").write_text(text.replace("flow: example", f"flow: {name}"), encoding="utf-8")
    if not flow:
        registry = example.partition(":")[0]
        (theirs / f"{registry}.yaml").write_text(f"format: 1\n{example}\n", encoding="utf-8")


# How an example is written that a piece laid over the example can't show; the good ones are laid over as others are.
BAD_WRITTEN: dict[str, Callable[[Pack, str], None]] = {
    "encoding": as_gbk,
    "unreadable": as_large,
    "id-twice": twice,
    "id-of-ours": as_theirs,
    "contacts-of-ours": as_theirs,
}
GOOD_WRITTEN = {"id-of-ours": as_theirs, "contacts-of-ours": as_theirs}


def found(shared: Path) -> set[Diagnostic]:
    theirs = shared / "theirs"
    paths = [theirs] if theirs.is_dir() else [shared / "flows"]
    return set(check(paths, AS_OF, cache_folder=shared / "cache").found)


@pytest.fixture(scope="module")
def before(shared) -> set[str]:
    """What is found in the pack by itself, by its message: a piece moves the lines."""
    with pytest.MonkeyPatch.context() as patch:
        stand_for_ours(patch, shared)
        make(shared / "flows")
        return {each.message.en for each in found(shared)}


def test_the_table_has_every_module_and_every_module_is_in_the_table():
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert sorted(modules) == sorted(RULES.values())
    listed = [id_ for ids in AREAS.values() for id_ in ids]
    assert len(listed) == len(set(listed))


def test_the_example_breaks_no_rule(pack, shared):
    assert check([pack.folder / "help"], AS_OF, cache_folder=shared / "cache").found == ()


@pytest.mark.parametrize("rule", LOADED.values(), ids=LOADED)
def test_a_rule_is_explained_in_both_languages(rule):
    says = manual(rule.module)
    assert isinstance(rule.severity, Severity)
    assert re.search(r"[\u4e00-\u9fff]", says.says.zh)
    for lang in ("zh", "en"):
        assert len(says.summary(lang)) <= 200
        assert says.summary(lang)[-1] in "。." if lang == "zh" else says.summary(lang).endswith(".")


@pytest.mark.parametrize("rule", LOADED.values(), ids=LOADED)
def test_the_bad_example_is_found_and_the_good_one_is_not(rule, pack, shared, before):
    says, raw = manual(rule.module), getattr(rule.module, "RAW", False)
    write = BAD_WRITTEN.get(rule.id)
    write(pack, says.bad) if write else pack.lay(says.bad, raw=raw)
    assert rule.id in {each.rule for each in found(shared) if each.message.en not in before}
    make(pack.folder)
    write = GOOD_WRITTEN.get(rule.id)
    write(pack, says.good) if write else pack.lay(says.good, raw=raw)
    assert [each.line("en") for each in found(shared) if each.rule == rule.id and each.message.en not in before] == []


# --- every finding can be explained

RULE_AT = {"Slip": 0, "Broken": 1, "Problem": 0, "Diagnostic": 2, "of_file": 1, "_unknown": 1, "_each": 3, "_wrong": 1}
"""Which argument of a call is the id of a rule."""


def texts(node: ast.AST, module: ast.Module) -> set[str]:
    """Return the texts that an expression may be: itself one, one of two, or the name of such."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return texts(body, module) | texts(other, module)
        case ast.Name(id=name):
            return set().union(*(texts(value, module) for value in assigned(name, module)))
        case _:
            return set()


def assigned(name: str, module: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(module):
        for target in getattr(node, "targets", ()):
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                both = zip(target.elts, node.value.elts, strict=True)
                yield from (value for each, value in both if getattr(each, "id", "") == name)


def ids_in(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name in RULE_AT and len(node.args) > RULE_AT[name]:
            found |= texts(node.args[RULE_AT[name]], module)
    return found


def test_every_finding_in_the_code_can_be_explained():
    telling = "pytest_plugin.py"  # tells of failed tests, in the shape of findings
    paths = [path for path in PACKAGE.parent.glob("*.py") if path.name != telling]
    found = set().union(*(ids_in(ast.parse(path.read_text(encoding="utf-8"))) for path in paths))
    assert len(found) > 30
    assert found - set(RULES) == set()


def test_every_rule_without_a_check_is_found_by_the_code():
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.parent.glob("*.py")]
    found = set().union(*map(ids_in, modules))
    idle = {each.id for each in LOADED.values() if each.check is None and each.check_pack is None}
    assert idle - found == set()
