"""The rules about language, beyond the examples of their manuals: what they find, on which line, and what they leave alone."""

import random

import pytest

from tests.rules.asked import ask, ask_pack, ask_registry, example, step
from walletdoc.rules import broken_emphasis

HOW = ('zh: "在钱包里打开账单，找到这一笔充值。"', 'en: "Open the bill in the wallet and find this top-up."')


def how(zh: str | None = None, en: str | None = None) -> str:
    """Return the example with another `how` at its question."""
    swaps = [(old, f"{old[:2]}: '{new}'") for old, new in zip(HOW, (zh, en), strict=True) if new is not None]
    return example(*swaps)


def labels(zh: tuple[str, str], en: tuple[str, str]) -> str:
    """Return the example with other labels for its first two options."""
    return example(
        ('say: {zh: "充值成功", en: "Done"}', f'say: {{zh: "{zh[0]}", en: "{en[0]}"}}'),
        ('say: {zh: "处理中", en: "Being processed"}', f'say: {{zh: "{zh[1]}", en: "{en[1]}"}}'),
    )


def only(rule: str, text: str, on: str) -> str:
    """Ask a rule that must find one thing, on the line with these words, and return its message."""
    found = ask(rule, text)
    assert [on in each.source for each in found] == [True], found
    return found[0].message


# --- missing-translation


@pytest.mark.parametrize(
    ("zh", "en", "message"),
    [
        ("打开账单。", "打开账单。", "'打开账单。' is Chinese, expected English"),
        ("Open the bill.", "Open the bill.", "the Chinese is still English: 'Open the bill.'"),
        ("Refunded", "Refunded", "the Chinese is still English: 'Refunded'"),
        ("用 Apple Pay 付", "用 Apple Pay 付", "'用 Apple Pay 付' is Chinese, expected English"),
    ],
)
def test_a_text_that_is_the_same_in_both_languages(zh, en, message):
    assert only("missing-translation", how(zh, en), "how:") == message


@pytest.mark.parametrize(
    "name", ["Apple Pay", "iPhone", "ATM", "Alipay", "Bank Of China", "{wallet.name}", "3", "e-CNY"]
)
def test_a_name_may_be_the_same_in_both_languages(name):
    assert ask("missing-translation", how(name, name)) == []


def test_an_item_of_a_list_that_was_not_translated():
    text = example(('["Close the app.", "Open the app yourself', '["关掉应用。", "Open the app yourself'))
    assert only("missing-translation", text, 'en: ["关掉应用。"') == "'关掉应用。' is Chinese, expected English"


def test_an_item_of_a_list_that_is_still_english():
    text = example(('["关掉应用。", "自己打开', '["Close the app.", "自己打开'))
    assert only("missing-translation", text, 'zh: ["Close the app.') == "the Chinese is still English: 'Close the app.'"


def test_no_phrases_in_one_language():
    head, _, rest = example().partition("  en:\n    - ")
    text = f"{head}  en: []\n\ncauses:{rest.partition('causes:')[2]}"
    assert only("missing-translation", text, "en: []") == "there are no English phrases"


def test_a_thing_to_prepare_that_was_not_translated():
    found = ask_registry("missing-translation", "prepare", ('en: "The amount"', 'en: "金额"'))
    assert [(each.source.split(":")[0], each.message) for each in found] == [
        ("amount", "'金额' is Chinese, expected English")
    ]


# --- placeholders-differ, list-lengths-differ


def test_placeholders_are_compared_both_ways_whatever_their_order_and_number():
    same = how("{wallet.name}：{wallet.hotline}", "{wallet.hotline}, {wallet.name}, again {wallet.name}")
    assert ask("placeholders-differ", same) == []
    message = "the English has '{wallet.hotline}', the Chinese has not"
    assert only("placeholders-differ", how("{wallet.name}", "{wallet.name} {wallet.hotline}"), "how:") == message
    assert only("placeholders-differ", how("找{wallet.name}", "Ask them"), "how:").startswith("the Chinese has")
    assert only("placeholders-differ", how("找他们", "Ask {wallet.name}"), "how:").startswith("the English has")
    both = ask("placeholders-differ", how("{wallet.name}", "{bank.name}"))
    assert [each.message for each in both] == [
        "the Chinese has '{wallet.name}', the English has not",
        "the English has '{bank.name}', the Chinese has not",
    ]


