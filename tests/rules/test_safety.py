"""The rules about safety, beyond the examples of their manuals: what they find, on which line, and what they leave alone."""

import pytest

from tests.rules.asked import ask, ask_pack, ask_registry, example, shipped, step
from tests.rules.test_craft import registries
from walletdoc.rules import AREAS, rule

SAY = 'say: {zh: "钱到了。看一眼账单，确认只充了一次。", en: "The money is there. Look at the bill to see that it was taken only once."}'
ASK = 'ask: {zh: "充值记录里写的是什么？", en: "What does the record of the top-up say?"}'
NUMBER = 'number: {zh: "充值后过了几个工作日？", en: "How many working days have passed since the top-up?"}'


def saying(zh: str = "好了。", en: str = "Done.") -> str:
    return example((SAY, f'say: {{zh: "{zh}", en: "{en}"}}'))


# --- numbers and addresses

NUMBERS = (
    "打95188。",
    "打９５１８８。",
    "打九五一八八。",
    "打九 五 一 八 八。",
    "打玖伍壹捌捌。",
    "打9 5 1 8 8。",
    "打9-5-1-8-8。",
    "打95l88。",
    "打95I88。",
    "打9五1八8。",
    "打①②③④⑤。",
    "打❾❺❶❽❽。",
    "打𝟗𝟓𝟏𝟖𝟖。",
    "打٩٥١٨٨。",
    "打9.5.1.8.8。",
    "打(95)188。",
    "打**95188**。",
    "打0755-8376 5566。",
    "打+86 138 0013 8000。",
    "打400-820-0588。",
    "打110。",
    "打一一零。",
    "打幺幺零。",
    "打9S1BB。",
    "打〇二一 六三三 零零零零。",
)
NO_NUMBERS = (
    "等 7 个工作日。",
    "等三到五个工作日。",
    "付了 10000 元。",
    "¥12345.67 没到。",
    "2026年11月22日。",
    "点一下，看一看，再试一次。",
    "第一步、第二步、第三步。",
    "24 小时以内。",
    "填 0 到 400。",
    "版本 8.0.50。",
    "后四位，比如 1234。",
)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_in_any_disguise(text):
    found = ask("number-in-text", saying(zh=text))
    assert [each.source[:4] for each in found] == ["say:"]
    assert "looks like a telephone number" in found[0].message


@pytest.mark.parametrize(
    "text", ["Call 95188.", "Call nine five one eight eight.", "Call 9 5 1 8 8.", "Dial 9-five-95l88."]
)
def test_a_number_in_english(text):
    assert len(ask("number-in-text", saying(en=text))) == 1


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_amounts_times_and_counts_are_no_numbers(text):
    assert ask("number-in-text", saying(zh=text)) == []


@pytest.mark.parametrize(
    "text", ["One or two of them.", "Wait 24 hours.", "Version 8.0.50 of 2026.", "One, two, three."]
)
def test_no_numbers_in_english(text):
    assert ask("number-in-text", saying(en=text)) == []


def test_a_number_in_a_registry_and_in_a_step():
    swap = ('zh: "看卡面，或者看钱包里“银行卡”一栏。"', 'zh: "打 95533 问。"')
    assert [each.source[:4] for each in ask_registry("number-in-text", "facts", swap)] == ["how:"]
    assert len(ask("number-in-text", step(("卡住的页面要重新打开才会好。", "打 95533。")))) == 1


ADDRESSES = (
    "看 https://example.org/a。",
    "看 www.example.com。",
    "看 example.com 上写的。",
    "看 ｅｘａｍｐｌｅ．ｃｏｍ。",
    "看 example。com。",
    "看 example[.]com。",
    "看 hxxp://a.b。",
    "写信到 help@example.com。",
    "写信到 help[at]example.com。",
    "加微信 kefu12345。",
    "微信号：kefu_12345。",
    "QQ 群: a12345。",
    "加V：kefu12345。",
    "telegram: @kefu12345",
    "找 @kefu_12345。",
)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_in_any_disguise(text):
    assert [each.source[:4] for each in ask("address-in-text", saying(zh=text))] == ["say:"]


@pytest.mark.parametrize(
    "text",
    [
        "在微信里搜“腾讯客服”。",
        "打开 Apple Pay。",
        "版本 8.0.50。",
        "加微信好友的都是骗子。",
        "不要点链接，不要加私人 QQ。",
        "WeChat Pay is fine. Come back later.",
        "{wallet.hotline}",
        "Online: close the page. Then go on.",
        "the official line: dial it yourself",
    ],
)
def test_no_addresses(text):
    assert ask("address-in-text", saying(zh=text)) == []


# --- secrets

