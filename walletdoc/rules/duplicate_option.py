"""Two options of one question that read the same, but for case, width, spaces and punctuation.

Whoever has to choose can't tell them apart, and is led one way or the other by chance.

Bad:
    nodes:
      record:
        options:
          done: {say: {zh: "处理中", en: "Done"}, go: refresh}
          processing: {say: {zh: "处理中。", en: "Being processed"}, go: waited}

Good:
    nodes:
      record:
        options:
          done: {say: {zh: "充值成功", en: "Done"}, go: refresh}
          processing: {say: {zh: "处理中", en: "Being processed"}, go: waited}
"""

from collections.abc import Iterator, Mapping

from walletdoc.diagnostic import Severity
from walletdoc.flow import Ask, FactOption, Option
from walletdoc.subject import LANGS, Finding, PackSubject, Subject, Where
from walletdoc.text import Text, brief
from walletdoc.writing import spoken

ZH = """同一个问题的两个选项，除了大小写、全角半角、空格和标点，读起来一样。

要选的人分不出来，走哪条路全凭运气。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find options of a question that read the same."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Ask):
            yield from _alike(("nodes", id_, "options"), node.options)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find options of a fact that read the same."""
    for id_, fact in pack.own("facts").items():
        yield from (("facts.yaml", each) for each in _alike(("facts", id_, "options"), fact.options))


def _alike(at: Where, options: Mapping[str, Option] | Mapping[str, FactOption]) -> Iterator[Finding]:
    for lang in LANGS:
        seen: dict[str, str] = {}
        for id_, option in options.items():
            label = option.say.of(lang)
            twin = seen.setdefault(spoken(label), id_)
            if twin != id_:
                shown = brief(label)
                zh, en = f"“{shown}”和选项“{twin}”读起来一样", f"'{shown}' reads the same as option '{twin}'"
                yield Finding((*at, id_, "say", lang), Text(zh=zh, en=en))