def test_placeholders_of_the_same_step_are_compared():
    swap = ('zh: ["关掉应用。", "自己打开应用，看余额。"]', 'zh: ["关掉应用。", "打开{wallet.name}。"]')
    message = "the Chinese has '{wallet.name}', the English has not"
    assert only("placeholders-differ", example(swap), 'en: ["Close the app.') == message
    swap = ("Open the app yourself and look at the balance.", "Open {wallet.name}.")
    message = "the English has '{wallet.name}', the Chinese has not"
    assert only("placeholders-differ", example(swap), 'zh: ["关掉应用。') == message


def test_phrases_and_equal_lists_may_have_their_lengths():
    assert ask("list-lengths-differ", example(('    - "余额充值失败"\n', ""))) == []


def test_the_shorter_list_is_named():
    shorter = example(
        ('en: ["Close the app.", "Open the app yourself and look at the balance."]', 'en: ["Close the app."]')
    )
    assert (
        only("list-lengths-differ", shorter, 'en: ["Close the app."]') == "2 in Chinese, 1 in English, expected as many"
    )
    never = ask_registry("list-lengths-differ", "prepare", ('    - "短信验证码，谁要都不给"\n', ""))
    assert [(each.source, each.message) for each in never] == [("zh:", "5 in Chinese, 6 in English, expected as many")]


# --- unknown-placeholder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{wallet.phone}", "'{wallet.phone}': there is no field 'phone'; did you mean 'hotline'?"),
        ("{walet.name}", "'{walet.name}': there is no role or contact 'walet'; did you mean 'wallet'?"),
        ("{paid-from.name}", "'{paid-from.name}': there is no role or contact 'paid-from'"),
        ("{time.refund}", "'{time.refund}': there is no time 'refund'; did you mean 'refund-card'?"),
        ("{wallet}", "'{wallet}' is no placeholder; expected one such as '{wallet.name}'"),
        ("{wallet.name!r}", "'{wallet.name!r}' is no placeholder; expected one such as '{wallet.name}'"),
        ("{ wallet.name }", "'{ wallet.name }' is no placeholder; expected one such as '{wallet.name}'"),
        ("{}", "'{}' is no placeholder; expected one such as '{wallet.name}'"),
        ("{wallet.name.name}", "'{wallet.name.name}' is no placeholder; expected one such as '{wallet.name}'"),
        ("{wallet.name", "a '{' that belongs to no placeholder"),
        ("wallet.name}", "a '}' that belongs to no placeholder"),
        ("{{wallet.name}}", "a '{' that belongs to no placeholder"),
        ("{wallet.hours}", "'{wallet.hours}' comes out as '…': no hours are stated for Alipay"),
        ("{police.hours}", "'{police.hours}' comes out as '…': no hours are stated for the police"),
    ],
)
def test_what_nothing_fills(text, message):
    assert only("unknown-placeholder", how(en=text), "how:") == message


@pytest.mark.parametrize(
    "text", ["{wallet.name}", "{bank.way}", "{alipay-merchant.hours}", "{time.refund-card}", "{regulator.hotline}"]
)
def test_what_is_filled(text):
    assert ask("unknown-placeholder", how(text, text)) == []


def test_a_title_and_a_phrase_are_shown_as_they_are():
    title = example(('en: "A top-up has not arrived"', 'en: "{wallet.name}: no top-up"'))
    assert only("unknown-placeholder", title, "title:") == "'{wallet.name}' is not filled in here"
    phrase = example(('- "topup missing"', '- "{wallet.name} missing"'))
    assert only("unknown-placeholder", phrase, "missing") == "'{wallet.name}' is not filled in here"
    cause = example(('en: "The top-up was never paid"', 'en: "{wallet.name} was never paid"'))
    assert ask("unknown-placeholder", cause) == []


def test_a_contact_says_nothing_of_another():
    found = ask_registry(
        "unknown-placeholder", "contacts", ('en: "the bank that issued the card"', 'en: "{wallet.name}"')
    )
    assert [each.message for each in found] == ["'{wallet.name}' is not filled in here"]


# --- chinese-in-english, english-in-chinese


@pytest.mark.parametrize(
    ("en", "shown"),
    [
        ("Open the 账单 in the wallet.", "账单"),
        ("Open the bill，then wait.", "，"),
        ("Look for “冻结” (freeze) 或 report it.", "或"),
        ("Open (bill）.", "）"),
        ("Ｏpen the bill.", "Ｏ"),
        ("Open the “bill and 账单.", "账单"),
    ],
)
def test_chinese_in_english(en, shown):
    assert only("chinese-in-english", how(en=en), "how:").startswith(f"'{shown}' in an English text")


