"""Secrets out of free text: card, identity and mobile numbers, codes and passwords, whatever they are dressed up in.

Digits are put together as the eye does it (runs.py), and judged by issuer prefix and check digit (ISO/IEC 7812), region
and birth date (GB 11643), mobile prefix, or a word that stands near. What is masked is masked whole. An order number is
no secret: a run of digits is never cut to find one inside.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from walletdoc.runs import Chain, Reading, Span, chains, read, size, without_words

MASK = "●●●●"  # unlike •, it is in GBK, the character set of many Chinese terminals


def redact(text: str) -> str:
    """Return the text with each secret replaced by MASK, all else as it was; takes any text, in linear time."""
    seen = read(text, opaque=_PLAIN)
    found = chains(seen)
    spans = [*_numbers(found), *_labelled(seen.chars, found)]
    if _WORD.search(seen.chars):
        spans += [*_codes(seen.chars, found), *_passwords(seen)]
    shown: list[str] = []
    done = 0
    for start, end in _merged(spans):
        shown += [text[done : seen.at[start]], MASK]
        done = seen.at[end - 1] + 1
    return "".join(shown) + text[done:]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


# --- numbers that give themselves away

# Dates, times, amounts and the tail of a card number are no secrets, and no part of one.
_PLAIN = re.compile(
    r"""
    (?<!\d)(?<!\d[-/.])(?:19|20)\d\d(?:[-/.]\d{1,2}){2}(?!\d)(?![-/.]\d)
    | (?<!\d)(?:19|20)\d\d\s?年
    | (?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])
    | (?<![\d.,])\d{1,7}(?:,\d{3})*\.\d{1,2}(?![\d.])
    | [¥$€£]\s?\d{1,7}(?:,\d{3})*(?!\d)
    | (?<!\d)(?<!\d[ .,-])\d{1,7}(?:,\d{3})*\s?(?:元(?![旦宝素])|块|圆|万|(?:rmb|cny|yuan|usd|hkd)(?![a-z]))
    | ●+
    | (?<=cv[vcn])2
    | (?:尾号|[末后]4位|ending(?:\ in|\ with)?|last\ (?:4|four)(?:\ digits)?)[\s:是为]*\d{4}(?!\s?\d)
    """,
    re.VERBOSE,
)

_LEAST, _MOST = 11, 19  # digits of a mobile number, of a card number
_CARD = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|(?:30[0-5]|3[689]\d)\d{11}|(?:35(?:2[89]|[3-8]\d)|6(?:011|013|2\d\d|4[4-9]\d|5\d\d)|81[0-7]\d|955\d)\d{12,15}"
)
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = re.compile(rf"{_PROVINCE}\d{{4}}(?:(?:19\d\d|20[01]\d){_DAY}\d{{3}}[\dx]|\d\d{_DAY}\d{{3}})")
_MOBILE = re.compile(r"(?:(?:00)?86)?0?1[3-9]\d{9}")


def _numbers(chains: list[Chain]) -> Iterator[Span]:
    for chain in chains:
        tokens = [token for run in chain for token in run]
        for index, first in enumerate(tokens):
            digits, kinds, found = "", "", False
            for last in tokens[index : index + _MOST]:
                digits += last.digits
                if len(digits) > _MOST or (found and last.kind == "c" and "c" not in kinds):
                    break  # a numeral after a number that is whole without it belongs to the sentence
                kinds += last.kind
                if len(digits) >= _LEAST and _is_secret(digits):
                    found = True
                    yield first.start, last.end


def _is_secret(digits: str) -> bool:
    if _MOBILE.fullmatch(digits) or _IDENTITY.fullmatch(digits):
        return True
    return bool(_CARD.fullmatch(digits)) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = sum(sum(divmod(2 * int(each), 10)) for each in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


# --- numbers that a word gives away

_LABEL = re.compile(r"卡号码?|身份证号?码?|证件号码?|card\s?(?:number|num|no)(?![a-z])|id\s?(?:number|no)(?![a-z])")
_LABEL_REACH = 6  # characters
_LABELLED = range(12, _MOST + 1)  # digits

_WORD = re.compile(
    r"""
    (?P<other>(?<![a-z])(?:error|err|status|response|result|return|reason|exit|http|zip|postal|post|area|country|qr|bar
        |source|discount|promo|coupon)[\s_-]{0,2}codes?(?![a-z]))
    | (?P<short>(?<![a-z])(?:cv[vcn]2?|security\s?code)(?![a-z])|安全[码碼]|背面|[末后]3位)
    | (?P<code>(?:验证|驗證|校验|校驗|动态|動態|短信|认证|授权|确认)[码碼]|(?<![a-z])(?:codes?|otp|pin)(?![a-z]))
    | (?P<password>密[码碼]|口令|(?<![a-z])(?:pass\s?word|passwd|pass\s?phrase|pass\s?code|pwd)(?![a-z]))
    """,
    re.VERBOSE,
)
_REACH = 32  # columns between a word and its code: 16 Chinese characters
_SPREAD = 64  # characters, at least, from one end of a code to the other
_WIDE = "\u2e80"
_CODE = range(4, 9)  # digits
_SHORT_CODE = range(3, 9)


def _labelled(chars: str, chains: list[Chain]) -> Iterator[Span]:
    tokens = [(index, place) for index, chain in enumerate(chains) for place in range(len(chain))]
    starts = [chains[index][place][0].start for index, place in tokens]
    for label in _LABEL.finditer(chars):
        following = bisect_left(starts, label.end())
        if following == len(starts) or starts[following] > label.end() + _LABEL_REACH:
            continue
        index, place = tokens[following]
        group = next(_groups(chains[index][place:], _MOST))
        if sum(map(size, group)) in _LABELLED:
            yield group[0][0].start, group[-1][-1].end


def _codes(chars: str, chains: list[Chain]) -> Iterator[Span]:
    spans = sorted({span for chain in chains for span in (*_code_spans(chain), *_code_spans(_core(chain)))})
    column = [0, *accumulate(2 if char >= _WIDE else 1 for char in chars)]
    for word in _WORD.finditer(chars):
        first = bisect_left(column, column[word.start()] - _REACH)
        stop = bisect_right(column, column[word.end()] + _REACH)
        near = spans[bisect_left(spans, (first - _SPREAD, 0, 0)) : bisect_left(spans, (stop, 0, 0))]
        sizes = () if word["other"] else _SHORT_CODE if word["short"] else _CODE
        yield from ((start, end) for start, end, digits in near if end >= first and digits in sizes)


def _code_spans(chain: Chain) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of digits of what may be a code."""
    for group in map(without_words, _groups(chain, _CODE.stop - 1)):
        if group:
            yield group[0][0].start, group[-1][-1].end, sum(map(size, group))


