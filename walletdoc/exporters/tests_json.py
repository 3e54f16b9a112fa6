"""How flow tests went, for programs, as JSON."""

from collections.abc import Iterable

from walletdoc.flowtest.coverage import Coverage
from walletdoc.flowtest.suite import FileResult
from walletdoc.text import Lang


def plain(results: Iterable[FileResult], lang: Lang) -> list[dict[str, object]]:
    """Return one object a test: `file`, `line`, `flow`, `name`, `passed`, and of a failed one `message` and `way`.

    A file that can't be read is one that failed, named after the rule that it breaks.
    """
    found: list[dict[str, object]] = []
    for file in results:
        for fault in file.faults:
            place = {"file": fault.path, "line": fault.span.line, "flow": file.flow, "name": fault.rule}
            found.append({**place, "passed": False, "message": fault.message.of(lang), "way": []})
        for each in file.results:
            test: dict[str, object] = {"file": file.path, "line": each.line, "flow": file.flow, "name": each.name}
            if each.message is None:
                found.append({**test, "passed": True})
            else:
                found.append({**test, "passed": False, "message": each.message.of(lang), "way": list(each.way)})
    return found


def covered(coverages: Iterable[Coverage]) -> list[dict[str, object]]:
    """Return one object a flow or step: reached and total nodes, edges and causes, and what was missed."""
    return [
        {
            "flow": each.id,
            "percent": round(each.percent, 2),
            "nodes": [each.nodes.reached, each.nodes.of],
            "edges": [each.edges.reached, each.edges.of],
            "causes": [each.causes.reached, each.causes.of],
            "missedNodes": list(each.missed_nodes),
            "missedEdges": [f"{node}={answer}" for node, answer in each.missed_edges],
            "missedCauses": list(each.missed_causes),
        }
        for each in coverages
    ]