@pytest.mark.parametrize(
    "en",
    ["Search for “冻结” (freeze) or “挂失”.", "It’s “账单，明细” – the bill …", "Café, ¥20, 5–7 days", "{wallet.name}"],
)
def test_words_of_a_chinese_screen_stand_in_quotes(en):
    assert ask("chinese-in-english", how(en=en)) == []


def test_a_chinese_phrase_among_the_english():
    assert "付不了" in only("chinese-in-english", example(('- "topup missing"', '- "topup 付不了"')), "topup 付不了")


@pytest.mark.parametrize(
    ("zh", "shown"),
    [
        ("打开账单，then look for the top-up。", "then look for the top-up"),
        ("Open the bill.", "Open the bill."),
        ("Refunded", "Refunded"),
        ("请看 the bill of it 再说", "the bill of it"),
        ("请 open Bill page 再说", "open Bill page"),
        ("请打开 settings 页面", "settings"),
        ("点confirm付款", "confirm"),
    ],
)
def test_english_in_chinese(zh, shown):
    assert only("english-in-chinese", how(zh), "how:") == f"English in a Chinese text: '{shown}'"


@pytest.mark.parametrize(
    "zh",
    [
        "看 Apple Pay 里的卡",
        "连 Wi-Fi 再试",
        "Apple Pay",
        "打开 Bank of China 的应用",
        "点屏幕上的“settings”",
        "用 wifi 或 app 里的 nfc",
        "用 iPhone 的 Apple Pay Cash Card 付",
        "输入 walletdoc contacts，再看",
        "{wallet.name}：{wallet.hotline}",
        "95188",
    ],
)
def test_names_in_chinese(zh):
    assert ask("english-in-chinese", how(zh)) == []


def test_what_was_not_translated_at_all_is_told_of_once():
    for text in (how("Open the bill.", "Open the bill."), how("打开账单。", "打开账单。")):
        assert ask("english-in-chinese", text) == ask("chinese-in-english", text) == []


def test_a_phrase_may_be_a_name_and_may_not_be_a_sentence():
    assert ask("english-in-chinese", example(('- "充值要多久到账"', '- "apple pay"'))) == []
    assert only("english-in-chinese", example(('- "充值要多久到账"', '- "where is my top up"')), "where is my")


# --- half-width-punctuation


@pytest.mark.parametrize(
    ("zh", "mark", "wide"),
    [
        ("打开账单,找到它。", ",", "，"),
        ("打开账单.", ".", "。"),
        ("打开账单!!", "!!", "！！"),
        ("打开账单吗?", "?", "？"),
        ("打开:账单", ":", "："),
        ("打开(账单)", "(", "（"),
        ("用 Apple Pay (苹果)付", "(", "（"),
        ("打开 (账单", "(", "（"),
        ("打开 (Bill", "(", "（"),
        ("先看 A, 再看 B", ",", "，"),
        ("先看 3,再看 4", ",", "，"),
        ("先看 App Store. 再看账单", ".", "。"),
        ("搜“账单”,点开", ",", "，"),
        ("请{wallet.name}:查", ":", "："),
        ("请查:{wallet.hotline}", ":", "："),
        ('搜"账单"', '"', "“”"),
        ("等...再看", "...", "……"),
        ("打开 App Store.", ".", "。"),
    ],
)
def test_half_width_marks_beside_chinese(zh, mark, wide):
    message = only("half-width-punctuation", how(zh), "how:")
    assert message.startswith(f"half-width '{mark}' beside Chinese in ")
    assert message.endswith(f"expected '{wide}'")


@pytest.mark.parametrize(
    "zh",
    [
        "每天 08:00–24:00 都行，最多 3.5 元（约 1,000 次）。",
        "等 {time.refund-card} 再看{wallet.name}的账单。",
        "1. 打开账单\n2. 看余额",
        "退款/售后、Wi-Fi、24×7",
        "Apple Inc.",
        "看 McDonald‘s 的账单…再说——好！",
        "Version 8.0.1 以上",
    ],
)
def test_half_width_marks_that_are_right(zh):
    assert ask("half-width-punctuation", how(zh.replace("\n", "\n\n          "))) == []


def test_one_finding_a_text_and_none_for_what_people_type():
    assert len(ask("half-width-punctuation", how("看账单,看余额,看明细."))) == 1
    assert ask("half-width-punctuation", example(('- "充值要多久到账"', '- "充值,要多久?"'))) == []


# --- broken-emphasis


