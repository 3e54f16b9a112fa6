"""A time that no wait and no text uses.

It has a source and a date to be verified again, for nobody. Use it by `for: {time: …}` or `{time.…}`, or take it out.

Bad:
    times:
      top-up:
        hours: 2
        title: {zh: "充值到账", en: "A top-up arrives"}
        source: "https://example.org"
        tier: B
        verified-on: 2026-11-22
        valid-for: 365

Good:
    times:
      top-up:
        hours: 2
        title: {zh: "充值到账", en: "A top-up arrives"}
        source: "https://example.org"
        tier: B
        verified-on: 2026-11-22
        valid-for: 365
    ---
    nodes:
      look-later: {for: {time: top-up, working-days: ~}}
"""

from collections.abc import Iterator

from walletdoc.contacts import placeholders
from walletdoc.diagnostic import Severity
from walletdoc.flow import End, Period
from walletdoc.subject import Finding, PackSubject, Subject, Texts
from walletdoc.text import Text

ZH = """没有等待、也没有文字用到的时间。

它有出处，到期还要重新核实，却没有人看到。用 `for: {time: …}` 或 `{time.…}` 用上它，或者删掉。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> tuple[str, ...]:
    """Return the times that a flow or step waits for or speaks of."""
    used = _spoken(subject.texts)
    for node in subject.nodes.values():
        match node:
            case End(for_=Period(time=str() as time)):
                used.add(time)
            case _:
                pass
    return tuple(sorted(used))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find times that nothing uses."""
    used = {time for times in pack.notes.values() for time in times}
    for texts in pack.texts.values():
        used |= _spoken(texts)
    for id_ in pack.own("times"):
        if id_ not in used:
            text = Text(zh=f"没有流程用到时间“{id_}”", en=f"no flow uses the time '{id_}'")
            yield "times.yaml", Finding(("times", id_), text, of_key=True)


def _spoken(texts: Texts) -> set[str]:
    found = (each for prose in texts.prose.values() for each in placeholders(prose.joined))
    return {field for name, field in found if name == "time"}
