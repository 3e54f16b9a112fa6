from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from walletdoc.writing import folded, is_name, sentences, spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apple Pay", True),
        ("iPhone", True),
        ("ATM", True),
        ("WeChat", True),
        ("Visa", True),
        ("Paid", False),
        ("paid", False),
        ("Not sure", False),
        ("Apple’s", False),
        ("{wallet.name}", True),
        ("{wallet.name} is there", False),
        ("3–5", True),
        ("", True),
    ],
)
def test_names_that_chinese_writes_in_letters(text, expected):
    assert is_name(text) is expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("先看账单。再看余额！好了吗？等等……再说", "zh", ["先看账单", "再看余额", "好了吗", "等等……再说"]),
        ("一；二\n三", "zh", ["一", "二", "三"]),
        ("Look. Then wait! Done? Ok; go", "en", ["Look", "Then wait", "Done", "Ok", "go"]),
        ("Version 3.5 of app.py is out.", "en", ["Version 3.5 of app.py is out"]),
        ("Say “stop.” Then go (now.) Wait", "en", ["Say “stop", "Then go (now", "Wait"]),
        ("one\ntwo", "en", ["one", "two"]),
        ("", "en", []),
    ],
)
def test_sentences(text, lang, expected):
    assert list(sentences(text, lang)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  It's DONE!  ", "itsdone"),
        ("“付款”，失败。", "付款失败"),
        ("ＡＢＣ １２３", "abc123"),
        ("C++", "c++"),
        ("< 5", "<5"),
        ("…", "..."),
        ("Straße", "strasse"),
    ],
)
def test_a_text_read_aloud(text, expected):
    assert spoken(text) == expected


@given(st.text() | st.text(st.sampled_from("aＡ，。！é\u0301ﾞｶが\u3099\u1100\u1161\u11a8가Ⅷ①㈠㊿ßﬀİΣς一\U0001d7d8")))
@example("´")
@example("\uffa1\uffc2")
def test_folded_is_the_case_folded_compatibility_form(text):
    assert folded(text) == normalize("NFKC", text).casefold()