@pytest.mark.parametrize(
    ("zh", "message"),
    [
        ("打开**“账单”**页面", "'**' in '打开**“账单”**' makes nothing bold"),
        ("打开**（账单**", "'**' in '打开**（账单**' makes nothing bold"),
        ("打开** 账单**", "'**' in '打开** 账单**' makes nothing bold"),
        ("打开**账单，**再看", "'**' in '开**账单，**再看' makes nothing bold"),
        ("请**{wallet.name}**查", "'**' in '请**{walle' makes nothing bold"),
        ("打开**账单", "the '**' of bold text is not closed on this line"),
        ("打开*账单*", "'*' stays as it is; bold is '**word**'"),
        ("打开***账单***", "'***' stays as it is; bold is '**word**'"),
    ],
)
def test_stars_that_stay(zh, message):
    assert only("broken-emphasis", how(zh), "how:").startswith(message)


@pytest.mark.parametrize(
    "zh",
    [
        "打开**账单**页面",
        "打开“**账单**”页面",
        "**（账单）**，再看",
        "等**{time.refund-card}**再看",
        "找 **{wallet.name}** 查",
        "**一**、**二**",
        "* **账单**页面",
    ],
)
def test_stars_that_make_bold(zh):
    assert ask("broken-emphasis", how(zh, "Open the **bill**, now.")) == []


def test_bold_agrees_with_commonmark():
    markdown_it = pytest.importorskip("markdown_it")
    render = markdown_it.MarkdownIt().renderInline
    pieces, some = ["字", "“", "”", "，", "a", " ", "**", "**", "（", "）", "1", "."], random.Random(1)
    passed = 0
    for _ in range(5_000):
        line = "字" + "".join(some.choice(pieces) for _ in range(some.randint(2, 9)))
        if "**" in line and broken_emphasis._wrong(line) is None:
            html = render(line)
            passed += 1
            assert html.count("<strong>") * 2 == line.count("**"), (line, html)
            assert "*" not in html
    assert passed > 100


# --- markup


@pytest.mark.parametrize(
    ("en", "what"),
    [
        ("See [the bill](page).", "a link or picture"),
        ("See ![the bill](page).", "a link or picture"),
        ("See [the bill][1].", "a link or picture"),
        ("See <https://example.org>.", "a link or picture"),
        ("A <b>bold</b> word", "HTML"),
        ("A line<br>", "HTML"),
        ("This &amp; that", "HTML"),
        ("Type `walletdoc`.", "code"),
        ("Not ~~this~~", "formatting other than bold"),
        ("Not __this__", "formatting other than bold"),
        ("| a | b |", "a table"),
        ("# Heading", "a heading"),
        ("> Quoted", "a quotation"),
        ("* an item", "a list mark other than"),
        ("---", "a rule across the page"),
        ("Look:\n\n          ## Heading", "a heading"),
    ],
)
def test_markup_that_texts_may_not_have(en, what):
    assert what in only("markup", how(en=en), "how:")


@pytest.mark.parametrize(
    "en",
    [
        "Look at it:\n\n          - the bill\n\n          - the balance",
        "**Now**, 3 < 5 and 5 > 3",
        "#1 of all, A & B, a|b, 1 + 1 = 2",
        "[optional] (maybe)",
        "snake_case - dash -- dashes",
        "1. first",
    ],
)
def test_markup_that_is_none(en):
    assert ask("markup", how(en=en)) == []


# --- long-sentence, wide-label


@pytest.mark.parametrize(
    ("zh", "length"),
    [("字" * 40, None), ("字" * 41, 41), ("字" * 40 + "。" + "字" * 40, None), ("字" * 38 + "{wallet.hotline}", 41)],
)
def test_a_chinese_sentence_has_at_most_40_characters(zh, length):
    found = [each.message for each in ask("long-sentence", how(zh))]
    assert found == (
        [f"the sentence '字字字字字字字字字字字…' has {length} characters, at most 40 are taken in"] if length else []
    )


@pytest.mark.parametrize(
    ("en", "words"),
    [
        (" ".join(["word"] * 25), None),
        (" ".join(["word"] * 26), 26),
        (" ".join(["word"] * 25) + ". " + " ".join(["word"] * 25), None),
        (" ".join(["word"] * 20) + " 3.5 " + " ".join(["word"] * 5), 26),
        (" ".join(["word"] * 20) + ".” " + " ".join(["word"] * 20), None),
    ],
)
def test_an_english_sentence_has_at_most_25_words(en, words):
    found = [each.message for each in ask("long-sentence", how(en=en))]
    assert found == (
        [f"the sentence 'word word word word wor…' has {words} words, at most 25 are taken in"] if words else []
    )


