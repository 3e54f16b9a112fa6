"""What an English text says, as features to compare it by: stems, notions, and pairs of them.

A notion is one thing that is said by many words: declined, refused, won't go through. The known word that is one letter
away finds what is misspelt; pieces of words were measured too, and found no more.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

STEM, NOTION, NEXT, NEAR, SEQUENCE = 1.0, 1.0, 0.8, 0.4, 0.5
"""What a feature of each kind counts; NEXT is two notions, NEAR two with one between them, SEQUENCE any two words."""

_LETTER = "a-z\u00df-\u00f6\u00f8-\u024f"
_TOKEN = re.compile(rf"\d[\d.,:]*|[{_LETTER}]+(?:'[{_LETTER}]+)?")
_ENDINGS = (("'s", ""), ("'re", ""), ("'ve", ""), ("'ll", ""), ("'m", ""), ("'d", ""))
_SHORT = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "cant": "can not", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "wont": "will not", "isnt": "is not", "wasnt": "was not", "havent": "have not", "hasnt": "has not",
    "couldnt": "could not", "wouldnt": "would not", "arent": "are not", "never": "did not", "im": "i", "ive": "i",
    "pls": "", "plz": "", "u": "you", "ur": "your", "acc": "account", "acct": "account", "pwd": "password", "pw": "password",
    "msg": "message", "trx": "transaction", "txn": "transaction", "tranfer": "transfer", "cuz": "because", "n": "and",
}  # fmt: skip
_NUMBER = "0"
_UNITS = frozenset({
    "gbp", "usd", "eur", "rmb", "cny", "pound", "pounds", "dollar", "dollars", "euro", "euros", "yuan", "quid", "bucks", "pence",
})  # fmt: skip
_BRANDS = frozenset({"alipay", "wechat", "weixin", "unionpay", "tenpay", "taobao", "meituan", "douyin", "zfb", "wx"})
_EMPTY = frozenset({
    "a", "an", "the", "i", "me", "my", "mine", "we", "us", "our", "you", "your", "yours", "he", "she", "it", "its",
    "they", "them", "their", "this", "that", "these", "those", "is", "are", "was", "were", "be", "been", "being", "am",
    "do", "does", "did", "done", "have", "has", "had", "having", "of", "to", "in", "on", "at", "for", "from", "with",
    "by", "as", "and", "or", "but", "if", "so", "then", "than", "there", "here", "just", "very", "really", "please",
    "can", "could", "would", "will", "shall", "should", "may", "might", "must", "some", "any", "get", "got", "getting",
    "hi", "hello", "hey", "dear", "help", "need", "want", "like", "know", "tell", "let", "make", "made", "use", "using",
    "used", "what", "which", "about", "into", "up", "out", "also", "too", "now", "still", "again", "even", "however",
    "because", "while", "during", "tried", "try", "trying", "thing", "things", "anything", "something", "one", "lately",
    "today", "yesterday", "ago", "week", "weeks", "day", "days", "hour", "hours", "month", "morning", "time", "minute",
    "minutes", "app", "kind", "possible", "able", "way", "happen", "happened", "happening", "going", "go", "goes",
    "went", "say", "says", "said", "see", "keep", "seem", "thanks", "thank", "ok", "okay", "well", "lol", "omg", "wtf",
    "fuck", "fucking", "fucked", "shit", "shitty", "damn", "damned", "hell", "bloody", "crap", "crappy", "bastard",
    "bastards", "stupid", "idiot", "idiots", "ass", "bitch",
})  # fmt: skip
_NOTIONS = {
    "fail": "decline reject refuse deny fail failure error unsuccessful block unable invalid",
    "strange": "unrecognised unrecognized unknown unfamiliar strange weird mystery mysterious suspicious unauthorised "
    "unauthorized unexplained odd unexpected random",
    "fee": "fee charge commission cost surcharge",
    "theft": "stolen steal stole theft thief robbed snatched pickpocket mugged",
    "lost": "lost lose misplace losing missing",
    "twice": "twice double duplicate duplicated two second repeat repeated multiple",
    "waiting": "pending process processing progress stuck hold",
    "arrive": "arrive receive land appear show",
    "buy": "purchase buy bought item order product goods",
    "pay": "pay payment paid payed paying transact transaction",
    "send": "send sent transf transfer transferred wire remit",
    "payee": "recipient beneficiary receiver payee friend",
    "withdraw": "withdraw withdrawal withdrew cash atm cashpoint",
    "prove": "verify verification identity ident id passport authenticate authentication prove proof confirm kyc",
    "limit": "limit maximum max cap restrict restriction quota",
    "refund": "refund reimburse reimbursement return moneyback",
    "reverse": "revert reverse undone undo cancel cancelled cancellation",
    "fraud": "fraud fraudulent compromised hack hacked scam scammed clone cloned",
    "load": "topup deposit load fund cheque check",
    "alter": "change update modify switch edit reset set new",
    "bind": "link connect add attach bind register reactivate",
    "secret": "password passcode pin",
}
_TOGETHER = {
    "top up": "topup", "topping up": "topup", "topped up": "topup", "tops up": "topup", "toping up": "topup",
    "toped up": "topup", "top ups": "topup", "add money": "topup", "added money": "topup", "adding money": "topup",
    "add funds": "topup", "put money": "topup", "load money": "topup", "loaded money": "topup",
    "direct debit": "directdebit", "direct debits": "directdebit", "log in": "login", "log into": "login",
    "logging in": "login", "logged in": "login", "sign in": "login", "signing in": "login", "cash machine": "atm",
    "cash point": "atm", "pass code": "password", "pass word": "password", "how long": "howlong", "how soon": "howlong",
    "when will": "howlong", "when can": "howlong", "how much": "howmuch", "still waiting": "not arrive",
    "still missing": "not arrive", "yet to": "not", "money back": "moneyback", "go through": "accepted",
    "going through": "accepted", "went through": "accepted", "gone through": "accepted", "get cash": "withdraw",
    "got cash": "withdraw", "take out": "withdraw", "taking out": "withdraw", "took out": "withdraw",
    "getting cash": "withdraw", "get money": "withdraw",
}  # fmt: skip
# What `not` makes of the word after it.
_DENIED = {
    "strange": "recognise recognize know remember identify make do authorise authorize approve set buy me mine familiar",
    "absent": "arrive receive show get got come came there appear here reflect update credit land see find reach complete",
    "fail": "work accept accepted let allow approve successful possible able pay accepted use valid connect",
}
_WHOLE, _LEAST_STEM, _LEAST_CORRECTED = 4, 3, 7  # letters
_REACH = 2  # words that may stand between `not` and what it denies
_ABLE = frozenset({"can", "could", "will", "would"})  # what somebody can't do is not strange to them


def stem(word: str) -> str:
    """Return a word without its usual endings."""
    if len(word) > _WHOLE:
        word = _cut(word)
        if len(word) > _LEAST_STEM and word[-1] == word[-2] and word[-1] not in "lsez":
            word = word[:-1]
    elif len(word) == _WHOLE and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if len(word) > _LEAST_STEM and word.endswith("e") else word


def _cut(word: str) -> str:
    for ending, rest in _STEMS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + rest
    return word


_STEMS = (
    ("ations", "at"), ("ation", "at"), ("ies", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""),
    ("ers", "er"), ("ly", ""), ("es", "e"), ("s", ""),
)  # fmt: skip
_NOTION_OF = {stem(word): notion for notion, words in _NOTIONS.items() for word in words.split()}
_DENIED_OF = {stem(word): notion for notion, words in _DENIED.items() for word in words.split()}
_EMPTY_STEMS = _EMPTY | {stem(word) for word in _EMPTY}


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, short forms written out, a number as `0`."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if not token[-1].isalpha():
            found.append(_NUMBER)
        elif token not in _UNITS:
            found += _whole(token).split()
    return tuple(_joined(found))


def _whole(token: str) -> str:
    if token in _SHORT:
        return _SHORT[token]
    if token.endswith("n't"):
        return f"{token[:-3]} not"
    for ending, rest in _ENDINGS:
        if token.endswith(ending):
            return token[: len(token) - len(ending)] + rest
    return token.replace("'", "")


def _joined(found: Sequence[str]) -> Iterator[str]:
    """Yield words with those put together that mean one thing."""
    at = 0
    while at < len(found):
        both = _TOGETHER.get(" ".join(found[at : at + 2]))
        yield from (both or found[at]).split()
        at += 2 if both else 1


def said(typed: Sequence[str], known: Collection[str] = ()) -> Iterator[tuple[str, float, str]]:
    """Yield the features of words: what it is, what it counts, and the word that it stands for.

    A word that is not among the `known` stems is taken for the one that is a letter away, if there is one.
    """
    stems = [_corrected(stem(word), len(word), known) for word in typed]
    yield from ((f"{one} {other}", SEQUENCE, "") for one, other in pairwise(stems))
    content = list(_content(stems, typed))
    for notion, each, word in content:
        yield each, STEM, word
        yield f"/{notion}", NOTION, word
    notions = [notion for notion, _, _ in content]
    yield from ((f"{one}+{other}", NEXT, "") for one, other in pairwise(notions))
    yield from ((f"{one}+{other}", NEAR, "") for one, other in zip(notions, notions[2:], strict=False))


def _content(stems: Sequence[str], typed: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield notion, stem and word of what says something; what `not` denies is one notion with it."""
    denied, able, before = 0, False, ""
    for each, word in zip(stems, typed, strict=True):
        if each == "not":
            denied, able = _REACH + 1, before in _ABLE
        notion = _DENIED_OF.get(each) if denied else None
        if notion and not (notion == "strange" and able):
            yield notion, f"not-{each}", word
            denied = 0
        elif each not in _EMPTY_STEMS and each not in _BRANDS and each != _NUMBER:
            yield _NOTION_OF.get(each, each), each, word
        denied, before = max(denied - 1, 0), word


def _corrected(word: str, whole: int, known: Collection[str]) -> str:
    """Return a stem, or the first known one that is one letter away from it; one of a short word could be anything."""
    if not known or whole < _LEAST_CORRECTED or len(word) <= _WHOLE:
        return word
    if word in known or word in _NOTION_OF or word in _EMPTY_STEMS:
        return word
    return next((each for each in _beside(word) if each in known), word)


def _beside(word: str) -> Iterator[str]:
    """Yield what a word would be with two letters the other way round, one less, one other or one more."""
    letters = "etaoinsrhldcumfpgwybvkxjqz"
    parts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]  # the first letter is seldom wrong
    yield from (a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1)
    yield from (a + b[1:] for a, b in parts if b)
    yield from (a + letter + b for a, b in parts for letter in letters)
    yield from (a + letter + b[1:] for a, b in parts if b for letter in letters)


def empty(word: str) -> bool:
    """Whether a word says nothing about what is wrong."""
    return word in _EMPTY or word in _SHORT or word in _BRANDS


def brand(word: str) -> bool:
    """Whether a word names a wallet or a shop."""
    return word in _BRANDS
