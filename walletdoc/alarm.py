"""Signs of theft and of a scam in what somebody writes: whoever writes one is taken seriously first.

A sign is a few words, or parts that follow each other: `客服|对方 … 让我|叫我 … 下载` is one of the first two, then one of the
next two, then the last. Most scams have no word of their own, but all have somebody who wants something done.
"""

import re
from collections.abc import Iterator

from walletdoc.features import Reading
from walletdoc.frozen import frozen


@frozen
class Sign:
    """Words, and the flows one of which they call for."""

    words: str
    flows: tuple[str, ...]


_STOLEN = ("account-stolen", "lost-device")
_THEFT = (*_STOLEN, "unknown-charge")  # who did not do it may only not know it
_GONE = ("lost-device", "account-stolen")
_SCAM = ("scammed", "verify-contact")
_CALLED = ("verify-contact", "scammed")
_STRANGER = "客服|对方|有人|有个人|陌生人|警察|公安|领导|老师|中介|专员|网友|他"
ALARMING = frozenset((*_STOLEN, *_SCAM))
"""The flows for what must be acted on at once."""
_WISH = "下载|屏幕|转账|转钱|转到|打钱|打款|汇款|交钱|押金|费用|亲密付|流水|贷款|借钱|加微信|加qq|链接|网址|配合|视频"
_SOMEBODY = "caller|person|people|someone|somebody|stranger|him|her|them|guy|man|woman|agent"
_CHINESE = {
    _STOLEN: (
        "被盗", "盗刷", "盗号", "盗用", "盗走", "异地登录", "外地登录", "陌生设备", "有人登录", "别人登录", "登了我的",
        "登入我的", "被黑了", "被人登", "被别人登", "我朋友借钱|朋友借钱", "好友 … 借钱", "冒用", "被转走", "被人转走",
        "被别人转", "被人改", "被别人改", "密码 … 别人改|人改|偷改",
        "有人用我的|别人用我的|有人拿我的|别人拿我的|有人登我|还用我的号", "登录 … 我人在|我人不在|我没去|我从没去",
        "被转|自动转|自己转|偷偷转 … 不认识|陌生|别人|生人", "被套现|被人套", "密码 … 被改|被修改|被换|被人换",
    ),
    _THEFT: (
        "不是我操作", "不是我刷", "不是我转", "不是我本人", "被自动转",
        "一夜|半夜|夜里|凌晨|睡醒|醒来|一觉 … 少了|没了|不见|转走|转出|被扣",
    ),
    _GONE: (
        "手机被偷", "手机被抢", "钱包被偷", "手机丢", "丢了手机", "手机掉了", "手机不见", "手机被人", "手机被摸",
        "钱包丢", "钱包掉", "被人捡", "包被偷|包被抢", "手机|卡|钱包 … 被偷|被抢|偷走|抢走|捡走",
    ),
    _SCAM: (
        "被骗", "骗了", "骗走", "骗钱", "骗我", "骗子", "骗局", "行骗", "诈骗", "敲诈", "勒索", "裸聊", "网恋",
        "网上认识", "杀猪盘", "刷单", "做任务", "上当", "带我炒", "带我投资", "网友|群里 … 投资|炒|投了", "刷流水",
        "跑分", "刷信誉", "拉进群", "进群领", "荐股", "稳赚", "博彩", "赌博", "换脸",
        "投资|炒股|炒币|股票|外汇|虚拟币|做单 … 取不|提不|不让提|出不|退不|打不开|关了",
        "老师|导师|带着 … 投资|买股票|炒股|做单", "兼职|点赞|返利|返了 … 充|垫|先交|转",
        "贷款|放款|网贷|中介 … 先交|先转|先付|先打|先让|让我先|要我先|验资",
        "验证码|密码 … 念给|报给|说给|告诉了|告诉别|告诉他|告诉人|告诉对|告诉客|告诉骗|报了|念了|发给他|发给对方|发给骗",
        "扫|链接|软件 … 扣光|钱没了|钱被转",
        "转完|转了|付完|付了|打了钱|给了钱|收了钱 … 拉黑|失联|消失|把我删|删了我|删除我|联系不上",
    ),
    _CALLED: (
        "共享屏幕", "屏幕共享", "安全账户", "对公账户", "保证金", "解冻费", "解冻金", "备付金", "备用金", "百万保障",
        "远程控制", "会议软件", "冒充", "自称", "假客服", "公检法", "网警", "公安局打电话", "配合调查", "做笔录", "洗钱",
        "校园贷", "影响征信", "中奖", "缴保证金", "积分清零", "积分要清零", "验证码给", "验证码告诉", "把验证码",
        "点链接", "点了链接", "不要告诉家人", "先打钱", "先转钱", "先交钱", "追款",
        f"{_STRANGER}|说 … 让我|叫我|要我|喊我|叫他|让他 … {_WISH}",
        f"{_STRANGER} … 要验证码|要我验证码|发链接|发个链接|发了链接|发来链接|发了个链接|发来个链接",
        "打电话|来电|电话说 … 开通了|会员|征信|异常|涉嫌|理赔", "短信 … 点网址|扫码填|链接更新|是真的|是不是真",
        "再充|再交|再打|再垫|再转一笔|还要充|还要交|还要打|继续充|继续交 … 解冻|解封|才能|激活|提现|返",
        "加我|来电|打电话|打来|短信|链接|客服|自称 … 信得过|靠谱|可信|可靠|能信|真的吗|真的假的|是真是假",
        "交|缴|充|打钱|打款 … 才能提|才能取|才能解|才能放|才给提|才让提", "理赔|赔我|退改签 … 加qq|加微信|让我|靠谱",
    ),
}  # fmt: skip
_ENGLISH = {
    _STOLEN: (
        "hacked", "hacker", "hackers", "hijacked", "taken over", "account stolen", "stole my", "money stolen",
        "stolen money", "copied my card", "copy of my card", "logged into my", "login my",
        "changed|altered|replaced … by someone|by somebody|by a stranger|by a hacker|by others",
        "someone|somebody|stranger|hacker|thief … changed|login|got into|took over|got access",
        "used|spent|charged|payment|purchase|transaction … did not been|have not been|was not there|not in that|not been there",
        "money|transfers|payments|cash … by itself|by themselves|on its own|on their own",
    ),
    _THEFT: (
        "not by me", "fraudulent", "someone|somebody|stranger|thief … my card|my account|my wallet|my alipay|my wechat",
    ),
    _GONE: (
        "my stolen", "phone stolen", "stolen phone", "card stolen", "stolen card", "wallet stolen", "was stolen",
        "got stolen", "been stolen", "lost my phone|lost my wallet|lost my card|lost my bank card", "mugged", "robbed",
        "snatched", "phone was taken", "phone got taken", "took my phone", "stole my phone", "phone is gone",
        "phone gone", "lost my|left my|dropped my|misplaced my … phone|iphone|mobile|handset|wallet|purse|handbag|bag|cards",
        "lost phone", "find my phone", "pickpocket", "pickpocketed", "stolen … phone|card|wallet|purse|bag",
        "phone|wallet|purse|bag … stolen|snatched",
    ),
    _SCAM: (
        "scam", "scammed", "scammer", "scammers", "fraudster", "conned", "defrauded", "swindled", "tricked", "blackmail",
        "blackmailing", "blackmailed", "extorted", "sextortion", "ponzi", "fake landlord", "fake seller", "fake website",
        "fake site", "fake page", "fake job",
        "paid|sent|deposit|transferred … vanished|disappeared|blocked me|deleted me", "tinder", "my winnings",
        "gave|told … code|password|pin … missing|gone|took|taken",
        f"gave|told|read|sent|shared|typed … {_SOMEBODY} … code|otp|password|pin",
        f"gave|told|read|sent|shared … code|otp|password|pin … {_SOMEBODY}",
        "boss|manager|officer|policeman|agent|landlord … not really|was not my|was not him|was not her|turned out|impostor",
        "asking|asks|asked|wants|told|made me|make me … deposit|topup|pay|send|tax|fee … withdraw|unlock|release|profit|winnings",
        "threatening|threatens|threatened|threaten … money|pay|video|photos|pictures", "fake qr", "fake code",
        "a link|the link|this link|that link … typed|entered|filled|put in|gave|gone",
        "invest|invested|crypto|investment|trading|forex|bitcoin|shares … withdraw|atm|gone|lost|cash out",
        "job|task|tasks|likes … deposit|topup|recharge|pay first", "met online|met someone|online lover|online friend",
    ),
    _CALLED: (
        "phishing", "share my screen", "shared my screen", "screen sharing", "safe account", "remote control", "anydesk",
        "teamviewer", "fake support", "fake police", "fake call", "impersonating",
        "really alipay|really wechat|really apple|really from|really the bank|really my bank|really official|really support",
        "real customer service|real support|real agent|real alipay|real wechat|official number|official hotline",
        "should i|can i|do i … trust|believe", "unless i … install|pay|send|verify|transfer|click|call",
        "someone|somebody|guy|man|woman|lady|stranger … called me|rang me|phoned me|texted me|contacted me|messaged me|added me",
        f"{_SOMEBODY}|they|police … to move|to transfer money|to send money|to install|to deposit|to withdraw",
        "police|policeman|customs|officer|prosecutor|embassy … call|called|calls|rang|phoned|video|arrest|install|move",
        "call|text|message|email|link|sms … legit|genuine|real|suspicious",
        "suspicious … call|text|message|email|link|sms",
        "wants|asks|asked|asking … otp|verification code|cvv|card number", "fake customer service", "gift cards",
        "claiming to be", "claims to be", "pretending to be", "pretended to be", "legit", "real or not", "real or fake",
        "won a prize", "lottery", "click here", "install an app",
        "agent|support|service|caller|guy|police … want|wants|wanted|ask|asked|asks|told … screen|install|deposit|code|fee|move",
        "deposit|fee … unfreeze", "fee … unlock",
    ),
}  # fmt: skip
# Said by who did what was wished: beside a sign of a scam, it is one that has happened, and no question whether it is one.
_DONE_CHINESE = (
    "转了", "转过去", "打过去", "打了", "转给他", "转给对方", "付了", "照做", "按他说", "听他的", "没了", "被转", "转走",
    "填了", "念给", "点了", "扣光", "交了", "充了", "给了他", "转出去", "不还", "损失",
)  # fmt: skip
_DONE_ENGLISH = (
    "so i did", "and i did", "i already", "did what", "as told", "already sent", "already paid", "already gave", "i sent",
    "i paid", "i gave", "i typed", "i clicked", "i shared", "i transferred", "is gone", "money gone", "lost",
)  # fmt: skip
# Said by who asks how to keep something from happening.
_CAUTION = re.compile(
    "防止|预防|以防|怎么防|如何防|怎样防|避免|提前"
    "|(?:^| )(?:what if|in case|prevent|avoid|prepare|protect (?:my|me|myself|our|against|from)) "
)
# Said of what has not happened, or shall not.
_NO_CHINESE = ("没", "不是", "不会", "未", "防", "避免", "别", "怕", "当成", "当作", "误判")
_NO_ENGLISH = frozenset({"not", "avoid", "prevent", "against", "protect", "without", "if"})
_SENTENCE = re.compile("[^\\w]")
_BEFORE_CHINESE, _BEFORE_ENGLISH = 3, 4  # characters, words
# A request is no claim: `can someone tell me why my card …` is not about anybody.
_ASKED = re.compile("(?<= )(?:can|could|will|would|please|need|want) (?:someone|somebody) ")
_CLAUSE = re.compile("[^\\w]|别人|没了|没到|没钱")
_ABLE = re.compile("(?:can|could|will|would|do|does) not ")  # what somebody can't do is no denial of what comes next
_WITHIN_CHINESE, _WITHIN_ENGLISH = 14, 60  # characters from one part to the next

