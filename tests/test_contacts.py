"""The registry: who is meant, until when it holds, and what is and is not an official number."""

import subprocess
import sys
from datetime import date
from typing import Any
from unicodedata import category

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from walletdoc.contacts import (
    ROLES,
    Contact,
    Official,
    Role,
    Unlisted,
    expires,
    fill,
    fresh,
    look_up,
    placeholders,
    resolve,
    value,
    who,
)
from walletdoc.text import Text


def contact(role: Role, zh: str, en: str, number: str | None = None, **more: Any) -> Contact:
    fields: dict[str, Any] = {
        "role": role,
        "organisation": Text(zh, en),
        "for_": Text("用途", "what for"),
        "kind": "hotline" if number else "in-app",
        "number": number,
        "way": Text("应用内搜客服", "search for support in the app"),
        "source": "general knowledge",
        "tier": "B",
        "verified_on": "2026-11-22",
        "valid_for": 365,
    }
    return Contact(**fields | more)


REGISTRY = {
    "alipay": contact("wallet", "支付宝", "Alipay", "95188", hours=Text("每天", "every day")),
    "alipay-merchant": contact("wallet", "支付宝商家服务", "Alipay merchant service", "4007585858"),
    "wechat": contact("wallet", "微信支付", "WeChat Pay", "95017"),
    "bank": contact("bank", "发卡银行", "the bank that issued the card"),
    "ccb-credit": contact("bank", "建设银行信用卡中心", "China Construction Bank, credit cards", "400-820-0588"),
    "police": contact("police", "公安报警", "the police", "110"),
    "anti-fraud": contact("police", "反诈专线", "the anti-fraud line", "96110"),
}
FACTS_CONTACTS = {
    ("wallet", "alipay"): "alipay",
    ("wallet", "wechat"): "wechat",
    ("wallet", "gone"): "no-longer-there",
    ("bank", "ccb"): "ccb-credit",
}
LISTED = {
    "95188": "alipay",
    "4007585858": "alipay-merchant",
    "95017": "wechat",
    "4008200588": "ccb-credit",
    "110": "police",
    "96110": "anti-fraud",
}


# --- reading


def test_read_from_a_file_by_its_keys() -> None:
    read = {
        "role": "wallet",
        "organisation": {"zh": "支付宝", "en": "Alipay"},
        "for": {"zh": "用途", "en": "what for"},
        "kind": "hotline",
        "way": {"zh": "应用内", "en": "in the app"},
        "source": "words",
        "source-date": "2019-10-22",
        "tier": "B",
        "verified-on": "2026-11-22",
        "valid-for": "365",
    }
    adapter = TypeAdapter(Contact)
    made = adapter.validate_python(read)
    assert (made.source_date, made.valid_for, made.number, made.for_.en) == ("2019-10-22", 365, None, "what for")
    for wrong in (
        {"phone": "95188"},
        {"tier": "D"},
        {"role": "friend"},
        {"verified-on": "yesterday"},
        {"valid-for": "-1"},
    ):
        with pytest.raises(ValidationError):
            adapter.validate_python(read | wrong)


def test_running_a_flow_needs_no_pydantic() -> None:
    code = "import sys, walletdoc.contacts; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- who to turn to


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        ("wallet", {"wallet": "alipay"}, ["alipay"]),
        ("wallet", {"wallet": "wechat", "bank": "alipay"}, ["wechat"]),
        ("bank", {"bank": "ccb"}, ["ccb-credit"]),
        ("wallet", {}, ["alipay", "alipay-merchant", "wechat"]),
        ("wallet", {"wallet": "unsure"}, ["alipay", "alipay-merchant", "wechat"]),  # an option without a contact
        ("wallet", {"wallet": "gone"}, ["alipay", "alipay-merchant", "wechat"]),  # a contact that is not there
        ("bank", {}, ["bank"]),  # the contact of that id, not all with that role
        ("police", {}, ["police"]),
        ("anti-fraud", {}, ["anti-fraud"]),
        ("nobody", {}, []),
    ],
)
def test_resolve(asked: str, known: dict[str, str], expected: list[str]) -> None:
    assert resolve(asked, known, FACTS_CONTACTS, REGISTRY) == tuple(REGISTRY[id_] for id_ in expected)


def test_fresh_until_the_last_day() -> None:
    line = contact("wallet", "甲", "A", verified_on="2026-11-22", valid_for=30)
    assert expires(line) == date(2026, 12, 22)
    assert fresh(line, date(2026, 12, 22))
    assert not fresh(line, date(2026, 12, 23))


def test_expiry_at_the_edges() -> None:
    assert expires(contact("wallet", "甲", "A", valid_for=999_999_999)) == date.max
    with pytest.raises(ValueError, match="month"):
        expires(contact("wallet", "甲", "A", verified_on="2026-13-01"))


# --- what texts say


def test_fill_reads_what_it_put_in_no_second_time() -> None:
    values = {("wallet", "name"): "{bank.name}", ("bank", "hotline"): "95533"}
    filled = fill("{wallet.name} {bank.hotline} {bank.hours}", lambda name, field: values.get((name, field)))
    assert filled == "{bank.name} 95533 …"


