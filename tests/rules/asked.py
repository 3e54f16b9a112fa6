"""Single rules asked about the example, a step, a registry or a pack with a few words of theirs changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from walletdoc import packfiles
from walletdoc.flow import Flow, Step
from walletdoc.library import Library
from walletdoc.packfiles import REGISTRIES, File
from walletdoc.rules import AREAS, Rule, rule
from walletdoc.salvage import salvage
from walletdoc.schema import validate
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.yamlfile import Document, parse

EXAMPLES = Path(packfiles.__file__).parent / "rules"
OURS = packfiles.home()
AS_OF = date(2026, 11, 29)

Swap = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """A finding as an author meets it: the number and the words of its line, and the message."""

    line: int
    source: str
    message: str


def changed(text: str, *swaps: Swap) -> str:
    """Return a text with words changed; each must be there exactly once."""
    for old, new in swaps:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def example(*swaps: Swap) -> str:
    return changed((EXAMPLES / "example.yaml").read_text(encoding="utf-8"), *swaps)


def step(*swaps: Swap) -> str:
    return changed((EXAMPLES / "example-step.yaml").read_text(encoding="utf-8"), *swaps)


@cache
def ours() -> Library:
    return Library()


@cache
def as_read(text: str) -> tuple[Document, Flow | Step]:
    document = parse(text.encode(), "file")
    return document, validate(document, Step if re.search("^step:", text, re.MULTILINE) else Flow)


def subject(text: str, library: Library | None = None) -> Subject:
    """Return a flow's or step's file as rules see it, beside our registries."""
    document, owner = as_read(text)
    id_, group = (owner.flow, "help") if isinstance(owner, Flow) else (owner.step, "steps")
    return Subject(File(id_, Path("file"), group, ours=False), document, owner, library or ours(), AS_OF)


def of(id_: str) -> Rule:
    return rule(id_, next(area for area, ids in AREAS.items() if id_ in ids))


def ask(id_: str, text: str) -> list[Told]:
    """Return what a rule finds in a flow's or step's file."""
    asked = subject(text)
    check = of(id_).check
    assert check is not None
    return [told(asked.document, each) for each in check(asked)]


def ask_registry(id_: str, name: str, *swaps: Swap) -> list[Told]:
    """Return what a rule finds in one of our registries with words changed, beside the example alone."""
    texts = {each: (OURS / f"{each}.yaml").read_text(encoding="utf-8") for each in ("contacts", *REGISTRIES)}
    texts[name] = changed(texts[name], *swaps)
    return [each for key, each in ask_pack(id_, texts, example()) if key == f"{name}.yaml"]


def ask_pack(id_: str, registries: dict[str, str], *files: str) -> list[tuple[str, Told]]:
    """Return what a rule finds across registries, by name, and flows or steps; each with the file that it is in."""
    saved = salvage((name, OURS / f"{name}.yaml", text.encode()) for name, text in registries.items())
    assert saved.found == ()
    library = Library.of({}, saved.registries, {})
    subjects = {each.file.key: each for each in (subject(text, library) for text in files)}
    asked = of(id_)
    notes = {key: asked.note(each) for key, each in subjects.items()} if asked.note else {}
    documents = {f"{name}.yaml": document for name, document in saved.documents}
    assert asked.check_pack is not None
    every = documents | {key: each.document for key, each in subjects.items()}
    return [
        (key, told(every[key], each)) for key, each in asked.check_pack(PackSubject(notes, documents, library, AS_OF))
    ]


def told(document: Document, finding: Finding) -> Told:
    span = document.place(finding.where, of_key=finding.of_key)
    assert finding.message.zh
    return Told(span.line, document.source.split("\n")[span.line - 1].strip(), finding.message.en)


def shipped() -> Iterator[str]:
    """Yield the text of every flow and step of ours."""
    for folder in sorted(path for path in OURS.iterdir() if path.is_dir()):
        yield from (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))


def out_of_order() -> frozenset[str]:
    """Return the texts of ours whose order is what it is for a reason that stands beside it."""
    return frozenset(text for text in shipped() if "ignore[order]" in text)
