"""How flow tests went, for programs, as JSON."""

from collections.abc import Iterable, Mapping

from walletdoc.flowtest.coverage import Coverage
from walletdoc.flowtest.places import Places
from walletdoc.flowtest.suite import FileResult, Result
from walletdoc.text import Lang


def plain(results: Iterable[FileResult], lang: Lang) -> list[dict[str, object]]:
    """Return one object a test: `file`, `line`, `flow`, `name`, `passed`; of a failed one `column`, `message` and the ways.

    A file that can't be read is one that failed, named after the rule that it breaks.
    """
    found: list[dict[str, object]] = []
    for file in results:
        for each in (*(Result(fault.rule, fault.span.line, fault) for fault in file.faults), *file.results):
            test: dict[str, object] = {"file": file.path, "line": each.line, "flow": file.flow, "name": each.name}
            if each.fault is None:
                found.append({**test, "passed": True})
                continue
            way, expected = ([part for part in (row[at] for row in each.rows) if part] for at in (0, 1))
            why = {"column": each.fault.span.column, "message": each.fault.message.of(lang)}
            found.append({**test, "passed": False, **why, "way": way, "expected": expected})
    return found


def covered(coverages: Iterable[Coverage], where: Mapping[str, Places]) -> list[dict[str, object]]:
    """Return one object a flow or step: reached and total nodes, edges and causes, and what was missed, with its lines."""
    return [
        {
            "flow": each.id,
            "file": where[each.id].path,
            "percent": round(each.percent, 2),
            "nodes": [each.nodes.reached, each.nodes.of],
            "edges": [each.edges.reached, each.edges.of],
            "causes": [each.causes.reached, each.causes.of],
            "missedLines": [list(lines) for lines in where[each.id].ranges(each.missed_nodes)],
            "missedNodes": list(each.missed_nodes),
            "missedEdges": [f"{node}={answer}" if answer else node for node, answer in each.missed_edges],
            "missedCauses": list(each.missed_causes),
        }
        for each in coverages
    ]
