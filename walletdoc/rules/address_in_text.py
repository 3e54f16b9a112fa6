"""A web address, an e-mail address, or the id of a chat account in a text.

Nothing vouches for it, and a fraud's page looks like the real one. Say what to search for inside the app, or use a contact
of the registry.

Bad:
    nodes:
      call-wallet:
        say: {zh: "请到 ｗｗｗ．example．com 查，或加微信：kefu_9988。", en: "See example dot com, or write to help@example.com."}

Good:
    nodes:
      call-wallet:
        say: {zh: "请在钱包里搜“客服”。", en: "Search for support inside the wallet."}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Subject, Texts
from walletdoc.text import Text, brief

ZH = """文字里的网址、邮箱，或者聊天账号。

没有东西能证明它是真的，骗子的网页跟真的一模一样。写清楚在应用里搜什么，或者用登记表里的联系方式。
"""
SEVERITY = Severity.ERROR

_DOT = r"\s{0,2}(?:[.。｡․]|[\[(（【]\s?(?:\.|dot|点)\s?[\])）】]|(?<=\s)dot(?=\s)|(?<=[a-z0-9])点(?=[a-z]))\s{0,2}"
_TOP = r"(?:com|cn|net|org|top|xyz|vip|cc|info|io|me|app|shop|site|club|online|link|ly|gov|edu|biz|tv|hk|tk|ru|im|co)"
_ADDRESS = re.compile(
    r"(?:https?|hxxps?|ftp)\s{0,2}:\s{0,2}/\s?/\S*"
    rf"|(?<![a-z0-9])www{_DOT}[a-z0-9-]+"
    rf"|(?<![a-z0-9])[a-z0-9][a-z0-9-]*(?:{_DOT}[a-z0-9-]+)*?{_DOT}{_TOP}(?![a-z0-9-])"
    r"|[a-z0-9._-]{2,}\s{0,2}(?:@|[\[(]\s?at\s?[\])])\s{0,2}[a-z0-9-]{2,}"
    r"|(?<![a-z])(?:微信号?|v信|企鹅号?|qq(?:号|群)?|wechat|weixin|vx|telegram|whatsapp|skype|纸飞机)"
    r"(?:\s?(?:号|群|id|是|is|:|：|号码)){1,3}\s{0,2}@?[a-z0-9][a-z0-9_-]{4,}"
    r"|(?:加|\badd\s)\s?(?:v|vx|wx|qq|微信)\s{0,2}[:：]?\s{0,2}[a-z0-9][a-z0-9_-]{4,}"
    r"|(?<![\w.])@[a-z0-9_]{4,}",
    re.ASCII,
)
# What any of these has: a dot, written somehow, before such an ending, or one of the words.
_ENDING = re.compile(rf"[.。｡․点\])）】]\s{{0,2}}{_TOP}(?![a-z0-9-])", re.ASCII)
_WORDS = (
    *("dot", "www", "@", "at]", "at)", "at ]", "at )", ":/", ": /", ":  /"),
    *("微信", "v信", "企鹅", "qq", "wechat", "weixin", "vx", "wx", "加v", "加 v", "add v"),
    *("telegram", "whatsapp", "skype", "纸飞机"),
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find addresses in the texts of a flow or step."""
    yield from _in(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find addresses in the texts of the registries."""
    yield from pack.in_registries(_in)


def _in(texts: Texts) -> Iterator[Finding]:
    for prose in texts.prose.values():
        endings = prose.of_folded(match.start() for match in _ENDING.finditer(prose.folded))
        for said, folded in dict((*endings, *prose.with_words(_WORDS))).items():
            match = _ADDRESS.search(folded)
            if match is not None:
                shown = brief(match[0])
                text = Text(
                    zh=f"“{shown}”像网址、邮箱或聊天账号；文字里不写这些",
                    en=f"'{shown}' looks like a web, e-mail or chat address; texts have none",
                )
                yield Finding(said.where, text)