@pytest.mark.parametrize(("zh", "wide"), [("字" * 27, None), ("字" * 28, 56), ("a" * 54, None), ("字" * 27 + "a", 55)])
def test_a_label_takes_at_most_54_columns(zh, wide):
    found = ask("wide-label", labels((zh, "处理中"), ("Done", "Being processed")))
    expected = [f"the label is {wide} columns wide, a 60-column screen has room for 54"] if wide else []
    assert [each.message for each in found] == expected


def test_labels_are_options_and_titles():
    wide = "An uncommonly long-winded way to say that it did not arrive"
    assert only("wide-label", example(('en: "A top-up has not arrived"', f'en: "{wide}"')), "title:")
    assert only("wide-label", example(('en: "The top-up was never paid"', f'en: "{wide}"')), "title:")
    assert only("wide-label", step(('en: "Restart the app"', f'en: "{wide}"')), "title:")
    assert ask("wide-label", how(en=wide)) == []
    assert [each.source for each in ask_registry("wide-label", "facts", ('en: "A debit card"', f'en: "{wide}"'))] == [
        f'debit: {{say: {{zh: "储蓄卡（借记卡）", en: "{wide}"}}}}'
    ]


# --- duplicate-option, similar-option


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (("处理中", "处理中"), ("Done", "Not done")),
        (("处理中", "处理中。"), ("Done", "Not done")),
        (("用 Apple Pay", "用ａｐｐｌｅ pay"), ("Done", "Not done")),
        (("好", "坏"), ("Not done", "not done!")),
        (("好", "坏"), ("It's done", "its done")),
    ],
)
def test_options_that_read_the_same(zh, en):
    assert "reads the same as option 'done'" in only("duplicate-option", labels(zh, en), "processing:")
    assert ask("similar-option", labels(zh, en)) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (("充到账户里", "充到帐户里"), ("Done", "Not done")),
        (("扣了", "扣的"), ("Done", "Not done")),
        (("不确定", "不太确定"), ("Done", "Not done")),
        (("好", "坏"), ("Sent to the card", "Sent to a card")),
        (("好", "坏"), ("I have it", "Have it")),
        (("好", "坏"), ("Refund rejected", "Refund rejectd")),
        (("好", "坏"), ("Pending payment", "Pending payments")),
        (("好", "坏"), ("Wrong account", "Wrong acocunt")),
    ],
)
def test_options_that_are_easily_confused(zh, en):
    assert "is easily taken for" in only("similar-option", labels(zh, en), "processing:")
    assert ask("duplicate-option", labels(zh, en)) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (("有", "没有"), ("Yes", "No")),
        (("转入", "转出"), ("Money in", "Money out")),
        (("今天", "昨天"), ("Paid", "Said")),
        (("上个月", "下个月"), ("I can", "I can't")),
        (("2 天", "3 天"), ("2 days", "3 days")),
        (("号码一", "号码二"), ("Order number 10001", "Order number 10002")),
        (("付款人", "收款人"), ("I am the payer", "I am the payee")),
        (("超过 5", "不到 5"), ("> 5", "< 5")),
        (("银行卡", "信用卡"), ("A debit card", "A credit card")),
        (("C", "C++"), ("C", "C++")),
        (("寄方", "借方"), ("The sender", "The lender")),
    ],
)
def test_options_that_differ(zh, en):
    assert ask("duplicate-option", labels(zh, en)) == ask("similar-option", labels(zh, en)) == []


def test_options_of_a_fact():
    same = ask_registry("duplicate-option", "facts", ('en: "A debit card"', 'en: "a credit card!"'))
    assert [each.source.split(":")[0] for each in same] == ["credit"]
    near = ask_registry("similar-option", "facts", ('en: "China Unicom"', 'en: "China Mobille"'))
    assert [each.source.split(":")[0] for each in near] == ["unicom"]


# --- all of them


def test_a_registry_is_looked_at_as_flows_are():
    swap = ('en: "The transaction number in the bill"', 'en: "The 交易 number in the bill"')
    assert [each.source.split(":")[0] for each in ask_registry("chinese-in-english", "prepare", swap)] == [
        "trade-number"
    ]
    swap = ('zh: "退回银行卡"', 'zh: "退回,银行卡"')
    assert len(ask_registry("half-width-punctuation", "times", swap)) == 1
    assert ask_pack("markup", {}, example()) == []
