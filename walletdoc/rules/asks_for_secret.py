"""A text that asks for a password, a code, a full card number or an identity number, or says to tell somebody one.

No real support needs them, and whoever learns here to give them will give them to a fraud. To ask whether somebody else
wanted a code, or to warn never to tell one, is right. The last four digits of a card are enough.

Bad:
    nodes:
      record:
        ask: {zh: "你的支付密码是什么？", en: "What is your payment password?"}

Good:
    nodes:
      record:
        ask: {zh: "有没有人问你要过验证码？", en: "Did anyone ask you for a verification code?"}
"""

import re
from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Lang, Text, brief

ZH = """向用户要密码、验证码、完整卡号、证件号，或者让用户告诉别人的文字。

真客服不需要这些；在这里学会了给，就会给骗子。问有没有别人要过验证码，提醒谁都不要给，都没问题。银行卡写后四位就够了。
"""
SEVERITY = Severity.ERROR

_ZH_NAMED = (
    r"(?:密码|验证码|校验码|动态码|动态口令|口令|安全码|cvv2?|cvc2?|卡背面的?(?:三|3)位"
    r"|卡号|身份证号码?|证件号码?|私钥|助记词)"
)
_EN_NAMED = (
    r"(?:passwords?|passcodes?|\bpins?\b|(?:verification|security|sms|text|one-time|log-?in|unlock|authentication) codes?"
    r"|\botps?\b|\bcvv2?\b|\bcvc2?\b"
    r"|\bcode (?:you (?:got|get|received)|(?:that was )?sent to you|(?:in|from) the (?:text|sms|message)\w*)"
    r"|(?:full |bank )?card (?:number|security code)|(?:identity|id|passport)(?: card)? number|seed phrase|private key)"
)
_CLAUSE = r"[^。！？；，,.!?;:\0]"
# Words of ours by which a question wants the thing itself, and by which any text sends it to somebody.
_ZH_ASKS = re.compile(
    rf"{_ZH_NAMED}(?:\s|的|里|上|后面)*(?:是|为)?\s*(?:什么|多少|哪(?:个|几)|几(?!次|位|天|分)|[？?])"
    rf"|(?:输入|填写|填上|填入|写下|写上|写出|提供|报一下|报上|说出|说一下|告诉|发来|发送|上传)(?!过|错){_CLAUSE}{{0,12}}?{_ZH_NAMED}"
    rf"|{_ZH_NAMED}{_CLAUSE}{{0,6}}(?:发给|告诉|报给|念给|交给)(?!过)"
)
_ZH_TELLS = re.compile(
    rf"(?:告诉|发给|报给|念给|提供给|说给|交给|发送给|告知)(?!过)(?:一下)?\s?(?:客服|我们|我|对方|人工|他|她|坐席|银行|工作人员|专员)"
    rf"{_CLAUSE}{{0,10}}{_ZH_NAMED}"
    rf"|{_ZH_NAMED}{_CLAUSE}{{0,6}}(?:告诉|发给|报给|念给|提供给|说给|交给|发送给)(?!过)\s?(?:客服|我们|我|对方|人工|坐席|银行|工作人员|专员)"
)
_EN_ASKS = re.compile(
    rf"\bwhat(?:'s|\s+is|\s+are|\s+was)\b(?!\s+wrong){_CLAUSE}{{0,25}}?{_EN_NAMED}"
    rf"|\b(?:enter|type(?: in)?|fill in|provide|write(?: down)?|give|tell|send|read(?: out)?|share|upload)\b"
    rf"{_CLAUSE}{{0,25}}?{_EN_NAMED}"
    rf"|(?:^|\0)(?:and |please |now )?your {_CLAUSE}{{0,20}}?{_EN_NAMED}\s*[?:]"
)
_EN_TELLS = re.compile(
    rf"\b(?:give|tell|send|read(?: out)?|share|provide|forward){_CLAUSE}{{0,6}}?"
    rf"\b(?:us|me|them|support|agents?|bank|staff|wallet|service)\b{_CLAUSE}{{0,25}}?{_EN_NAMED}"
    rf"|\b(?:give|tell|send|read(?: out)?|share|provide|forward)\b{_CLAUSE}{{0,15}}?{_EN_NAMED}{_CLAUSE}{{0,10}}?\bto "
    r"(?:us|me|them|support|the (?:agent|bank|staff|wallet|service)|our)\b"
)
_FINE: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(
        r"不要|别(?!的)|不能|不用|不会|不得|勿|没|从不|绝不|只填|有没有|有人|谁|"
        r"对方(?:让|要|问)|让你|问你|要你|后四位|后4位|尾号|尾数|遮住"
    ),
    "en": re.compile(
        r"\b(?:not|never|no|nobody|without|anyone|anybody|someone|somebody|they|did|last (?:four|4|few)|covered|cover)\b|n't\b"
    ),
}
_ASKS: dict[Lang, re.Pattern[str]] = {"zh": _ZH_ASKS, "en": _EN_ASKS}
_TELLS: dict[Lang, re.Pattern[str]] = {"zh": _ZH_TELLS, "en": _EN_TELLS}
_ANY: dict[Lang, re.Pattern[str]] = {"zh": re.compile(_ZH_NAMED), "en": re.compile(_EN_NAMED)}
# What any of these has; to look for plain words is quicker.
_HINTS: dict[Lang, tuple[str, ...]] = {
    "zh": ("码", "口令", "cv", "卡背", "卡号", "证", "私钥", "助记词"),
    "en": ("password", "pin", "code", "otp", "cv", "number", "phrase", "private key"),
}
# What any text that wants one has, but for a label, which needs no word for it.
_WANTS: dict[Lang, tuple[str, ...]] = {
    "zh": ("什么", "多少", "哪", "几", "?", "入", "填", "写", "提供", "报", "说", "告", "发", "上传", "念", "交"),
    "en": (
        *("what", "enter", "type", "fill", "provide", "write", "give", "tell", "send", "read", "share", "upload"),
        *("forward", "your"),
    ),
}
_QUESTIONS = frozenset({"ask", "number"})
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?")


