"""The words by which a sentence asks for a secret, or says to tell somebody one; and those by which it only speaks of one.

All take a sentence folded (see `writing.folded`), in one language. A secret is a password, a code, a full card or identity
number, or what shows them: the digits of a message, a picture of a card.
"""

import re
from collections.abc import Mapping

from walletdoc.text import Lang

_CLAUSE = r"[^。！？；，,.!?;:\0]"

# --- Chinese

_ZH_KEY = (
    r"(?:密码|验证码|校验码|动态码|动态口令|口令|安全码|cvv2?|cvc2?|私钥|助记词"
    r"|(?:收到|短信(?:里|上|中))的?[^。！？；，,]{0,4}(?:数字|码(?!头))|(?:卡|背)[^。！？；，,]{0,3}(?:三|3)位数?字?)"
)
_ZH_NAMED = (
    rf"(?:{_ZH_KEY}|卡号|身份证号码?|证件号码?|(?:银行卡|身份证)的?完整号码|(?:卡|身份证|证件)的?(?:正反面|照片)"
    r"|付款码[^。！？；，,]{0,4}(?:数字|截图|照片))"
)
_ZH_WHO = (
    r"(?:客服|我们|我|对方|人工|他|她|坐席|银行|工作人员|专员|专家|经理|店员|店家|卖家|商家|快递|骑手|家人|朋友|同事|警|接线员|电话里"
    r"|那边|那头|维修|人员|老师|群)"
)
_ZH_GIVE = (
    r"(?:告诉|告知|发送?给|发到|回复给?|报给|念给|读给|说给|交给|转发给?|转给|传给|提供给|透露给"
    r"|(?<![发报念说交转传送供露复])给)"
)
_ZH_AT = r"(?:备注|留言|工单|聊天|群里|评论|消息|邮件|对话)"
# What follows a secret that is only spoken of: 密码忘了, 验证码收不到.
_ZH_STATE = (
    r"(?!{c}{0,3}(?:忘|错|收|不|没|被|过期|失效|是不是|有没有|有问题|已|锁|用不|提示|输|发[到给]|怎么|为什么))".replace(
        "{c}", _CLAUSE
    )
)
_ZH_ABOUT = rf"(?:(?!忘|收不|没|不|错|丢|改|换|是不是|提示|为什么|怎么|给过){_CLAUSE}){{0,10}}?"
_ZH_TELLS = (
    rf"{_ZH_GIVE}(?!过)(?:一下)?\s?{_ZH_WHO}{_ZH_ABOUT}{_ZH_NAMED}{_ZH_STATE}"
    rf"|{_ZH_NAMED}(?:、|和|与|及|{_ZH_NAMED}|有效期|号码?|照片|复印件|(?:可以|都|也|要|再|先|照实|直接|拍照|截图|下面的?数字|念|看|扫|后)){{0,4}}"
    rf"{_ZH_GIVE}(?!过|谁|旧|新|你|您)[^。！？；，,]{{0,5}}?{_ZH_WHO}"
    rf"|(?:向|跟|和|同|对|与|按|照|配合){_ZH_WHO}{_CLAUSE}{{0,6}}?(?:提供|说一?下?|核对|报一?下?|讲|出示|念一?下?|告知|透露|发送)"
    rf"{_ZH_ABOUT}{_ZH_NAMED}{_ZH_STATE}"
    rf"|(?:提供|报一下|报上|报出|念出|读出|交出|透露|说出|回复)(?!过|的){_ZH_ABOUT}{_ZH_KEY}{_ZH_STATE}"
    rf"|(?:填写?|写|报){_ZH_WHO}(?:要|问|需要|索要)的{_CLAUSE}{{0,3}}?{_ZH_KEY}"
    rf"|{_ZH_KEY}{_CLAUSE}{{0,4}}?(?:发过去|发过来|发来|报过去|念出来|说出来|报出来|交出来)"
    rf"|{_ZH_NAMED}{_CLAUSE}{{0,4}}?(?:写|填|输|发|附)(?:在|进|入|到|上){_CLAUSE}{{0,4}}?{_ZH_AT}"
    rf"|{_ZH_AT}(?:里|中|上|栏)*{_CLAUSE}{{0,3}}?(?:写|填|输|附|留)(?:上|下|入|明){_CLAUSE}{{0,6}}?{_ZH_NAMED}"
    rf"|(?:回复|短信)[^。！？；]{{0,6}}?(?:写|附|带)上{_CLAUSE}{{0,6}}?{_ZH_KEY}"
    rf"|付款码{_CLAUSE}{{0,8}}?(?:发|报|念|告诉)(?:送?给)?{_ZH_WHO}|付款码[^。！？；，,]{{0,4}}截图{_CLAUSE}{{0,3}}给"
    rf"|{_ZH_WHO}{_CLAUSE}{{0,4}}?(?:要|问|需要|索要){_CLAUSE}{{0,4}}{_ZH_KEY}[^。！？；]{{0,6}}?"
    r"(?:配合|照实|如实|就给|就说|就报|可以给|给他|告诉他|报给他|念给他)"
)
_ZH_ASKS = (
    rf"{_ZH_NAMED}(?:\s|的|里|上|后面)*(?:(?:设|填|收到)的)?(?:是|为)?\s*"
    r"(?:什么(?!时|样|意思|情况|原因|提示|问题|颜色|地方)|多少(?!次|天|位)|几(?!次|位|天|分|个|时))"
    rf"|(?:^|[，,。：:\0])(?:请问|请|那么?)?(?:[你您]的?|用户的?)?(?:(?!什么|几|哪|谁|吗|是|没|不|有没|有人|输错|记得|忘|要){_CLAUSE}){{0,8}}?"
    rf"{_ZH_NAMED}\s*(?:是|为)?\s*[？?：:]?\s*$"
    rf"|(?:^|[，,。：:\0]|请|再|先|重新|下面|这里|现在)(?:需要|要)?(?:输入|填写|填上|填入|填一?下?|写下|写上|写出|提供|报一?下|报上|说出|说一下|发来|发送|上传)"
    rf"(?!过|错|的){_CLAUSE}{{0,12}}?{_ZH_NAMED}(?!时|后|之后|以后|的时候|之前|前|页|框|那|错|不对|卡|[,，]页)"
    rf"|{_ZH_NAMED}{_CLAUSE}{{0,4}}?(?:填|写|输|发|报)(?:在|到|进)?(?:这里|下面|一下|出来|过来)"
    rf"|(?:告诉)(?!过){_CLAUSE}{{0,12}}?{_ZH_NAMED}{_ZH_STATE}"
    rf"|{_ZH_NAMED}{_CLAUSE}{{0,6}}?(?:发给|告诉|报给|念给|交给)(?!过|谁|了谁|旧|新)"
)