Begun = tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]]
"""What a sign begins with, the words any of which each later part is, and the flows that it calls for."""


def _read(listed: dict[tuple[str, ...], tuple[str, ...]], mark: str = "") -> tuple[Begun, ...]:
    """Return signs as they are looked for, one for each word that they may begin with; a mark stands around each word."""
    found: list[Begun] = []
    for flows, signs in listed.items():
        for words in signs:
            begins, *rest = (tuple(f"{mark}{word}{mark}" for word in part.split("|")) for part in words.split(" … "))
            found += ((first, tuple(rest), flows) for first in begins)
    return tuple(found)


_CHINESE_SIGNS, _ENGLISH_SIGNS = _read(_CHINESE), _read(_ENGLISH, " ")


def signs(reading: Reading) -> Iterator[Sign]:
    """Yield the signs that stand in a text, without those that are said of what has not happened."""
    plain, typed = reading.plain, _ASKED.sub("", f" {' '.join(reading.words)} ")
    found = [*_in_chinese(plain), *_in_english(typed)]
    yield from found
    if any(_SCAM[0] in each.flows for each in found):
        done = [*_said(plain, _DONE_CHINESE), *_said(typed, _DONE_ENGLISH)]
        yield from (Sign(words, _SCAM[:1]) for words in done)


