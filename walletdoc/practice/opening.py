"""What a caller says first: a phrase of the flow that gives nothing away, and, where it is about money, how much and when.

Phrases are what people type, so not each of them can be spoken: those that name a cause or somebody else's wallet are
never taken; those that say what is not so for this caller, are misspelt, or only name a thing come last.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from walletdoc.flow import Ask, End, Fact, Flow
from walletdoc.pinyin import sounds
from walletdoc.practice.bestway import Call
from walletdoc.practice.chance import Draw
from walletdoc.text import Lang, Text
from walletdoc.traditional import simplified

_FEW = 4  # phrases to choose from, at least
_UNTRUE, _MISSPELT, _CURT, _ODD, _OFTEN = 2, 4, 4, 1, 3  # what speaks against a phrase; what is untrue so often at most
_SHORT = {"zh": 6, "en": 20}  # characters; what is shorter is a heading more than a sentence
_SPELT = 5  # letters of a word that can be told to be misspelt
_MONEY = frozenset({"amount", "method"})
_ORDERED, _OWN_SHOP = "order-number", "merchant-number"
_MOSTLY = 0.6  # of the ends that prepare something
_STEM = re.compile(r"\b[a-z]{4}")
_WORD = re.compile(r"[a-z]+")
_TOLD = re.compile(  # times and sums: the opening goes on with others
    r"[天周月年百千万块]|星期|小时|[昨今]|刚|[早晚]上|\d"
    r"|\b(?:just|days?|weeks?|months?|hours?|today|yesterday|morning|night|ago|\w+day|hundred|thousand|yuan)\b"
)
_ASKED = {
    "zh": re.compile(
        r"怎么(?!回事|搞)|如何|什么|多久|多少|哪|几(?![千百万次天个])|谁|吗|[能要]不[能要]|有没有|是不是|不能?$"
    ),
    "en": re.compile(
        r"(?:how|why|what|where|who|when|which|can|could|should|is|are|am|do|does|did|will|must|may)\b(?!['’])"
        r"|.*\b(?:how|where) (?:to|do|can)\b"
    ),
}
_LONELY = re.compile(r"\bi\b")


def phrase(call: Call, lang: Lang) -> str:
    """Return the phrase that a call opens with."""
    others = _others(call, lang)
    costs = {each: cost for each, cost in _costs(call, lang).items() if pieces(each, lang).isdisjoint(others)}
    by_cost = sorted(costs, key=costs.__getitem__)
    enough = [each for each in by_cost if costs[each] <= costs[by_cost[min(_FEW, len(by_cost)) - 1]]]
    chosen = enough or [call.flow.title.of(lang)]
    return Draw("phrase", call.spec.seed, call.spec.cause, lang).pick(chosen)


def spoken(phrase: str, lang: Lang) -> str:
    """Return a phrase as it is said: no marks at its end, `I` as it should be."""
    said = phrase.strip().rstrip("?!.？！。啊呀")
    return _LONELY.sub("I", said) if lang == "en" else re.sub(r"[！!？?]+", "，", said)


def is_question(phrase: str, lang: Lang) -> bool:
    """Tell whether a phrase asks something, so that no other question may follow it."""
    found = _ASKED[lang].match if lang == "en" else _ASKED[lang].search
    return phrase.rstrip()[-1:] in "?？" or found(phrase.casefold()) is not None


def tells_money(flow: Flow) -> bool:
    """Whether who calls about a flow has one sum in mind: most of its ends have it ready, and it is no mere question."""
    ordered = _share(flow, {_ORDERED}) >= _MOSTLY
    return flow.urgency != "information" and (flow.desk != "policy" or ordered) and _share(flow, _MONEY) >= _MOSTLY


def tells_shop(flow: Flow) -> bool:
    """Whether that sum was paid in a shop, and not by whoever runs it: most of the ends want the number of the order."""
    return tells_money(flow) and _share(flow, {_ORDERED}) >= _MOSTLY and not _share(flow, {_OWN_SHOP})


def _share(flow: Flow, wanted: Iterable[str]) -> float:
    lists = [set(node.prepare) for node in flow.nodes.values() if isinstance(node, End) and node.prepare]
    return sum(not each.isdisjoint(wanted) for each in lists) / max(len(lists), 1)


# --- what may not be said


def _may_open(flow: Flow, lang: Lang) -> Iterator[str]:
    """Yield the phrases of a flow that name no cause, and no other time or sum than the one that comes after."""
    told = tells_money(flow)
    titles = [cause.title.of(lang).casefold() for cause in flow.causes.values()]
    for each in flow.phrases.of(lang):
        folded = each.casefold()
        if not any(title in folded for title in titles) and not (told and _TOLD.search(folded)):
            yield each


def _others(call: Call, lang: Lang) -> frozenset[str]:
    """Return pieces of words that name what an open fact is not: another wallet, another card, that money was taken."""
    facts = call.caller.facts.items()
    return frozenset(piece for fact, value in facts for piece in _not_this(call.library.facts[fact], value, lang))


def _not_this(fact: Fact, value: str, lang: Lang) -> frozenset[str]:
    if fact.usual is not None:
        return frozenset()
    said = {id_: pieces(option.say.of(lang), lang) for id_, option in fact.options.items()}
    own = said.pop(value)
    return frozenset().union(*said.values()) - own


# --- what speaks against a phrase


def _costs(call: Call, lang: Lang) -> Mapping[str, int]:
    """Return by phrase that a call of the flow may open with what speaks against it; worked out once for a flow."""
    key = (call.spec.flow, lang)
    if key not in call.plans.phrases:
        telling, odd, misspelt = (find(call.flow, lang) for find in (_telling, _odd, _misspelt))
        call.plans.phrases[key] = {
            each: _UNTRUE * min(len(pieces(each, lang) & telling), _OFTEN)
            + _CURT * (len(each) < _SHORT[lang])
            + _ODD * (each in odd)
            + _MISSPELT * (each in misspelt)
            for each in _may_open(call.flow, lang)
        }
    return call.plans.phrases[key]


def _telling(flow: Flow, lang: Lang) -> frozenset[str]:
    """Return pieces of words that tell one cause of the flow from others."""
    said = frozenset(piece for text in _answers(flow) for piece in pieces(text.of(lang), lang))
    return said - pieces(flow.title.of(lang), lang)


def _answers(flow: Flow) -> Iterator[Text]:
    yield from (cause.title for cause in flow.causes.values())
    for node in flow.nodes.values():
        if isinstance(node, Ask):
            yield from (option.say for option in node.options.values())


def _odd(flow: Flow, lang: Lang) -> frozenset[str]:
    """Return the phrases that tell of something special: what they say is for the most part said by no other."""
    said = {each: pieces(each, lang) for each in flow.phrases.of(lang)}
    often = Counter(piece for each in said.values() for piece in each)
    return frozenset(each for each, found in said.items() if 2 * sum(often[piece] == 1 for piece in found) > len(found))


def _misspelt(flow: Flow, lang: Lang) -> frozenset[str]:
    """Return the phrases of a flow that are misspelt: they sound, or all but read, like words of the flow that they aren't."""
    texts = [flow.title, *_answers(flow), *(node.ask for node in flow.nodes.values() if isinstance(node, Ask))]
    find = _sounding_alike if lang == "zh" else _reading_alike
    return frozenset(find(flow.phrases.of(lang), " ".join(text.of(lang) for text in texts).casefold()))


