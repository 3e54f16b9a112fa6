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
_ANY_DOT = rf"(?:{_DOT}|\s{{0,2}}[·•]\s{{0,2}}|(?<=[a-z0-9])\s{{1,2}}点\s{{1,2}})"
# Endings that are no words, and need not stand close; and endings that are, and do: "Tap Me. Top up there."
_TOP = (
    r"(?:com|cn|net|org|xyz|vip|cc|io|ly|gl|gov|edu|biz|tv|hk|tk|ru|im|co|eu|uk|icu|ltd|wang|asia|dev"
    r"|中国|公司|网络|网址|在线)"
)
_WORDY = (
    r"(?:top|info|me|app|shop|site|club|online|link|page|live|fun|store|tech|website|space|ink|work|pro|group|cloud|support|help|de"
    r"|us)"
)
_PART = r"[a-z0-9-]"
_SERVICE = (
    r"(?:微信|[薇威]信|v\s?信|企鹅|扣扣|qq|wechat|weixin|vx|wx|tg|telegram|电报|whatsapp|skype|signal|discord|facebook|messenger"
    r"|line|纸飞机|蓝信|钉钉|飞书|抖音|快手|小红书|公众号|(?<=[加我])\s?微|(?<=[加➕+])\s?[vq])"
)
# The name of an account, as opposed to a word: letters and, among them, a digit or a line.
_NAME = r"(?=[a-z0-9_-]*[0-9_])[a-z][a-z0-9_-]{4,}(?![a-z0-9_-])"
_ADDRESS = re.compile(
    r"(?:https?|hxxps?|ftp)\s{0,2}:\s{0,2}(?:/\s?/\S*|[a-z0-9]+\.\S*)"
    rf"|(?<![a-z0-9])www{_DOT}[a-z0-9-]+"
    rf"|(?<![a-z0-9])[a-z0-9]{_PART}*(?:{_DOT}{_PART}+)*?{_ANY_DOT}{_TOP}(?![a-z0-9-])"
    rf"|(?<![a-z0-9])[a-z0-9]{_PART}*(?:\.{_PART}+)*?\.{_WORDY}(?![a-z0-9-])"
    r"|[\u4e00-\u9fff]{2,}\.(?:com|cn|net|org|vip|cc|中国|公司|网络|网址|在线)(?![a-z0-9-])"
    r"|(?<![a-z0-9.])[a-z0-9-]{3,}(?:\.[a-z0-9-]+)*\.[a-z]{2,}/[a-z0-9]+"
    r"|(?:[a-z0-9]\s){3,}\.\s?(?:c\s?o\s?m|c\s?n|n\s?e\s?t|o\s?r\s?g)(?![a-z0-9])|h\st\st\sp"
    r"|[a-z0-9._-]{2,}\s{0,2}(?:@|[\[(]\s?at\s?[\])]|艾特)\s{0,2}[a-z0-9-]{2,}"
    r"|(?<![a-z])[a-z0-9._-]{3,}\sat\s[a-z0-9-]{2,}(?:\sdot\s|\.)(?:com|cn|net|org)(?![a-z0-9-])"
    rf"|(?<![a-z]){_SERVICE}[\s:号群搜加是@#“”\"'-]{{0,6}}(?:(?:id|is|live)[\s:是@]{{0,3}}){{0,2}}(?:{_NAME}|[0-9]{{5,}})"
    r"|(?:微信|[薇威]信|v\s?信|企鹅|qq|wechat|weixin|vx|telegram|whatsapp|skype)\s?(?:号码?|群|id)\s{0,2}:\s{0,2}@?[a-z0-9][a-z0-9_-]{4,}"
    r"|(?:加|\badd\s)\s?(?:v|vx|wx|qq|微信)\s{0,2}:\s{0,2}[a-z0-9][a-z0-9_-]{4,}"
    r"|(?<![\w.])@[a-z0-9_]{4,}"
)
# What any of these has: a dot, written somehow, before such an ending, or one of the words.
_ENDING = re.compile(rf"[.。｡․点\])）】·•]\s{{0,2}}(?:{_TOP}|{_WORDY})(?![a-z0-9-])|\.[a-z]{{2,}}/")
_WORDS = (
    "dot", "www", "@", "at]", "at)", "at ]", "at )", "艾特", "http", "ftp", "hxxp", "h t t p", " . c", " . n",
    " . o", "号:", "号 :", "码:", "群:", "群 :", "id:", "id :", "v:", "x:", "q:", "信:",
)  # fmt: skip
_NAMED = re.compile(r"[a-z-][0-9_]")  # the name of an account; words have neither digits nor lines
# Letters of other alphabets that look like ours, as ours: а of Cyrillic, ο of Greek.
_ALIKE = str.maketrans("аеорсухіјѕԁһԛԝмткнвзοαενικρτυχ", "aeopcyxijsdhqwmtkhb3oaevikptux")
_STRANGE = re.compile("[\u0370-\u058f]")


def check(subject: Subject) -> Iterator[Finding]:
    """Find addresses in the texts of a flow or step."""
    yield from _in(subject.texts)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find addresses in the texts of the registries."""
    yield from pack.in_registries(_in)


def _in(texts: Texts) -> Iterator[Finding]:
    for prose in texts.prose.values():
        endings = [match.start() for match in _ENDING.finditer(prose.folded)]
        named = [match.start() for match in _NAMED.finditer(prose.folded)]
        strange = [match.start() for match in _STRANGE.finditer(prose.folded)]
        likely = prose.of_folded((*endings, *named, *strange))
        for said, folded in dict((*likely, *prose.with_words(_WORDS))).items():
            match = _ADDRESS.search(folded.translate(_ALIKE) if strange else folded)
            if match is not None:
                shown = brief(folded[slice(*match.span())])
                text = Text(
                    zh=f"“{shown}”像网址、邮箱或聊天账号；改成在应用里搜什么，或者用占位符",
                    en=f"'{shown}' looks like a web, e-mail or chat address; say what to search for in the app instead",
                )
                yield Finding(said.where, text)