@pytest.mark.parametrize(
    "text",
    [
        "{wallet}",
        "{wallet.name!r}",
        "{wallet.name:>9}",
        "{wallet.a.b}",
        "{0}",
        "{{}}",
        "{ wallet.name }",
        "{W.x}",
        "{_.__class__}",
    ],
)
def test_nothing_else_in_braces_is_a_placeholder(text: str) -> None:
    assert placeholders(text) == ()
    assert fill(text, lambda _name, _field: "value") == text


def test_placeholders_in_order() -> None:
    text = "{wallet.name}：{ccb-credit.hotline}，{time.refund-card}，{wallet.name}"
    assert placeholders(text) == (
        ("wallet", "name"),
        ("ccb-credit", "hotline"),
        ("time", "refund-card"),
        ("wallet", "name"),
    )


def test_value_of_a_contact() -> None:
    alipay, bank = REGISTRY["alipay"], REGISTRY["bank"]
    assert [value(alipay, field, "en") for field in ("name", "hotline", "hours")] == ["Alipay", "95188", "every day"]
    assert [value(bank, field, "zh") for field in ("name", "hotline", "way", "hours", "number")] == [
        "发卡银行",
        "应用内搜客服",
        "应用内搜客服",
        None,
        None,
    ]


# --- is it official?


def official(text: str) -> list[str]:
    return [match.contact_id for match in look_up(text, REGISTRY) if isinstance(match, Official)]


def doubts(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(match.doubt, match.like) for match in look_up(text, REGISTRY) if isinstance(match, Unlisted)]


@pytest.mark.parametrize(("number", "id_"), LISTED.items())
def test_a_listed_number(number: str, id_: str) -> None:
    assert look_up(number, REGISTRY) == (Official(number, id_, REGISTRY[id_], abroad=False),)


@pytest.mark.parametrize("text", ["+86 95188", "0086-95188", "(+86)95188", "＋８６　95188", "00 86 95188"])
def test_the_prefix_of_the_country_is_understood_and_said(text: str) -> None:
    (match,) = look_up(text, REGISTRY)
    assert isinstance(match, Official)
    assert (match.contact_id, match.abroad) == ("alipay", True)


def test_an_area_code_is_dialled_without_its_0_from_abroad() -> None:
    office = {"office": contact("regulator", "某局", "an office", "010-6600 0000")}
    assert [type(match) for match in look_up("+86 10 6600 0000、+86 010 6600 0000、10 6600 0000", office)] == [
        Official,
        Official,
        Unlisted,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "95055",
        "400-000-9518",
        "0755-83765566",
        "400-670-0700",
        "0086 13800138000",
        "有人让我打 400-000-9518 是真的吗",
        "支付宝人工客服９５０５５",
    ],
)
def test_numbers_that_were_found_in_conflict_are_unlisted(text: str) -> None:
    assert doubts(text) == [("unknown", ())]
    assert official(text) == []


@pytest.mark.parametrize(
    ("text", "doubt", "like"),
    [
        ("95188-1", "begins", "alipay"),
        ("9518811", "begins", "alipay"),
        ("+86 95188 1", "begins", "alipay"),
        ("+95188", "begins", "alipay"),
        ("*95188#", "begins", "alipay"),
        ("95188#1", "begins", "alipay"),
        ("95188 95017", "begins", "alipay"),
        ("0571-95188", "ends", "alipay"),
        ("8695188", "ends", "alipay"),
        ("+0086 95188", "ends", "alipay"),
        ("00 96110", "ends", "anti-fraud"),  # not the police, though it ends in 110
        ("96110-8", "begins", "anti-fraud"),
        ("13800000110", "ends", "police"),
        ("0571 95188 22", "contains", "alipay"),
        ("95188转1", "extension", "alipay"),
        ("95188 ext 2", "extension", "alipay"),
        ("www.95188.com", "address", "alipay"),
        ("微信号kf95188", "address", "alipay"),
    ],
)
def test_a_listed_number_with_something_added_is_another(text: str, doubt: str, like: str) -> None:
    assert doubts(text) == [(doubt, (like,))]
    assert official(text) == []


def test_what_is_too_long_or_too_common_is_like_none() -> None:
    assert doubts("13811012345") == [("unknown", ())]
    assert doubts("95188" + "0" * 11) == [("unknown", ())]


def test_every_number_of_a_text_is_found() -> None:
    assert official("先打 95188，再打九六一一〇") == ["alipay", "anti-fraud"]
    text = "对方说 95188 转 1，或 95055；我打了 110"
    assert (official(text), doubts(text)) == (["police"], [("extension", ("alipay",)), ("unknown", ())])


def test_a_number_that_two_share_is_found_for_each() -> None:
    shared = {**REGISTRY, "wechat-merchant": contact("wallet", "微信支付商家", "WeChat Pay for merchants", "95017")}
    assert [match.contact_id for match in look_up("95017", shared) if isinstance(match, Official)] == [
        "wechat",
        "wechat-merchant",
    ]