# --- English

_EN_DIGITS = (
    r"(?:(?:three|four|six|3|4|6)[- ]digits?(?: code)?(?: (?:on|from|in|you)\b)?"
    r"|(?:three|four|six|3|4|6) (?:digits|figures|numbers) (?:on|from|in|you)\b"
    r"|(?:all|16|sixteen)[^.!?;:,]{0,6} digits of|(?:digits|figures|numbers) (?:from|in|of) the (?:text|sms|message)"
    r"|what the (?:text|sms|message)\w*(?: message)? says)"
)
_EN_KEY = (
    r"(?:passwords?|passcodes?|\bpins?\b"
    r"|(?:verification|security|sms|text|one-time|log-?in|unlock|authentication|confirmation) codes?"
    r"|\botps?\b|\bcvv2?\b|\bcvc2?\b"
    r"|\bcodes? (?:you (?:got|get|received)|(?:that was )?sent to you|(?:in|from) the (?:text|sms|message)\w*)"
    rf"|seed phrase|private key|card security code|{_EN_DIGITS})"
)
_EN_NAMED = (
    rf"(?:{_EN_KEY}|(?:full |bank )?card number|(?:identity|id|passport)(?: card)? number"
    r"|(?:photo|picture|scan)s? of (?:both sides of )?(?:your|the) (?:id|card|bank card|passport|identity card|payment code)"
    r"|screenshots? of (?:your|the) payment code)"
)
_EN_CODE = rf"(?:{_EN_NAMED}|\b(?:the|your|this|that) codes?\b)"
_EN_WHO = (
    r"(?:us|me|them|him|her|support|agents?|bank|staff|service|operator|caller|seller|buyer|courier|driver|shop|assistant|clerk"
    r"|friends?|family|police|officer|merchant|repairer|chat|note|notes|message box|conversation|group)"
)
_EN_GIVE = (
    r"(?:give|tell|send|read(?: out)?|share|provide|forward|confirm|say|dictate|quote|message|mention|type|post|paste|write"
    r"|text|e?mail|hand|pass|show|report)"
)
_EN_BETWEEN = (
    r"(?:\s+(?:the|your|a|an|this|that|any|all|full|whole|complete|new|both|sms|payment|login|card|received|number|and|or|as|well))"
    r"{0,6}\s+"
)
# What follows a secret that is only spoken of: the code never came.
_EN_STATE = (
    r"(?!\s+(?:never|not|no|does|did|do|is|was|has|have|isn|won|will|came|comes?|fails?|arriv|keeps?|page|field))"
)
_EN_TELLS = (
    rf"\b{_EN_GIVE}(?:\s(?:the|your|our|a|an|official|customer|shop|wallet's|bank's)){{0,3}}"
    rf"\s{_EN_WHO}\b(?:'s \w+)?{_EN_BETWEEN}(?:{_EN_CODE}){_EN_STATE}"
    rf"|\b{_EN_GIVE}\b{_CLAUSE}{{0,25}}?{_EN_CODE}{_CLAUSE}{{0,25}}?\b(?:to|with|in|into|for)\b(?:\s\w+){{0,3}}?\s{_EN_WHO}\b"
    rf"|\breply\b{_CLAUSE}{{0,15}}?\bwith\b{_CLAUSE}{{0,10}}?{_EN_CODE}"
    rf"|\b(?:provide|dictate|read out)\b{_CLAUSE}{{0,10}}?{_EN_CODE}"
    rf"|\bsend (?:a |the )?(?:photo|picture|scan)s? of both sides of (?:your|the) (?:id|card)"
    rf"|\b{_EN_WHO}\b(?:\s\w+){{0,2}}?\s(?:asks?|wants?|needs?|requires?)\b[^.!?]{{0,20}}?{_EN_CODE}"
    r"[^.!?]{0,4}?[,;:]\s(?:please |just |then )?(?:give|tell|provide|read|share|send|say)\b"
    r"(?!\s(?:it\s)?(?:to\s)?(?:nobody|no one|nothing|anyone))"
)
_EN_ASKS = (
    rf"\bwhat(?:'s|\s+is|\s+are|\s+was|\s+were)\b(?!\s+(?:wrong|the (?:problem|matter|trouble|message)|shown|said|amiss))"
    rf"{_CLAUSE}{{0,25}}?{_EN_NAMED}"
    rf"|\b(?:enter|type(?: in)?|fill in|provide|write(?: down)?|give|tell|send|read(?: out)?|share|upload|confirm)\b"
    rf"{_CLAUSE}{{0,25}}?{_EN_CODE}"
    rf"|(?:^|\0)(?:and |please |now )?(?:your|the) {_CLAUSE}{{0,20}}?{_EN_NAMED}"
    rf"(?:\s(?:from|in|on)\b{_CLAUSE}{{0,25}})?\s*[?:]?\s*$"
    rf"|\b(?:which|what) (?:{_EN_DIGITS}|(?:six |four )?(?:digits|code) (?:did|do) you (?:get|receive)|(?:digits|numbers) are in)"
    r"|\bwhich (?:password|pin) do you use"
)

