"""A shared step that no flow and no other step calls.

Nobody ever gets there. Call it, or take the file out: a step that is not used is not kept right either.

Bad:
    step: restart-phone
    title: {zh: "重启手机", en: "Restart the phone"}

Good:
    step: restart-phone
    title: {zh: "重启手机", en: "Restart the phone"}
    ---
    nodes:
      refresh: {not-fixed: restart}
      restart: {call: restart-phone, fixed: done, not-fixed: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call
from walletdoc.packfiles import STEPS
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """没有流程，也没有别的步骤用到的共享步骤。

谁也走不到这里。要么用上它，要么删掉文件：没人用的步骤，也没人会去改对它。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> tuple[str, ...]:
    """Return the steps that a flow or step calls."""
    return tuple(sorted({node.call for node in subject.nodes.values() if isinstance(node, Call)}))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find steps that nothing calls."""
    used = {step for steps in pack.notes.values() for step in steps}
    for key in pack.notes:
        id_ = key.removeprefix(f"{STEPS}/")
        if id_ != key and id_ not in used:
            text = Text(zh=f"没有流程用到步骤“{id_}”", en=f"no flow calls the step '{id_}'")
            yield key, Finding(("step",), text)
