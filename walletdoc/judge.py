"""One file of a pack, judged by every rule."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.failure import Failure
from walletdoc.flow import Call, Flow, Step
from walletdoc.ignores import ignores
from walletdoc.library import Library
from walletdoc.locales import both
from walletdoc.packfiles import STEPS, File
from walletdoc.readpack import misnamed
from walletdoc.references import Broken, broken, diagnostics
from walletdoc.registries import ALL
from walletdoc.rules import Rule
from walletdoc.schema import validate
from walletdoc.subject import Finding, Subject
from walletdoc.truth import called
from walletdoc.verdict import Verdict
from walletdoc.yamlfile import Document, parse

LOUD = frozenset({"reading", "references", "comments"})  # areas that nothing silences: what breaks these does not run
_REGISTRY_OF = {
    "unknown-fact": "facts",
    "unknown-contact": "contacts",
    "unknown-prepare": "prepare",
    "unknown-time": "times",
}


class Judge:
    """The rules, and the pack around the files that they judge."""

    def __init__(
        self, library: Library, lost: frozenset[tuple[str, str]], rules: Mapping[str, Rule], as_of: date
    ) -> None:
        """Take the pack, the entries of its registries that can't be used, the rules, and the day that things are fresh at."""
        self.library = library
        self.as_of = as_of
        self.rules = tuple(rules.values())
        self.silenceable = {each.id for each in self.rules if each.area not in LOUD}
        self._lost = lost
        self._readable: dict[str, bool] = {}

    def judge(self, file: File, data: bytes, *, by_name: bool = True) -> Verdict:
        """Return what is found in a file with this content; `by_name` says that its name must be its id.

        Raises nothing for any content.
        """
        try:
            document = parse(data, str(file.path))
            owner = _owner(file, document)
        except Faulty as faulty:
            return Verdict(faulty.diagnostics)
        amiss = [*broken(owner, self.library.names), *(misnamed(file, owner) if by_name else ())]
        unread = [] if amiss else list(self._unread(owner))
        told = diagnostics(document, (*(each for each in amiss if not self._is_lost(document, each)), *unread))
        subject = Subject(file, document, owner, self.library, self.as_of)
        comments = ignores(document, self.silenceable)
        found, notes, judged = self._ask(subject, whole=not amiss and not unread)
        return Verdict((*told, *comments.found, *found), comments.ignores, notes, judged)

    def _ask(self, subject: Subject, *, whole: bool) -> tuple[list[Diagnostic], dict[str, object], bool]:
        """Return what the rules find and note, and whether all of them could be asked."""
        found: list[Diagnostic] = []
        notes: dict[str, object] = {}
        judged = whole
        for rule in self.rules:
            if rule.whole and not whole:
                continue
            try:
                if rule.check is not None:
                    found += (diagnostic(subject.document, rule, each) for each in rule.check(subject))
                if rule.note is not None:
                    notes[rule.id] = rule.note(subject)
            except (Faulty, Failure):  # something beside it can't be read, and is told of there
                judged = False
        return found, notes, judged

    def _unread(self, owner: Flow | Step) -> Iterator[Broken]:
        """Yield the calls of steps that can't be read."""
        for id_, node in owner.nodes.items():
            if isinstance(node, Call) and not self._can_read(node.call):
                yield Broken(("nodes", id_, "call"), "unread-step", both("check.unread-step", step=node.call))

    def _can_read(self, step: str) -> bool:
        if step not in self._readable:
            try:
                called(self.library.step(step), self.library)
            except (Faulty, Failure):
                self._readable[step] = False
            else:
                self._readable[step] = True
        return self._readable[step]

    def _is_lost(self, document: Document, each: Broken) -> bool:
        """Tell whether what is referred to is in a registry and only can't be read there."""
        registry = _REGISTRY_OF.get(each.rule, "")
        if (registry, ALL) in self._lost:
            return True
        name = each.where[-1] if each.of_key else _value(document, each.where)
        return (registry, str(name).removeprefix("fact.")) in self._lost


def diagnostic(document: Document, rule: Rule, found: Finding) -> Diagnostic:
    """Return what a rule found as a finding of the file."""
    place = document.place(found.where, of_key=found.of_key)
    return Diagnostic(document.path, place, rule.id, rule.severity, found.message)


def _owner(file: File, document: Document) -> Flow | Step:
    return validate(document, Step) if _is_step(file, document) else validate(document, Flow)


def _is_step(file: File, document: Document) -> bool:
    """Tell a step by its folder; a single file, which is in none, by what it says."""
    alone = not file.group and isinstance(document.value, dict)
    return file.group == STEPS or (alone and "step" in document.value and "flow" not in document.value)


def _value(document: Document, where: Iterable[str | int]) -> object:
    value: object = document.value
    for each in where:
        if isinstance(value, list) and isinstance(each, int):
            value = value[each]
        elif isinstance(value, dict):
            value = value.get(each)
    return value