# --- what both have around them

FINE: Mapping[Lang, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?<!要)不(?!管|论|过|仅|但|用担心|用怕|用急|必担心|要担心|要紧|是骗)|别(?!的|担心|着急|怕)|勿|没(?!关系|事)|从不|从来|绝不|决不|只填|有没有|有人|谁|骗|假|如果|要是|万一|已经|过的|给过|"
        r"对方(?:让|要|问)|让你|问你(?!.*(?:照实|如实|配合))|要你|(?<!验证码)(?<!密码)(?:后四位|后4位)|尾号|尾数|遮住|马赛克"
    ),
    "en": re.compile(
        r"\b(?:not|never|no|nobody|without|anyone|anybody|someone|somebody|whoever|they|(?<!digits )(?<!code )did|fraud|scam"
        r"|last (?:four|4|few)|covered|cover"
        r")\b|n't\b"
    ),
}
"""What, in the clause of a match or just after it, says that nobody should, or that somebody did."""

FINE_TO_ASK: Mapping[Lang, re.Pattern[str]] = {
    "zh": re.compile(
        rf"(?:能|会|可以|要|让|需要|是否|用)(?:你|不能|不要)?(?:输入|填写|填){_CLAUSE}*[吗么]|[输填]错|什么提示|提示(?:什么|里)"
    ),
    "en": re.compile(r"\b(?:when|after|before|once|until|can you (?:enter|type)|does|asked|happens?|page)\b"),
}
"""As `FINE`, for questions alone: what the page does with a password is theirs to ask."""

SECRET: Mapping[Lang, re.Pattern[str]] = {
    "zh": re.compile(rf"{_ZH_NAMED}|付款码"),
    "en": re.compile(rf"{_EN_CODE}|\b(?:which|what) (?:\w+ )?(?:digits|code|numbers)\b"),
}
"""What any sentence has that speaks of a secret."""

NAMED: Mapping[Lang, re.Pattern[str]] = {"zh": re.compile(_ZH_NAMED), "en": re.compile(_EN_NAMED)}
"""A secret as such, for labels that say nothing but what is wanted."""

ASKS: Mapping[Lang, re.Pattern[str]] = {
    "zh": re.compile(f"{_ZH_ASKS}|{_ZH_TELLS}"),
    "en": re.compile(f"{_EN_ASKS}|{_EN_TELLS}"),
}
"""How a question wants the thing itself."""

TELLS: Mapping[Lang, re.Pattern[str]] = {"zh": re.compile(_ZH_TELLS), "en": re.compile(_EN_TELLS)}
"""How any text sends it to somebody."""

SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?")
"""A sentence of a text, with what ends it."""


def around(sentence: str, match: re.Match[str], after: int) -> str:
    """Return a match with its clause before it and so many characters after it, where a word may take it back."""
    clause = re.split(r"[,，:：]", sentence[: match.start()])[-1]
    return clause + match[0] + sentence[match.end() : match.end() + after]