def _sounding_alike(phrases: Iterable[str], texts: str) -> Iterator[str]:
    known = _chinese_pairs(texts)
    heard = {_sound(pair) for pair in known}
    for each in phrases:
        if simplified(each) != each or any(_sound(pair) in heard for pair in _chinese_pairs(each) - known):
            yield each


def _chinese_pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if min(text[at : at + 2]) >= "一")


@lru_cache(maxsize=8192)
def _sound(pair: str) -> tuple[str, ...]:
    return tuple(sounds(pair))


def _reading_alike(phrases: tuple[str, ...], texts: str) -> Iterator[str]:
    used = [word for each in phrases for word in set(_WORD.findall(each.casefold()))]
    known = {*_WORD.findall(texts), *(word for word, often in Counter(used).items() if often > 1)}
    almost = {rest for word in known if len(word) >= _SPELT for rest in _without_one(word)}
    for each in phrases:
        words = {word for word in _WORD.findall(each.casefold()) if len(word) >= _SPELT and used.count(word) == 1}
        if any(_without_one(word) & almost for word in words - known):
            yield each


@lru_cache(maxsize=8192)
def _without_one(word: str) -> frozenset[str]:
    """Return a word, and what is left of it without any one letter: two that are a slip apart have one in common."""
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


@lru_cache(maxsize=8192)
def pieces(text: str, lang: Lang) -> frozenset[str]:
    """Return the first four letters of the words of an English text, the pairs of characters of a Chinese one."""
    if lang == "en":
        return frozenset(_STEM.findall(text.casefold()))
    chars = "".join(char for char in text.casefold() if char.isalnum())
    return frozenset(chars[at : at + 2] for at in range(len(chars) - 1))
