"""From the bytes of a pack's files to the model: YAML, schema and references, with every mistake at its place."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.flow import Flow, Step
from walletdoc.packfiles import REGISTRIES, File, is_home
from walletdoc.references import Broken, Names, broken, broken_dates, broken_facts
from walletdoc.registries import Registries
from walletdoc.schema import FILES, place, validate
from walletdoc.span import Span
from walletdoc.text import Lines, Text
from walletdoc.yamlfile import Document, parse


def read_model(file: File, data: bytes, names: Names, *, by_name: bool) -> Flow | Step:
    """Return the flow or step that a file says; raises `Faulty` with every mistake of the file.

    `by_name` says that the file is found by its name, which then must be the id.
    """
    document = parse(data, str(file.path))
    model: type[Flow | Step] = Step if file.group == "steps" else Flow
    owner: Flow | Step = validate(document, model)
    found = list(broken(owner, names))
    id_ = owner.flow if isinstance(owner, Flow) else owner.step
    if by_name and id_ != file.id:
        key = "flow" if isinstance(owner, Flow) else "step"
        text = Text(
            zh=f"文件名是“{file.id}.yaml”，编号却是“{id_}”", en=f"the file is named '{file.id}.yaml', its id is '{id_}'"
        )
        found.append(Broken((key,), "id-is-file-name", text))
    _refuse(document, found)
    return owner


def id_in(data: bytes, path: Path) -> str | None:
    """Return the flow's id that a file says, if it says one; raises `Faulty` for a file that is not YAML of our kind."""
    value = parse(data, str(path)).value
    id_ = value.get("flow") if isinstance(value, dict) else None
    return id_ if isinstance(id_, str) and id_ else None


def read_registries(sources: Iterable[tuple[str, Path, bytes]]) -> Registries:
    """Return what these files say together: (registry, path, content), those of our pack first.

    Raises `Faulty` with every mistake of a file. Another pack adds to ours but takes no id of it, and adds no contact.
    """
    parts: dict[str, dict[str, Any]] = {name: {} for name in REGISTRIES}
    never = Lines((), ())
    facts: list[Document] = []
    for name, path, data in sources:
        document = parse(data, str(path))
        read = validate(document, FILES[name])
        ours = is_home(path.parent)
        if name == "contacts" and not ours:
            text = Text(zh="只有自带的流程包能写联系方式", en="only walletdoc's own pack has contacts")
            _refuse(document, [Broken((), "contacts-of-ours", text)])
        taken = [id_ for id_ in getattr(read, name) if id_ in parts[name]]
        _refuse(document, [Broken((name, id_), "id-of-ours", _taken(id_), of_key=True) for id_ in taken])
        if name in {"contacts", "times"}:
            _refuse(document, broken_dates(name, {id_: each.verified_on for id_, each in getattr(read, name).items()}))
        parts[name].update(getattr(read, name))
        if name == "facts":
            facts.append(document)
        if name == "prepare" and ours:
            never = read.never
    for document in facts:
        here = document.value["facts"] if isinstance(document.value, dict) else {}
        own = {id_: fact for id_, fact in parts["facts"].items() if id_ in here}
        _refuse(document, broken_facts(own, parts["contacts"]))
    return Registries(parts["facts"], parts["contacts"], parts["prepare"], never, parts["times"])


def refuse_id(file: File) -> NoReturn:
    """Raise `Faulty` for a file of another pack that takes an id of ours."""
    found = Diagnostic(str(file.path), Span(1, 1, 1, 2), "id-of-ours", Severity.ERROR, _taken(file.id))
    raise Faulty((found,))


def _taken(id_: str) -> Text:
    return Text(zh=f"“{id_}”是自带的编号，请换一个", en=f"'{id_}' is an id of walletdoc's own; choose another")


def _refuse(document: Document, found: Iterable[Broken]) -> None:
    """Raise `Faulty` if anything was found in a document, in the order of the file."""
    diagnostics = [
        Diagnostic(
            document.path, place(document, each.where, of_key=each.of_key), each.rule, Severity.ERROR, each.message
        )
        for each in found
    ]
    if diagnostics:
        ordered = sorted(diagnostics, key=lambda each: (each.span, each.rule))
        raise Faulty(tuple(ordered), {document.path: document.source})