ASKING = (
    ("你的支付密码是什么？", "Ok?"),
    ("请输入短信验证码。", "Ok?"),
    ("银行卡卡号是多少？", "Ok?"),
    ("把验证码发给我们好吗？", "Ok?"),
    ("卡背面三位是多少？", "Ok?"),
    ("请填写你的身份证号。", "Ok?"),
    ("你的登录密码？", "Ok?"),
    ("好吗？", "What is your password?"),
    ("好吗？", "What's the CVV?"),
    ("好吗？", "Please enter the verification code."),
    ("好吗？", "Type in your full card number."),
    ("好吗？", "Your PIN?"),
    ("好吗？", "Please give us your ID number."),
)
NOT_ASKING = (
    ("有没有人问你要过验证码？", "Did anyone ask you for a verification code?"),
    ("收到验证码了吗？", "Did the verification code arrive?"),
    ("是忘了密码吗？", "Did you forget your password?"),
    ("密码输错了几次？", "How many times was the password wrong?"),
    ("提示密码错误吗？", "Does it say wrong password?"),
    ("你把验证码告诉过别人吗？", "Have you told somebody a verification code?"),
    ("卡号后四位是多少？", "What are the last four digits of the card number?"),
    ("对方让你输入密码了吗？", "Did they have you enter a password?"),
    ("不要告诉任何人你的密码。", "Never tell anyone your password."),
)


@pytest.mark.parametrize(("zh", "en"), ASKING)
@pytest.mark.parametrize("slot", ["ask", "number"])
def test_a_question_for_a_secret(slot, zh, en):
    text = example((ASK if slot == "ask" else NUMBER, f'{slot}: {{zh: "{zh}", en: "{en}"}}'))
    assert [each.source.split(":")[0] for each in ask("asks-for-secret", text)] == [slot]


@pytest.mark.parametrize(("zh", "en"), NOT_ASKING)
def test_a_question_about_a_secret(zh, en):
    assert ask("asks-for-secret", example((ASK, f'ask: {{zh: "{zh}", en: "{en}"}}'))) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("请告诉客服你的支付密码。", "Ok."),
        ("把验证码发给客服。", "Ok."),
        ("好。", "Tell support your password."),
        ("好。", "Read the verification code to the agent."),
    ],
)
def test_a_text_that_sends_a_secret_to_somebody(zh, en):
    assert len(ask("asks-for-secret", saying(zh, en))) == 1


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("不要把验证码告诉客服。", "Never tell support your password."),
        ("验证码只填在自己打开的页面里，谁要都不给。", "Enter the code only on the page; give it to nobody."),
        ("在应用里输入新密码。", "Enter a new password inside the app."),
        ("忘了密码，就点“忘记密码”。", "If you forgot your password, tap “忘记密码” (forgot password)."),
    ],
)
def test_a_text_that_warns_or_says_where_to_type(zh, en):
    assert ask("asks-for-secret", saying(zh, en)) == []


def test_secrets_in_registries():
    swap = ('label: {zh: "金额", en: "The amount"}', 'label: {zh: "支付密码", en: "The amount"}')
    assert len(ask_registry("asks-for-secret", "prepare", swap)) == 1
    swap = ('ask: {zh: "是哪家银行的卡？"', 'ask: {zh: "卡号是多少？"')
    assert len(ask_registry("asks-for-secret", "facts", swap)) == 1
    assert ask_registry("asks-for-secret", "prepare") == []


# --- paying again

MONEY = "  money: {fact: money-taken, to: {yes: record, no: pay-again, unsure: call-wallet}}"


@pytest.mark.parametrize(
    ("money", "message"),
    [
        (
            MONEY.replace("unsure: call-wallet", "unsure: pay-again"),
            "pays again though the money may be taken: fact.wallet=alipay fact.money-taken=unsure",
        ),
        (
            "  money: {fact: bank, go: pay-again}",
            "pays again before asking whether the money was taken: fact.wallet=alipay fact.bank=ccb-credit",
        ),
        (
            MONEY.replace("yes: record, no: pay-again", "yes: pay-again, no: record"),
            "pays again though the money may be taken: fact.wallet=alipay fact.money-taken=yes",
        ),
    ],
)
def test_paying_again_needs_no(money, message):
    found = ask("retry-before-money", example((MONEY, money)))
    assert [(each.source, each.message) for each in found] == [("retries-payment: true", message)]


def test_paying_again_after_it_was_taken_needs_no_anew():
    text = example(
        ("    taken: record\n", "    taken: again\n"),
        (
            "  done:\n",
            "  again: {call: check-network, retries-payment: true, taken: record, not-fixed: call-wallet}\n\n  done:\n",
        ),
    )
    assert [each.message for each in ask("retry-before-money", text)] == [
        "pays again though the money may be taken: fact.wallet=alipay fact.money-taken=no pay-again=taken"
    ]


