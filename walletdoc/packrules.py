"""The rules that look at a pack as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.failure import Failure
from walletdoc.judge import Judge, diagnostic
from walletdoc.plan import Plan
from walletdoc.readfile import read
from walletdoc.subject import Finding, PackSubject
from walletdoc.verdict import Verdict
from walletdoc.yamlfile import Document, parse


def ask(
    plan: Plan, judge: Judge, registries: Sequence[tuple[str, Document]], verdicts: Sequence[Verdict]
) -> Iterator[Diagnostic]:
    """Yield what the rules find across the files of a pack, given what they noted of each."""
    noted = {
        file.key: verdict.notes
        for file, verdict in zip(plan.all_files, verdicts, strict=True)
        if verdict.notes is not None and file not in plan.twins
    }
    places = _Places(plan, registries)
    for rule in judge.rules:
        if rule.check_pack is None:
            continue
        notes = {key: each[rule.id] for key, each in noted.items() if rule.id in each}
        pack = PackSubject(notes, dict(places.registries), judge.library, judge.as_of)
        try:
            found = list(rule.check_pack(pack))
        except (Faulty, Failure):  # something that it needs can't be read, and is told of there
            continue
        for where, each in found:
            document = places.document(where, each)
            if document is not None:
                yield diagnostic(document, rule, each)


class _Places:
    """The documents that findings are in: registries by their name, files read again when something is found there."""

    def __init__(self, plan: Plan, registries: Sequence[tuple[str, Document]]) -> None:
        self._files = {each.key: each.path for each in (*plan.files, *plan.named)}
        self._registries = registries
        self._read: dict[str, Document | None] = {}
        self.registries: Mapping[str, Document] = {f"{name}.yaml": document for name, document in registries}

    def document(self, where: str, found: Finding) -> Document | None:
        """Return the document of a finding; None for one that can't be read any more."""
        of_name = [document for name, document in self._registries if f"{name}.yaml" == where]
        if of_name:
            return next((each for each in of_name if found.where[:2] in each.keys), of_name[-1])
        if where not in self._read:
            self._read[where] = _read(self._files[where])
        return self._read[where]


def _read(path: Path) -> Document | None:
    try:
        return parse(read(path), str(path))
    except (Faulty, Failure):
        return None