def _core(chain: Chain) -> Chain:
    """Leave out the Chinese numeral that touches a chain at either end, in case the sentence goes on with it."""
    first, last = chain[0], chain[-1]
    chain = [*chain[:-1], last[:-1]] if len(last) > 1 and last[-1].kind == "c" else chain
    return [first[1:], *chain[1:]] if len(chain[0]) > 1 and first[0].kind == "c" else chain


def _groups(chain: Chain, most: int) -> Iterator[Chain]:
    """Part a chain into as few groups as may be with at most so many digits each; a longer run stands alone."""
    group: Chain = []
    for run in chain:
        if group and sum(map(size, group)) + size(run) > most:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


# --- passwords

_AFTER = re.compile(
    rf"""(?:{_WORD.pattern})\s*
    (?P<link>(?:(?:是|为|為|:|=|->|→|(?:is|was|set\s+to)(?![a-z])|[改设設]成|[改设設][为為])\s*)*)
    ["'“”‘’「《<(\[]*(?P<secret>[!-~]{{4,}})""",
    re.VERBOSE,
)
_BEFORE = re.compile(
    rf"""(?<![!-<>-~])(?P<secret>[!-<>-~]{{4,}}+)\s*(?:是|为|為|=|is\b|was\b)\s*
    (?:[我你他她]的?|(?:my|the|your|our|his|her)\b)?[^\d\n]{{0,6}}?(?:{_WORD.pattern.replace("?P<", "?P<_")})""",
    re.VERBOSE,
)
_MIXED = re.compile("(?=.*[0-9])(?=.*[a-z])")
_ORDINARY = re.compile(  # what a sentence about a password goes on with
    "already|also|always|asked|been|being|blocked|changed|compromised|correct|declined|denied|different|empty|expired|forgotten|from|getting"
    "|hacked|have|here|incorrect|invalid|just|leaked|like|locked|lost|mine|missing|needed|never|only|please|probably|really|rejected"
    "|required|reset|right|same|sent|still|stolen|supposed|that|then|there|this|used|very|weak|what|when|which|with|working"
    "|wrong|your"
)


def _passwords(seen: Reading) -> Iterator[Span]:
    # Here a Chinese numeral is a word: no password goes on with the 一 of 一直.
    chars = "".join(_WIDE if kind == "c" else char for char, kind in zip(seen.chars, seen.kinds, strict=True))
    for match in _BEFORE.finditer(chars):
        secret = match["secret"].lstrip(",.;:([{<\"'")
        if not match["_other"] and _MIXED.match(secret):
            yield match.end("secret") - len(secret), match.end("secret")
    for match in _AFTER.finditer(chars):
        secret = match["secret"].rstrip(",.;:)\"'")
        sure = match["link"] and match["password"] and not _ORDINARY.fullmatch(secret.rstrip("!?"))
        if len(secret) >= _CODE.start and not match["other"] and (sure or _MIXED.match(secret)):
            yield match.start("secret"), match.start("secret") + len(secret)