def cautious(reading: Reading) -> bool:
    """Whether a text asks how to keep something from happening."""
    return bool(_CAUTION.search(reading.plain) or _CAUTION.search(f" {' '.join(reading.words)} "))


def _in_chinese(plain: str) -> Iterator[Sign]:
    if plain.isascii():
        return
    for at, words, flows in _standing(plain, _CHINESE_SIGNS, _WITHIN_CHINESE):
        if not _denied_in_chinese(plain[:at]):
            yield Sign(words, flows)


def _in_english(typed: str) -> Iterator[Sign]:
    for at, words, flows in _standing(typed, _ENGLISH_SIGNS, _WITHIN_ENGLISH):
        if not _NO_ENGLISH.intersection(_ABLE.sub(" ", typed[:at]).split()[-_BEFORE_ENGLISH:]):
            yield Sign(words, flows)


def _denied_in_chinese(before: str) -> bool:
    """Whether what stands before a sign denies it; what stands in another clause does not, nor does 别人 or 没了."""
    if _CAUTION.search(_SENTENCE.split(before)[-1]):
        return True
    clause = _CLAUSE.split(before[-_BEFORE_CHINESE:])[-1]
    return any(no in clause for no in _NO_CHINESE)


def _said(text: str, listed: tuple[str, ...]) -> Iterator[str]:
    """Yield the words of a list that stand in a text and are not denied."""
    for words in listed:
        at = text.find(words)
        if at >= 0 and not any(no in text[max(at - _BEFORE_CHINESE, 0) : at] for no in _NO_CHINESE):
            yield words


def _standing(text: str, listed: tuple[Begun, ...], within: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield where a sign stands in a text, its words, and the flows that it calls for."""
    for first, rest, flows in listed:
        at = text.find(first)
        if at >= 0:
            found = [first, *_after(text[at + len(first.rstrip()) :], rest, within)]
            if len(found) > len(rest):
                yield at, " … ".join(each.strip() for each in found), flows


def _after(text: str, parts: tuple[tuple[str, ...], ...], within: int) -> Iterator[str]:
    """Yield the word of each part that stands soon after the one before, until one does not."""
    for part in parts:
        standing = [(text.find(word, 0, within), word) for word in part if word in text[:within]]
        if not standing:
            return
        at, word = min(standing)
        yield word
        text = text[at + len(word.rstrip()) :]