def test_a_second_question_that_lets_only_no_through_is_enough():
    text = example(
        (
            MONEY,
            "  money: {fact: money-taken, go: bank}\n\n  bank: {fact: bank, go: parted}\n\n"
            + MONEY.replace("money:", "parted:"),
        )
    )
    assert ask("retry-before-money", text) == []


# --- what destroys, what protects

CALL = "  again: {call: check-network, fixed: done, not-fixed: call-wallet}\n\n  done:\n"
RISK = ("    minutes: 2\n", '    minutes: 2\n    risk: destructive\n    warning: {zh: "会没有。", en: "Gone."}\n')


def test_a_destructive_try_warns():
    text = example((RISK[0], "    minutes: 2\n    risk: destructive\n"))
    assert [each.source for each in ask("destructive-without-warning", text)] == ["risk: destructive"]
    assert ask("destructive-without-warning", example(RISK)) == []


def test_a_gentler_try_or_step_comes_before_a_destructive_one():
    text = example(
        RISK,
        (
            "fixes: [old-page]\n    fixed: done\n    not-fixed: call-wallet",
            "fixes: [old-page]\n    fixed: done\n    not-fixed: again",
        ),
        ("  done:\n", CALL),
    )
    assert [(each.source, each.message) for each in ask("destructive-first", text)] == [
        ("refresh:", "this can destroy something and 'again' can't; try 'again' before")
    ]
    assert ask("destructive-first", example(RISK)) == []
    assert ask("destructive-first", text.replace("risk: destructive", "risk: reversible")) == []


EMERGENCY = ("urgency: normal", "urgency: emergency")
FREEZE = '  freeze: {do: {zh: "冻结。", en: "Freeze."}, protects: true, done: call-wallet}\n\n  done:\n'


def test_an_emergency_protects_before_a_fourth_question():
    text = example(EMERGENCY, ("    unsure: call-wallet\n\n", "    unsure: freeze\n\n"), ("  done:\n", FREEZE))
    assert [(each.source[:7], each.message) for each in ask("late-protection", text)] == [
        ("freeze:", "up to 4 questions come before this, and nothing that protects; at most 3 may")
    ]
    assert ask("late-protection", text.replace("start: which", "start: money")) == []
    assert ask("late-protection", text.replace("urgency: emergency", "urgency: normal")) == []


def test_a_step_called_asks_and_protects():
    call = "  freeze: {call: freeze-wallet, not-fixed: call-wallet}\n\n  done:\n"
    text = example(EMERGENCY, ("    unsure: call-wallet\n\n", "    unsure: freeze\n\n"), ("  done:\n", call))
    assert [each.message[:17] for each in ask("late-protection", text)] == ["up to 5 questions"]
    assert (
        ask(
            "late-protection",
            text.replace("start: which", "start: first").replace(
                "nodes:\n", "nodes:\n  first: {call: freeze-wallet, not-fixed: which}\n"
            ),
        )
        == []
    )


def test_an_emergency_without_any_protection():
    assert [each.source for each in ask("late-protection", example(EMERGENCY))] == ["urgency: emergency"]


# --- hand-offs


@pytest.mark.parametrize(
    ("id_", "swap"),
    [
        ("hand-off-without-contact", ("    to: [wallet]\n", "")),
        ("hand-off-without-prepare", ("    prepare: [time, amount, method, trade-number]\n", "")),
    ],
)
def test_a_hand_off_says_to_whom_and_with_what(id_, swap):
    assert [each.source for each in ask(id_, example(swap))] == ["call-wallet:"]
    assert ask(id_, example(swap, ("    end: hand-off", "    end: info"))) == []


@pytest.mark.parametrize(
    "never", ["never: {zh: [], en: [Passwords]}", "never: {zh: [密码], en: []}", "never: {zh: [], en: []}"]
)
def test_what_never_to_tell_is_said_in_both_languages(never):
    texts = registries()
    texts["prepare"] = texts["prepare"].partition("never:")[0] + never + "\n"
    assert [(key, each.source) for key, each in ask_pack("no-never", texts, example())] == [("prepare.yaml", never)]


# --- ours


@pytest.mark.parametrize("id_", AREAS["safety"])
def test_our_flows_and_steps_are_safe(id_):
    if rule(id_, "").check is not None:
        assert [each for text in shipped() for each in ask(id_, text)] == []
    if rule(id_, "").check_pack is not None:
        assert ask_pack(id_, registries(), *shipped()) == []
