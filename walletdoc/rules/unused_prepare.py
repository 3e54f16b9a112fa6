"""A thing to prepare that no end asks for.

Nobody is ever told to have it ready. Add it to an end that needs it, or take it out.

Bad:
    prepare:
      passport: {label: {zh: "护照", en: "The passport"}, kind: text}

Good:
    prepare:
      passport: {label: {zh: "护照", en: "The passport"}, kind: text}
    ---
    nodes:
      call-wallet: {prepare: [time, amount, passport]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import End
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """没有结尾要用到的准备项。

从来没有人会被告知要备好它。写进用得着的结尾，或者删掉。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> tuple[str, ...]:
    """Return the things that the ends of a flow want prepared."""
    return tuple(sorted({id_ for node in subject.nodes.values() if isinstance(node, End) for id_ in node.prepare}))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find things to prepare that no end names."""
    used = {id_ for ids in pack.notes.values() for id_ in ids}
    for id_ in pack.own("prepare"):
        if id_ not in used:
            text = Text(zh=f"没有结尾用到准备项“{id_}”", en=f"no end asks to prepare '{id_}'")
            yield "prepare.yaml", Finding(("prepare", id_), text, of_key=True)
