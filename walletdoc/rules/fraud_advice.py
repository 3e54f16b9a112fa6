"""A text that has people do what frauds have them do.

Nobody honest needs a shared screen, control of a phone, money moved to a "safe account" or paid first to get money back,
or a link opened that somebody sent. Whoever learns it here will do it for a fraud. To warn of it, or to say how to stop it, is
right.

Bad:
    nodes:
      refresh:
        steps: {zh: ["打开屏幕共享，让客服帮你看。"], en: ["Share your screen with support."]}

Good:
    nodes:
      refresh:
        steps: {zh: ["关掉屏幕共享，再自己看余额。"], en: ["Stop sharing your screen, then look at the balance yourself."]}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.secretwords import FINE, SENTENCE, around
from walletdoc.subject import Finding, Said, Subject
from walletdoc.text import Lang, Text, brief

ZH = """让人照着骗子的套路做的文字。

共享屏幕、让人远程控制、把钱转到“安全账户”、先交钱才能解冻、点别人发来的链接：正规的客服都不需要。在这里照做了，遇到骗子也会照做。
提醒不要这样做，或者说怎么关掉，都没问题。
"""
SEVERITY = Severity.ERROR

_AFTER = 12  # characters after what is advised in which a word may take it back
_C = r"[^。！？；，,.!?;:\0]"
_HELPER = r"(?:客服|对方|人工|工作人员|专员|专家|技术|他们?|我们)"
_ZH = re.compile(
    rf"(?:打开|开启|开|点击?|选择?|接受|同意|进行|发起|使用){_C}{{0,4}}?(?:屏幕共享|共享屏幕|远程(?:协助|控制|操作))"
    rf"|(?:和|跟|向|给|与){_HELPER}{_C}{{0,4}}?(?:共享|分享){_C}{{0,3}}?屏幕|屏幕(?:共享|分享)?给{_HELPER}"
    rf"|(?:让|请|由|给){_HELPER}{_C}{{0,4}}?(?:远程|(?:控制|操作)(?:[你您]的)?(?:手机|电脑|屏幕))"
    rf"|(?:安装|下载|装上?){_C}{{0,14}}?(?:远程(?:软件|协助|控制)|向日葵|todesk|anydesk|teamviewer)"
    rf"|(?:转|打|汇|存|付|挪){_C}{{0,10}}?(?:到|入|进|去|给){_C}{{0,4}}?安全(?:账户|帐户|账号)"
    rf"|(?:交|付|缴|转|垫){_C}{{0,6}}?(?:解冻(?:费|金)|验证金|认证金|激活费)|(?:交|付|缴|垫){_C}{{0,4}}?保证金{_C}{{0,3}}?(?:解冻|提现)"
    rf"|(?:点击?|点开|打开|扫){_C}{{0,3}}?{_HELPER}(?:给你|给您)?(?:发|给|传){_C}{{0,5}}?(?:链接|网址|二维码)"
    r"|(?:点击?|点开|打开)短信(?:里|中|上)的?(?:链接|网址)"
)
_EN_HELPER = r"(?:support|(?:the |an )?agent|them|us|(?:the )?staff|somebody|a technician)"
_EN = re.compile(
    r"\bshare (?:your|the) screen|\b(?:turn on|start|accept|allow|enable) (?:screen sharing|remote (?:control|access|help))"
    rf"|\b(?:let|allow) {_EN_HELPER} (?:to )?(?:control|access|operate|take over|see) (?:your|the) (?:phone|computer|screen)"
    rf"|\b(?:install|download|open){_C}{{0,15}}?(?:anydesk|teamviewer|todesk|remote (?:control|access|desktop))"
    rf"|\b(?:move|transfer|send|pay|put){_C}{{0,25}}?\b(?:to|into) (?:a|the|our|this|your) (?:safe|secure) account"
    r"|\bpay (?:a|an|the) (?:small )?(?:unlock|unlocking|unfreezing|activation|verification|release) (?:fee|deposit)"
    rf"|\bpay (?:a|the) (?:deposit|fee){_C}{{0,8}}?to (?:unfreeze|unlock|release)"
    rf"|\b(?:click|open|tap|follow|scan)(?: on)? (?:the|a|any) (?:link|code)s? (?:that )?{_EN_HELPER} (?:sends?|sent|gives?|gave)"
    r"|\b(?:click|open|tap|follow)(?: on)? the link in the (?:text|sms|message)"
)
_PATTERNS: dict[Lang, re.Pattern[str]] = {"zh": _ZH, "en": _EN}
_HINTS: dict[Lang, tuple[str, ...]] = {
    "zh": (
        "屏幕", "远程", "控制", "操作", "向日葵", "todesk", "anydesk", "teamviewer", "安全账", "安全帐", "解冻",
        "证金", "激活费", "链接", "网址", "二维码",
    ),
    "en": (
        "screen", "remote", "your phone", "your computer", "anydesk", "teamviewer", "todesk", "e account",
        "deposit", " fee", "link", "code",
    ),
}  # fmt: skip
_TAKEN_BACK: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile("关|停|断开|取消|退出|卸载|挂|拒绝|小心|当心|叫你|要求|引导|诱导|套路|哄|曾|了的|过"),
    "en": re.compile(
        r"\b(?:stop|end|ends|turn off|close|refuse|beware|asks?|asked|tells?|told|wants?|if|whether|hang up)\b"
    ),
}
_ADVICE = frozenset({"try", "do", "steps", "how", "say", "prevent", "warning"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find texts that advise what frauds do."""
    for lang, pattern in _PATTERNS.items():
        for said, folded in subject.texts.prose[lang].with_words(_HINTS[lang]):
            if _advises(said) and pattern.search(folded):
                yield from (_finding(said, each) for each in SENTENCE.findall(folded) if _meant(lang, each))


def _advises(said: Said) -> bool:
    """Tell what people are told to do from what they are asked, and from what they may answer."""
    return said.where[0] == "nodes" and said.slot in _ADVICE and "options" not in said.where


def _meant(lang: Lang, sentence: str) -> bool:
    """Tell whether a sentence advises it, and takes nothing of it back."""
    for match in _PATTERNS[lang].finditer(sentence):
        told = around(sentence, match, _AFTER)
        if not FINE[lang].search(told) and not _TAKEN_BACK[lang].search(told):
            return True
    return False


def _finding(said: Said, sentence: str) -> Finding:
    shown = brief(sentence.strip())
    text = Text(
        zh=f"“{shown}”是骗子让人做的事；改成自己在应用里能做的，或者写成提醒",
        en=f"'{shown}' is what frauds have people do; say what to do in the app instead, or warn of it",
    )
    return Finding(said.where, text)
