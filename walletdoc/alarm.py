"""Signs of theft and of a scam in what somebody writes: whoever writes one is taken seriously first."""

from collections.abc import Iterator

from walletdoc import chinese, english
from walletdoc.features import legible
from walletdoc.frozen import frozen


@frozen
class Sign:
    """Words, and the flows one of which they call for."""

    words: str
    flows: tuple[str, ...]


_THEFT = ("account-stolen", "lost-device", "unknown-charge")
_GONE = ("lost-device", "account-stolen")
_SCAM = ("scammed", "verify-contact")
_CALLED = ("verify-contact", "scammed")
_CHINESE = {
    _THEFT: (
        "被盗", "盗刷", "盗号", "盗用", "盗走", "异地登录", "不是我操作", "不是我刷", "被黑了", "别人登录",
        "不是我本人", "外地登录", "陌生设备", "有人登录",
    ),
    _GONE: (
        "手机被偷", "手机被抢", "手机丢", "丢了手机", "钱包被偷",
    ),
    _SCAM: (
        "被骗", "骗了", "骗走", "骗钱", "骗子", "诈骗", "杀猪盘", "刷单", "上当",
    ),
    _CALLED: (
        "共享屏幕", "屏幕共享", "安全账户", "保证金", "解冻费", "百万保障", "远程控制", "冒充", "假客服",
        "洗钱", "验证码给", "验证码告诉", "把验证码", "公检法", "自称", "中奖", "缴保证金", "公安局打电话",
        "配合调查", "点链接", "点了链接",
    ),
}  # fmt: skip
_ENGLISH = {
    _THEFT: (
        "hacked", "account stolen", "stole my", "money stolen", "stolen money",
    ),
    _GONE: (
        "my stolen", "phone stolen", "stolen phone", "card stolen", "stolen card", "was stolen", "got stolen",
        "been stolen", "lost my phone",
    ),
    _SCAM: (
        "scam", "scammed", "scammer", "scammers", "fraudster", "conned", "swindled", "tricked",
    ),
    _CALLED: (
        "phishing", "share my screen", "shared my screen", "screen sharing", "safe account", "remote control",
        "anydesk", "teamviewer", "fake support", "fake customer service", "gift cards",
    ),
}  # fmt: skip
# Said of what has not happened, or shall not.
_NO_CHINESE = ("没", "不是", "不会", "未", "防", "避免", "别", "怕")
_NO_ENGLISH = frozenset({"not", "avoid", "prevent", "against", "protect", "without", "if"})
_BEFORE_CHINESE, _BEFORE_ENGLISH = 3, 4  # characters, words
_CALLING_IN_CHINESE = {words: flows for flows, listed in _CHINESE.items() for words in listed}
_CALLING_IN_ENGLISH = {words: flows for flows, listed in _ENGLISH.items() for words in listed}
_LONGEST_ENGLISH = max(len(words.split()) for words in _CALLING_IN_ENGLISH)


def signs(text: str) -> Iterator[Sign]:
    """Yield the signs that stand in a text, without those that are said of what has not happened."""
    text = legible(text)
    plain = chinese.plain(text)
    for words, flows in _CALLING_IN_CHINESE.items():
        at = plain.find(words)
        if at >= 0 and not any(no in plain[max(at - _BEFORE_CHINESE, 0) : at] for no in _NO_CHINESE):
            yield Sign(words, flows)
    typed = english.words(text)
    for at in range(len(typed)):
        for length in range(1, _LONGEST_ENGLISH + 1):
            words = " ".join(typed[at : at + length])
            if words in _CALLING_IN_ENGLISH and not _NO_ENGLISH.intersection(typed[max(at - _BEFORE_ENGLISH, 0) : at]):
                yield Sign(words, _CALLING_IN_ENGLISH[words])