@pytest.mark.parametrize("text", ["", "支付宝", "alipay", "扣了110元", "等了110天", "一", "\ud800", "12:30 左右"])
def test_no_number(text: str) -> None:
    assert look_up(text, REGISTRY) == ()


GAPS = [
    "",
    "",
    "",
    " ",
    "-",
    "–",
    ".",
    "·",
    "(",
    ")",
    "（",
    "_",
    "~",
    "\t",
    "\u3000",
    "\u200b",
    "\u00ad",
    "\u0336",
    "\ufe0f\u20e3",
    "\u202e",
    "👉",
]
DRESSES = [
    "0123456789",
    "０１２３４５６７８９",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "٠١٢٣٤٥٦٧٨٩",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "〇一二三四五六七八九",
    "零幺两叁肆伍陆柒捌玖",
    "OIZ3456789",
    "ol2ЗЧSb7Bg",
    "ОІ2345б7В9",
]
AROUND = ["{}", "（{}）", "“{}”", "有人让我打 {} 是真的吗", "he said: {} is Alipay", "客服电话：{}。"]


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    number = draw(st.sampled_from(sorted(LISTED)))
    digits = [draw(st.sampled_from(DRESSES))[int(digit)] for digit in number]
    gaps = [draw(st.sampled_from(GAPS)) for _ in digits[1:]]
    prefix = draw(st.sampled_from(["", "", "+86", "+86 ", "0086-", "(+86) ", "＋８６-"]))
    worn = prefix + "".join(char for pair in zip(digits, [*gaps, ""], strict=True) for char in pair)
    return draw(st.sampled_from(AROUND)).format(worn), LISTED[number]


@given(disguised())
def test_any_disguise_of_a_listed_number_is_seen_through(given_: tuple[str, str]) -> None:
    text, id_ = given_
    assert official(text) == [id_]
    assert doubts(text) == []


JOINTS = [*GAPS, ",", "#", "*", "+", "转", " ext ", "x", " 分机 "]


@given(
    st.sampled_from(sorted(LISTED)),
    st.integers(1, 999).map(str),
    st.sampled_from(JOINTS),
    st.sampled_from(DRESSES),
    st.sampled_from(AROUND),
)
def test_a_listed_number_with_a_digit_added_behind_is_not_official(
    number: str, more: str, joint: str, dress: str, around: str
) -> None:
    assume(number + more not in LISTED)
    assume(joint != "," or len(more) < 3)  # a list of two
    added = "".join(dress[int(digit)] for digit in more)
    assume(not joint or not all(category(char) in {"Lu", "Ll"} for char in added))  # letters that stand apart are words
    text = around.format(number + joint + added)
    assert official(text) == []
    assert [match.like for match in look_up(text, REGISTRY) if isinstance(match, Unlisted)] != []


@given(
    st.sampled_from(sorted(LISTED)),
    st.integers(1, 999).map(str),
    st.sampled_from([*GAPS, ",", "+", "*", "#"]),
    st.sampled_from(AROUND),
)
def test_a_listed_number_with_a_digit_added_before_is_not_official(
    number: str, more: str, joint: str, around: str
) -> None:
    assume(more + number not in LISTED)
    assume(joint != "," or len(more) < 3)  # a list of two
    assert official(around.format(more + joint + number)) == []


@given(
    st.text(st.characters(exclude_categories=()))
    | st.text(st.sampled_from("95188110OIl一九+*#-, ;¥元天转x@/\n"), max_size=30)
)
def test_any_text_is_taken(text: str) -> None:
    assert all(match.shown in text for match in look_up(text, REGISTRY))
    assert set(who(text, REGISTRY)) <= set(REGISTRY)
    fill(text, lambda _name, _field: None)


# --- who is meant?


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("alipay", ["alipay", "alipay-merchant"]),
        ("Alipay", ["alipay", "alipay-merchant"]),
        ("ａｌｉｐａｙ", ["alipay", "alipay-merchant"]),
        ("alipay-merchant", ["alipay", "alipay-merchant"]),
        ("支付宝", ["alipay", "alipay-merchant"]),
        ("支付宝客服电话", ["alipay"]),
        ("支付", ["alipay", "alipay-merchant", "wechat"]),
        ("police", ["police", "anti-fraud"]),
        ("the police!", ["police", "anti-fraud"]),
        ("警察", ["police", "anti-fraud"]),
        ("银行", ["bank", "ccb-credit"]),
        ("ccb", ["ccb-credit"]),
        ("construction", ["ccb-credit"]),
        ("ccb credit", ["ccb-credit"]),
        ("embankment", []),
        ("支", []),
        ("nobody", []),
        ("", []),
        ("?!", []),
    ],
)
def test_who(asked: str, expected: list[str]) -> None:
    assert list(who(asked, REGISTRY)) == expected


def test_a_name_without_words_meets_nobody() -> None:
    assert who("支付宝", {"x": contact("wallet", "…", "?")}) == {}


def test_every_role_has_its_words() -> None:
    assert set(ROLES) == {"wallet", "bank", "merchant", "carrier", "police", "regulator"}
