"""The rules of `walletdoc check`, one module each, listed here by hand.

A rule is a module with
    a docstring: its manual in English (what it finds, why that is bad), then `Bad:` and `Good:` with an example each;
    `ZH`: the manual in Chinese, without the examples;
    `SEVERITY`: of what it finds; `WHOLE = True` if it needs every reference of the file to lead somewhere;
    and what finds it, one of
    `check(subject) -> Iterator[Finding]`: for what one file shows. Of the pack around it, it may look at the registries
        and the steps (`subject.library.step`), but not at other flows: what it finds is kept until the file changes.
    `note(subject) -> Plain` and `check_pack(pack) -> Iterator[tuple[str, Finding]]`: for what shows only across files.
        `note` keeps what the rule needs to know of one file, as plain values (text, numbers, None, tuples, lists,
        mappings), and `pack.notes` has the notes of this rule by the key of the file; a rule that looks only at the
        registries needs no note. What is found is at the key of a file, or of a registry: `facts.yaml`, …
    neither: it is found while a file is read.
The id of a rule is its module's name with `-` for `_`.

An example is a piece of a flow's file, laid over the flow in `rules/example.yaml`: keys replace, maps are laid over in
turn, and a null-like `~` takes a key out. A piece with the key `facts`, `contacts`, `prepare`, `never` or `times` is
laid over that registry, one with `step: log-in-again` over that step (or the one in `rules/example-step.yaml`, if there
is none of that name), one with `flow: pay-failed` over that flow (or the example, under that name); an example may have
several pieces with a line `---` between them. `RAW = True` says that an example is text: its top-level keys, with their
lines as they stand, take the place of those in the file, so that comments and what is no YAML can be shown.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from walletdoc.diagnostic import Severity
from walletdoc.frozen import frozen
from walletdoc.subject import Finding, PackSubject, Subject

AREAS: Mapping[str, tuple[str, ...]] = {
    "reading": (
        "yaml",
        "encoding",
        "hidden-character",
        "strict",
        "duplicate-key",
        "limit",
        "schema",
        "unreadable",
    ),
    "references": (
        "unknown-node",
        "unknown-option",
        "unknown-cause",
        "unknown-fact",
        "unknown-step",
        "unknown-flow",
        "unknown-contact",
        "unknown-prepare",
        "unknown-time",
        "unread-step",
        "number-range",
        "fact-ways",
        "retry-without-taken",
        "wait-since",
        "wait-for",
        "end-says-nothing",
        "step-asks",
        "step-end",
        "step-fixes",
        "truth",
        "no-cause",
        "date",
        "id-is-file-name",
        "id-twice",
        "id-of-ours",
        "contacts-of-ours",
    ),
    "comments": (
        "bad-ignore",
        "ignore-without-reason",
        "unused-ignore",
    ),
    "shape": (
        "unreachable-node",
        "circle",
        "recursive-call",
        "deep-call",
        "many-switches",
        "idle-range",
        "fact-not-known",
        "unmapped-end",
        "many-questions",
        "many-nodes",
    ),
    "proof": (
        "fixed-exit",
        "cause-lost",
        "cause-lost-unsure",
        "cause-again",
        "cause-never-here",
        "too-many-facts",
        "unreached-end",
        "truth-is-usual",
        "causes-alike",
    ),
    "language": (
        "missing-translation",
        "placeholders-differ",
        "list-lengths-differ",
        "unknown-placeholder",
        "chinese-in-english",
        "english-in-chinese",
        "half-width-punctuation",
        "broken-emphasis",
        "markup",
        "long-sentence",
        "wide-label",
        "duplicate-option",
        "similar-option",
    ),
    "safety": (
        "number-in-text",
        "address-in-text",
        "asks-for-secret",
        "fraud-advice",
        "retry-before-money",
        "unmarked-retry",
        "destructive-without-warning",
        "destructive-first",
        "late-protection",
        "hand-off-without-contact",
        "hand-off-without-prepare",
        "no-never",
    ),
    "freshness": (
        "stale-contact",
        "stale-time",
    ),
    "craft": (
        "no-how-or-why",
        "no-unsure",
        "no-prevent",
        "no-steps",
        "no-minutes",
        "unused-cause",
        "unused-fact",
        "unused-step",
        "unused-contact",
        "unused-prepare",
        "unused-time",
        "few-phrases",
        "shared-phrase",
        "order",
    ),
}
"""The ids of all rules, by area, in the order in which they are listed."""

RULES: Mapping[str, str] = {id_: id_.replace("-", "_") for ids in AREAS.values() for id_ in ids}
"""The module of each rule, by its id."""


@frozen
class Rule:
    """A rule as its module says it; `whole` that it needs every reference to lead somewhere."""

    id: str
    area: str
    module: ModuleType
    severity: Severity
    whole: bool
    check: Callable[[Subject], Iterator[Finding]] | None
    note: Callable[[Subject], Any] | None
    check_pack: Callable[[PackSubject], Iterator[tuple[str, Finding]]] | None


def load() -> Mapping[str, Rule]:
    """Return every rule by its id, in the order in which they are listed."""
    return {id_: rule(id_, area) for area, ids in AREAS.items() for id_ in ids}


def rule(id_: str, area: str) -> Rule:
    """Return one rule of an area; raises ImportError where its module is not there."""
    module = import_module(f"{__name__}.{RULES[id_]}")
    parts = (getattr(module, name, None) for name in ("check", "note", "check_pack"))
    return Rule(id_, area, module, module.SEVERITY, getattr(module, "WHOLE", False), *parts)
