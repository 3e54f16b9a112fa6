"""A text that says to pay again, at a node that does not say `retries-payment`.

`retry-before-money` holds that nobody pays twice, and sees only what is marked. So a try that says it in words is to be
marked, and any other text may say it only where `no` was answered to `money-taken`, or together with a look whether the money
was taken. The message shows a way without.

Bad:
    nodes:
      refresh:
        try: {zh: "关掉应用再打开，然后再充一次。", en: "Close the app, open it again, then top up once more."}

Good:
    nodes:
      refresh:
        try: {zh: "关掉应用再打开，不要再充一次。", en: "Close the app, open it again, and don't top up once more."}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, Flow, Try
from walletdoc.subject import Finding, Said, Subject
from walletdoc.text import Lang, Text, brief

ZH = """文字里让人再付一次，节点上却没有写 `retries-payment`。

`retry-before-money` 防的是付两遍，它只看写了标记的节点。所以，尝试里这样说，就要写上标记；别的文字只有在 `money-taken` 答了
`no` 的地方才可以这样说，或者先让人看清钱扣了没有。信息里写出了一条没问清的路。
"""
SEVERITY = Severity.ERROR
WHOLE = True

_AGAIN: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(
        r"再(?:次)?(?:付|支付|付款|充|转|打)(?:款|账|值|钱)?(?:一?[次笔遍]|一下)|重新(?:付款|支付|付|转账|转|充值|扫码付|打款)(?!密码|方式|宝)"
        r"|(?:付款|支付|转账|充值)再?(?:试|重试)一?[次下]|再试一?[次下](?:付款|支付|转账|充值)"
    ),
    "en": re.compile(
        r"\b(?:pay|try paying|try to pay|send the money|transfer|top up)(?: it)? (?:once more|again|another time|a second time)\b"
        r"|\b(?:repeat|retry|redo) (?:the|your) (?:payment|transfer|top-up)\b"
        r"|\b(?:try|make) (?:the|your) (?:payment|transfer|top-up) (?:again|once more)\b"
    ),
}
# What takes it back, or puts it off: in the clause of it; and a look at the money, anywhere before it in its sentence.
_NOT: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(r"不|别(?!的)|勿|之前|以前|没|免得|以免|如果|要是|是否|会|后来|[付充转]的"),
    "en": re.compile(
        r"\b(?:not|never|no|nor|before|until|if|whether|without|than|did|may|might|could|would|when|rather|instead)\b|n['’]t\b"
    ),
}
_LOOKED: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(r"没有?(?:被)?扣|扣没扣|扣了没有|没扣|没有?付成|没有?收到"),
    "en": re.compile(
        r"\b(?:not|n['’]t|never|nothing|no money|whether)\b.{0,30}\b(?:taken|charged|through|paid)|nothing was taken"
    ),
}
_SLOTS = frozenset({"try", "do", "steps", "how", "say", "warning"})
_HINTS: dict[Lang, tuple[str, ...]] = {
    "zh": ("再", "重新", "重试"),
    "en": ("again", "once more", "time", "repeat", "retry", "redo"),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find texts of a flow that say to pay again; what a step says is for the call to mark."""
    if not isinstance(subject.owner, Flow):
        return
    for lang in _AGAIN:
        for said, folded in subject.texts.prose[lang].with_words(_HINTS[lang]):
            if _advises(said) and (shown := _again(lang, folded)):
                yield from _unmarked(subject, said, shown)


def _advises(said: Said) -> bool:
    return said.where[0] == "nodes" and said.slot in _SLOTS and "options" not in said.where


def _again(lang: Lang, text: str) -> str | None:
    """Return the clause that says to pay again, for one that does and takes nothing of it back."""
    for match in _AGAIN[lang].finditer(text):
        sentence = re.split(r"[。！？!?]|\.(?=\s|$)", text[: match.start()])[-1]
        clause = re.split(r"[,，;；:：、]", sentence)[-1]
        if not _NOT[lang].search(clause + match[0]) and not _LOOKED[lang].search(sentence):
            return clause + match[0]
    return None


def _unmarked(subject: Subject, said: Said, shown: str) -> Iterator[Finding]:
    id_ = str(said.where[1])
    node = subject.nodes[id_]
    if id_ not in subject.known.states or (isinstance(node, Try | Call) and node.retries_payment):
        return
    found = subject.known.not_untaken(id_)
    quoted = brief(shown.strip())
    if found is not None:
        asked, way = found
        told = Text(zh=f"：{way}", en=f": {way}") if way else Text(zh="", en="")
        why = "though the money may be taken" if asked else "before asking whether the money was taken"
        text = Text(
            zh=f"“{quoted}”让人再付一次，走到这里{'的人，钱可能已经扣了' if asked else '却没有问过钱扣没扣'}{told.zh}",
            en=f"'{quoted}' says to pay again {why}{told.en}",
        )
        yield Finding(said.where, text)
    elif isinstance(node, Try):
        text = Text(
            zh=f"“{quoted}”让人再付一次：在这里写上 retries-payment: true 和 taken",
            en=f"'{quoted}' says to pay again; write 'retries-payment: true' and 'taken' here",
        )
        yield Finding(said.where, text)