def check(subject: Subject) -> Iterator[Finding]:
    """Find texts of a flow or step that want a secret."""
    asking = {id_ for id_, node in subject.nodes.items() if any(hasattr(node, each) for each in _QUESTIONS)}
    for said, shown in _wanted(subject.texts):
        if said.where[0] == "nodes":
            pattern = _ASKS if said.slot in _QUESTIONS or (said.slot == "how" and said.where[1] in asking) else _TELLS
            if _asked(said, shown, pattern):
                yield _finding(said, shown)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find facts and things to prepare that want a secret."""
    for key in ("facts.yaml", "prepare.yaml"):
        for said, shown in _wanted(pack.texts[key]) if key in pack.texts else ():
            label = said.slot == "label" and not _FINE[said.lang].search(shown)
            question = said.slot in {"ask", "how"} and _asked(said, shown, _ASKS)
            if label or question:
                yield key, _finding(said, shown)


def _wanted(texts: Texts) -> Iterator[tuple[Said, str]]:
    """Yield each sentence that speaks of a secret, folded, with the text that it is in."""
    for lang, pattern in _ANY.items():
        for said, folded in texts.prose[lang].with_words(_HINTS[lang]):
            if said.slot != "label" and not any(word in folded for word in _WANTS[lang]):
                continue
            if pattern.search(folded):
                yield from ((said, each) for each in _SENTENCE.findall(folded) if pattern.search(each))


def _asked(said: Said, sentence: str, patterns: dict[Lang, re.Pattern[str]]) -> bool:
    """Tell whether a sentence wants a secret, and no word just before says that it must not, or that others did."""
    for match in patterns[said.lang].finditer(sentence):
        clause = re.split(r"[,，、:：]", sentence[: match.start()])[-1]
        if not _FINE[said.lang].search(clause + match[0] + sentence[match.end() : match.end() + 4]):
            return True
    return False


def _finding(said: Said, sentence: str) -> Finding:
    shown = brief(sentence.strip())
    text = Text(
        zh=f"“{shown}”在要密码、验证码、卡号一类的东西；谁也不该要",
        en=f"'{shown}' wants a password, code or number that nobody may ask for",
    )
    return Finding(said.where, text)
