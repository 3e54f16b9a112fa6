"""The house: imports point to a lower layer only, and only a few modules know each library.

The table is the layers of the design from the bottom up, a line for each row of modules that don't import each other; a
new module is a name in its row. `rules.*` stands for every module of that folder that is not named itself.
"""

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "walletdoc"

# fmt: off
LAYERS = (
    # 0: words, signs, processes
    "frozen traditional pinyin elsewhere",
    "text digits spelled decode chain packfiles signals streams workdays runs forked locales.zh locales.en practice practice.chance",
    "span failure locales terminal secretwords redact writing manual",
    "diagnostic folders slip commandline quoted chinese english outfile",
    # 1: files and the model
    "flow contacts privatefile readfile findings page report verdict features",
    "registries lockfile mend config complaint answers flowtest flowtest.case alarm",
    "cache yamltree journal plan find",
    "yamlfile contents foundwords",
    # 2: checked values, the graph, the fold
    "references schema graph engine ignores",
    # 3: packs, proofs, records
    "users salvage flowtest.read flowtest.passed flowtest.told flowtest.names",
    "truth units known flowtest.ways",
    "readpack mass flowtest.walk flowtest.behaviour",
    "library orders flowtest.mutate practice.caller",
    "context wording sessions groups flowtest.coverage flowtest.way phrasebook",
    # 4 and 5: rules and what they find; what is shown, and how
    "question paperwords parts subject effort flowtest.shown flowtest.places",
    "ending questionwords typed picture rules shows practice.bestway flowtest.stopped flowtest.invariant",
    "casefile endwords face rules.* flowtest.run flowtest.record practice.offers practice.endings",
    "judge contactpage faces faces.lines flowtest.suite practice.desk",
    "packrules verdicts faces.menu flowtest.walked flowtest.survivors practice.score practice.opening",
    "check exporters faces.keys faces.screens faces.jsonl faces.plain faces.script runner practice.speech practice.schedule",
    "exporters.* faces.stage practice.prompts practice.review practice.history",
    "faces.rich practice.choose practice.shift practice.progress",
    "conversation practice.exam practice.room",
    # 6: commands
    "helppage usage scripted practice.office",
    "commands completion templates",
    "commands.arguments",
    "commands.*",
    # 7: the command line
    "cli pytest_plugin",
    "__main__",
)
# fmt: on

LIBRARIES = {
    "yaml": {"yamlfile", "yamltree"},
    "pydantic": {"schema"},
    "pytest": {"pytest_plugin"},
    "typer": {"cli", "usage", "completion", "commands.*"},
    "rich": {"faces.*"},
    "fsrs": {"practice.schedule"},
    "chinese_calendar": {"workdays"},
}
PURE = (
    "text",
    "span",
    "flow",
    "graph",
    "engine",
    "truth",
    "contacts",
    "digits",
    "redact",
    "wording",
    "question",
    "find",
)
IMPURE = {"os", "io", "sys", "time", "random", "pathlib", "tempfile", "shutil", "signal", "subprocess"}
NEVER = (
    "pickle",
    "shelve",
    "subprocess",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ctypes",
    "multiprocessing",
    "asyncio",
)
CALLS = {"eval", "exec", "compile", "__import__", "breakpoint"}


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its name without `walletdoc.`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@cache
def imports(name: str) -> tuple[tuple[str, str | None], ...]:
    """Return what a module imports, wherever in it: a module, and a name in it or None."""
    return tuple(_imports(name))


def _imports(name: str) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(modules()[name]):
        match node:
            case ast.Import(names=names):
                yield from ((each.name, None) for each in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                assert not level, f"{name} imports relative to itself"
                yield from ((str(module), each.name) for each in names)


def own(name: str) -> set[str]:
    """Return the modules of the package that a module imports; the root has nothing to give but its version."""
    found = set()
    for module, what in imports(name):
        package, _, rest = module.partition(".")
        if package != "walletdoc":
            continue
        inside = f"{rest}.{what}".strip(".") if what else rest
        if not rest and what not in modules():
            assert what == "__version__", f"{name} imports {what} through the package's root"
        else:
            found.add(inside if inside in modules() else rest)
    return found - {""}


def foreign(name: str) -> set[str]:
    return {module.partition(".")[0] for module, _ in imports(name)} - {"walletdoc"}


@cache
def row(name: str) -> int:
    """Return the row of a module: where it is named, else where its folder is."""
    named = [at for at, line in enumerate(LAYERS) if name in line.split()]
    meant = [at for at, line in enumerate(LAYERS) if any(fnmatchcase(name, each) for each in line.split())]
    found = named or meant
    assert len(found) == 1, f"{name} stands in {len(found)} rows"
    return found[0]


def test_every_module_is_in_the_table():
    for name in modules():
        assert not name or row(name) >= 0


def test_nothing_in_the_table_is_gone():
    for each in " ".join(LAYERS).split():
        assert each.endswith(".*") or each in modules()


@pytest.mark.parametrize("name", [name for name in modules() if name])
def test_imports_point_down(name):
    for other in own(name):
        assert row(other) < row(name), f"{name} imports {other}, which is no lower"


def test_the_root_imports_nothing():
    assert imports("") == ()


def test_only_a_few_modules_know_a_library():
    for name in modules():
        for library in foreign(name) - sys.stdlib_module_names:
            assert library in LIBRARIES, f"{name} imports {library}"
            assert any(fnmatchcase(name, each) for each in LIBRARIES[library]), f"{name} imports {library}"


def test_the_core_knows_no_screen():
    core = [name for name in modules() if name and row(name) < row("question")]
    for name in core:
        assert not foreign(name) & {"typer", "rich", "questionary", "prompt_toolkit", "pytest"}, name


@pytest.mark.parametrize("name", PURE)
def test_what_is_pure_touches_nothing(name):
    assert not foreign(name) & IMPURE


def test_no_module_runs_code_or_talks_to_anybody():
    for name, tree in modules().items():
        assert not [module for module, _ in imports(name) if f"{module}.".startswith(tuple(f"{no}." for no in NEVER))]
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & CALLS, name


def test_marshal_is_for_what_is_our_own_and_only_tables_import_by_name():
    assert {name for name in modules() if "marshal" in foreign(name)} == {"cache", "forked"}
    by_name = {name for name in modules() if ("importlib", "import_module") in set(imports(name))}
    assert by_name <= {"cli", "locales", "rules", "commands.check"}


def test_the_table_has_no_empty_row():
    assert all(line.split() for line in LAYERS)
    assert all(first != second for first, second in pairwise(LAYERS))
