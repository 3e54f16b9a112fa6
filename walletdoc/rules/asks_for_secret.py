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

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.secretwords import ASKS, FINE, FINE_TO_ASK, NAMED, SECRET, SENTENCE, TELLS, around
from walletdoc.subject import Finding, PackSubject, Said, Subject, Texts
from walletdoc.text import Lang, Text, brief

ZH = """向用户要密码、验证码、完整卡号、证件号，或者让用户告诉别人的文字。

真客服不需要这些；在这里学会了给，就会给骗子。问有没有别人要过验证码，提醒谁都不要给，都没问题。银行卡写后四位就够了。
"""
SEVERITY = Severity.ERROR

# What any of these has; to look for plain words is quicker.
_HINTS: dict[Lang, tuple[str, ...]] = {
    "zh": (
        "密码", "证码", "校验码", "动态码", "安全码", "付款码", "口令", "cv", "背", "卡号", "证号", "证件", "证的",
        "证正", "证照", "份证", "卡的", "卡正", "卡照", "私钥", "助记词", "收到", "短信里", "短信上", "短信中",
    ),
    "en": (
        "password", "passcode", "pin", "code", "otp", "cv", "card number", "id number", "identity number",
        "passport number", "digit", "figures", "numbers", "phrase", "private key", "photo of", "picture of",
        "scan of", "message says", "text says", "sms says", "screenshot",
    ),
}  # fmt: skip
# What any text that wants one has, but for a label or a question, which need no word for it.
_WANTS: dict[Lang, tuple[str, ...]] = {
    "zh": (
        "什么", "多少", "几", "?", "入", "填", "写", "提供", "报", "说", "告", "发", "上传", "念", "交", "给",
        "透露", "复", "核对", "附", "上", "出示", "读", "讲", "要", "问",
    ),
    "en": (
        "what", "which", "enter", "type", "fill", "provide", "write", "give", "tell", "send", "read", "share",
        "upload", "forward", "confirm", "say", "dictate", "quote", "message", "mention", "post", "paste", "text",
        "mail", "hand", "pass", "show", "report", "reply", "ask", "want", "need", "require",
    ),
}  # fmt: skip
_QUESTIONS = frozenset({"ask", "number"})
_AFTER = 4  # characters after what is wanted in which a word may take it back


def check(subject: Subject) -> Iterator[Finding]:
    """Find texts of a flow or step that want a secret."""
    asking = {id_ for id_, node in subject.nodes.items() if any(hasattr(node, each) for each in _QUESTIONS)}
    for said, shown in _wanted(subject.texts):
        if said.where[0] == "nodes":
            question = said.slot in _QUESTIONS or (said.slot == "how" and said.where[1] in asking)
            if _asked(said.lang, shown, question=question):
                yield _finding(said, shown)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find facts and things to prepare that want a secret."""
    for key in ("facts.yaml", "prepare.yaml"):
        for said, shown in _wanted(pack.texts[key]) if key in pack.texts else ():
            label = said.slot == "label" and NAMED[said.lang].search(shown) and not FINE[said.lang].search(shown)
            question = said.slot in {"ask", "how"} and _asked(said.lang, shown, question=True)
            if label or question:
                yield key, _finding(said, shown)


def _wanted(texts: Texts) -> Iterator[tuple[Said, str]]:
    """Yield each sentence that speaks of a secret, folded, with the text that it is in."""
    for lang, pattern in SECRET.items():
        for said, folded in texts.prose[lang].with_words(_HINTS[lang]):
            if said.slot not in {"label", *_QUESTIONS} and not any(word in folded for word in _WANTS[lang]):
                continue
            if pattern.search(folded):
                yield from ((said, each) for each in SENTENCE.findall(folded) if pattern.search(each))


def _asked(lang: Lang, sentence: str, *, question: bool) -> bool:
    """Tell whether a sentence wants a secret, and no word just before says that it must not, or that others did."""
    for match in (ASKS if question else TELLS)[lang].finditer(sentence):
        whole = around(sentence, match, len(sentence))
        if not FINE[lang].search(around(sentence, match, _AFTER)) and not (
            question and FINE_TO_ASK[lang].search(whole)
        ):
            return True
    return False


def _finding(said: Said, sentence: str) -> Finding:
    shown = brief(sentence.strip())
    text = Text(
        zh=f"“{shown}”在要密码、验证码、卡号一类的东西；删掉，或者改成提醒谁要都不给",
        en=f"'{shown}' wants a password, code or number that nobody may ask for; delete it, or warn never to tell it",
    )
    return Finding(said.where, text)
