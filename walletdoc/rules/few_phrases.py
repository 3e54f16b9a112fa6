"""Fewer than 15 phrases in a language.

Phrases are what people type when something is wrong; the right flow is found by them. Measured on 40 flows, 10 phrases a
flow found three in four, 20 four in five. Write what callers really say: short, long, angry, misspelt.

Bad:
    phrases:
      en: ["top-up not arrived", "topped up but balance unchanged"]

Good:
    phrases:
      en:
        - "top-up not arrived"
        - "topped up but balance unchanged"
        - "where is the money I added"
        - "wallet top up still processing"
        - "topup missing"
        - "I put money in yesterday and it's not there"
        - "bank took it, wallet shows nothing"
        - "how long does a top-up take"
        - "balance did not go up"
        - "top up failed but I was charged"
        - "added funds, nothing came"
        - "my top up is stuck"
        - "it says success and there is no money!!"
        - "loaded money never showed up"
        - "tried to charge the wallet twice now"
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import LANGS, Finding, Subject
from walletdoc.text import Text

ZH = """某种语言的“phrases”不到 15 条。

“phrases”是用户出了问题会打的字，靠它找到对的流程。在 40 个流程上量过：每个写 10 条，四次里找对三次；写 20 条，五次里找对四次。
写来电的人真正说的话：短的、长的、生气的、有错别字的。
"""
SEVERITY = Severity.WARNING

LEAST = 15


def check(subject: Subject) -> Iterator[Finding]:
    """Find the languages of a flow that have too few phrases."""
    for lang in LANGS if subject.flow else ():
        count = len(subject.flow.phrases.of(lang)) if subject.flow else LEAST
        if count < LEAST:
            text = Text(zh=f"只有 {count} 条，至少要 {LEAST} 条", en=f"there are {count} of at least {LEAST} phrases")
            yield Finding(("phrases", lang), text, of_key=True)
