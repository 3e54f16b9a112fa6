"""From the bytes of a pack's files to the model: YAML, schema and references, with every mistake at its place."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.flow import Flow, Step
from walletdoc.packfiles import File
from walletdoc.references import Broken, Names, broken, diagnostics
from walletdoc.registries import Registries
from walletdoc.salvage import salvage, taken
from walletdoc.schema import validate
from walletdoc.span import Span
from walletdoc.text import Text
from walletdoc.yamlfile import Document, parse


def read_model(file: File, data: bytes, names: Names, *, by_name: bool) -> Flow | Step:
    """Return the flow or step that a file says; raises `Faulty` with every mistake of the file.

    `by_name` says that the file is found by its name, which then must be the id.
    """
    document = parse(data, str(file.path))
    model: type[Flow | Step] = Step if file.group == "steps" else Flow
    owner: Flow | Step = validate(document, model)
    refuse(document, [*broken(owner, names), *(misnamed(file, owner) if by_name else ())])
    return owner


def misnamed(file: File, owner: Flow | Step) -> Iterator[Broken]:
    """Yield that a file, which is found by its name, says another id."""
    key, id_ = ("flow", owner.flow) if isinstance(owner, Flow) else ("step", owner.step)
    if id_ != file.id:
        text = Text(
            zh=f"文件名是“{file.id}.yaml”，编号却是“{id_}”", en=f"the file is named '{file.id}.yaml', its id is '{id_}'"
        )
        yield Broken((key,), "id-is-file-name", text)


def id_in(data: bytes, path: Path) -> str | None:
    """Return the flow's id that a file says, if it says one; raises `Faulty` for a file that is not YAML of our kind."""
    value = parse(data, str(path)).value
    id_ = value.get("flow") if isinstance(value, dict) else None
    return id_ if isinstance(id_, str) and id_ else None


def read_registries(sources: Iterable[tuple[str, Path, bytes]]) -> Registries:
    """Return what these files say together: (registry, path, content), those of our pack first.

    Raises `Faulty` with every mistake of all of them.
    """
    read = salvage(sources)
    if read.found:
        raise Faulty(read.found, dict(read.sources))
    return read.registries


def refuse_id(file: File) -> NoReturn:
    """Raise `Faulty` for a file of another pack that takes an id of ours."""
    found = Diagnostic(str(file.path), Span(1, 1, 1, 2), "id-of-ours", Severity.ERROR, taken(file.id))
    raise Faulty((found,))


def refuse(document: Document, found: Iterable[Broken]) -> None:
    """Raise `Faulty` if anything was found in a document, in the order of the file."""
    refused = diagnostics(document, found)
    if refused:
        raise Faulty(refused, {document.path: document.source})
