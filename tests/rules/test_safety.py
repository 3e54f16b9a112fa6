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
    "号码是九、五、一、八、八。",
    "拨9，5，1，8，8。",
    "号码是9和5和1和8和8。",
    "打 9 / 5 / 1 / 8 / 8。",
    "打九⑤一8八。",
    "打九五，一八八。",
    "打95转188。",
    "打95 转 1 转 88。",
    "号码95188元。",
    "号码是13800138000元。",
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
    "一、二、三、四、五步。",
    "万一、一二、三四都试过。",
    "充 10/20/50/100 元。",
    "手续费 0.1%、0.6%、0.2%、1%。",
    "2026-11-22 以后，2026/12/01 以前。",
    "金额 12345.67，或者 12,345.67。",
    "用 iOS 17.4.1，或版本 10.3.20.8000。",
    "提示错误码 40004。",
    "银发〔2016〕261 号写着。",
    "人民币 50000 以内。",
    "周一 10000 元。",
)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_in_any_disguise(text):
    found = ask("number-in-text", saying(zh=text))
    assert [each.source[:4] for each in found] == ["say:"]
    assert "looks like a telephone number" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Call 95188.",
        "Call nine five one eight eight.",
        "Call 9 5 1 8 8.",
        "Dial 9-five-95l88.",
        "Call 9 five 1 eight 8.",
        "Call ninety-five, one, eighty-eight.",
        "Call nine five one double eight.",
        "Call one one zero.",
        "Call 9 and 5 and 1 and 8 and 8.",
        "Call 95 one 88.",
    ],
)
def test_a_number_in_english(text):
    assert len(ask("number-in-text", saying(en=text))) == 1


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_amounts_times_and_counts_are_no_numbers(text):
    assert ask("number-in-text", saying(zh=text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "One or two of them.",
        "Wait 24 hours.",
        "Version 8.0.50 of 2026.",
        "One, two, three.",
        "Twenty, twenty-five, thirty, thirty-five or forty minutes.",
        "Up to CNY 50,000.",
        "Error 40004 means busy.",
        "From 2026-11-22 to 2026-12-22.",
    ],
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
    "打开 abc 点 com。",
    "打开 аlipay-help.cоm。",  # Cyrillic а and о
    "打开 支付宝退款.cn。",
    "打开 退款中心.中国。",
    "打开 example·com。",
    "打开 e x a m p l e . c o m。",
    "打开 kefu.pages.dev。",
    "打开 refund.icu/x。",
    "打开 refund.example/x。",
    "加薇信 kefu8899。",
    "加 V 信：kefu8899。",
    "联系微信kefu8899。",
    "➕V kefu8899。",
    "加我微：kefu8899。",
    "加钉钉 kefu8899。",
    "搜公众号“zfb_tuikuan88”。",
    "telegram help8899。",
    "发邮件到 kefu艾特163点com。",
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
        "WeChat is blocked.",
        "QQ is another app.",
        "WeChat: close it and open it again.",
        "the WeChat ID is yours",
        "Tap Me. Top up there.",
        "Close the app. Shop again later.",
        "Tap the link. Online shops differ.",
        "微信 8.0.50 以上，手机 QQ 9.1.20 以上。",
        "微信群里的客服都是假的。",
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


# --- more ways to say it, as an author or a fraud would

TELLING_ZH = (
    "把收到的六位数字念给客服。",
    "把收到的数字告诉客服。",
    "客服要验证码的话，配合提供。",
    "配合客服提供验证码。",
    "按客服的要求提供短信验证码。",
    "按客服要求报一下验证码。",
    "把短信里的数字发过去。",
    "收到的码发给他。",
    "把付款码截图发给客服。",
    "把付款码发给商家客服核实。",
    "把付款码下面的数字报给对方。",
    "将验证码转发给客服人员。",
    "把验证码给客服。",
    "验证码要给客服看一下。",
    "向客服提供您的支付密码。",
    "和客服核对支付密码。",
    "跟客服说一下你的身份证号。",
    "报出身份证号和验证码。",
    "客服会问你验证码，照实说。",
    "把银行卡正反面拍照发给客服。",
    "把卡背面的三位数发给他们。",
    "把身份证正反面照片发给对方。",
    "提供卡号、有效期和安全码。",
    "把登录密码写在备注里。",
    "在留言里写上支付密码。",
    "把密码填进备注。",
    "告诉店员你的支付密码。",
    "把验证码告诉家人。",
    "把验证码发给卖家。",
    "把验证码发给快递员。",
    "把手机解锁密码告诉维修的人。",
    "验证码可以告诉官方客服。",
    "告诉接线员收到的验证码。",
    "把验证码报给电话里的人。",
    "向警方提供支付密码。",
    "输入验证码后回复给客服。",
    "回复验证码给客服。",
    "回复短信，写上验证码。",
    "在工单里附上验证码。",
    "如实填写客服要的验证码。",
    "把口令红包的口令发给客服。",
    "把动态密码提供给银行客服。",
)

SPEAKING_OF_ZH = (
    "验证码谁要都不给。",
    "绝不要把验证码告诉客服。",
    "客服不会要验证码。",
    "真客服从来不问验证码。",
    "问你要验证码的都是骗子。",
    "谁让你把验证码发给他，就挂断。",
    "有人让你共享屏幕，就是骗子。",
    "不要共享屏幕。",
    "别让任何人远程控制手机。",
    "自己打开应用，重新设支付密码。",
    "在应用里输入验证码。",
    "在银行应用里填身份证号后几位。",
    "改登录密码和支付密码。",
    "密码错误三次会锁。",
    "告诉客服付款时间和金额。",
    "告诉客服你没有给过别人验证码。",
    "跟客服说你收不到验证码。",
    "告诉客服验证码收不到。",
    "告诉银行密码输错被锁了。",
    "向客服说明是密码错误。",
    "告诉客服提示里写的是“密码错误”。",
    "请客服查为什么验证码发不出来。",
    "告诉客服卡号后四位。",
    "告诉客服银行卡尾号。",
    "把截图发给客服，遮住卡号。",
    "把截图发给客服，先把卡号和证件号遮住。",
    "如果已经把验证码告诉了对方，马上改密码。",
    "如果你已经把密码发给别人，现在就改。",
    "把验证码告诉过别人的，先冻结。",
    "告诉家人不要给验证码。",
    "提醒家人：验证码谁要都不给。",
    "对方说把钱转到安全账户，是骗局。",
    "“安全账户”不存在。",
    "先交钱才能解冻的，都是骗子。",
    "让你点链接的都别信。",
    "让你下载远程软件的，都是骗子。",
    "关掉屏幕共享。",
    "停止共享屏幕，断开网络。",
    "银行不会让你转账到安全账户。",
    "把付款码给收银员扫。",
    "出示付款码。",
    "打开付款码让商家扫。",
    "不要把付款码截图发给任何人。",
    "付款码下面的数字不要念给别人。",
    "到柜台带身份证和银行卡。",
    "带上身份证去网点。",
    "准备好卡号后四位。",
    "把手机号换成新的，验证码就发到新手机。",
    "验证码发到旧手机上了。",
    "看验证码是不是发给了旧号码。",
    "短信验证码由银行发给你。",
    "问银行留的手机号是不是旧的，验证码发给谁。",
    "报警时说清楚给过对方什么验证码。",
    "告诉警察你给过哪些密码。",
    "银行让你改密码，就在柜台改。",
    "告诉客服你忘了支付密码。",
    "告诉客服密码忘了。",
)

TELLING_EN = (
    "Read out the six digits you received to the agent.",
    "Tell support the code you got.",
    "Give the agent the digits from the text message.",
    "Tell the agent what the text message says.",
    "Provide the code when support asks.",
    "If support asks for the code, give it.",
    "Send a photo of both sides of your card.",
    "Send a screenshot of your payment code to the seller.",
    "Confirm your password with the agent.",
    "Confirm your PIN to the bank.",
    "Say your password to the operator.",
    "Reply with the code.",
    "Reply to the text with your PIN.",
    "Forward the code to the seller.",
    "Write your password in the note.",
    "Give your password to the shop assistant.",
    "Give your friend the code.",
    "Send the one-time code to the courier.",
    "Tell the police your payment password.",
    "Quote your card number and CVV to the agent.",
    "Dictate the code to them.",
    "Message your code to us.",
    "Mention the code in the chat.",
    "Type the code into the chat.",
    "Post the code to the chat.",
    "Paste the code into the chat with support.",
)

SPEAKING_OF_EN = (
    "Never tell anyone the code.",
    "No support asks for a code.",
    "Anyone who asks for the code is a fraud.",
    "If someone asks you to share your screen, hang up.",
    "Stop sharing your screen.",
    "Don't share your screen.",
    "Set a new payment password in the app.",
    "Enter the code in the app.",
    "Tell support the time and the amount.",
    "Tell support that no code arrives.",
    "Tell support that the code never came.",
    "Tell support your code does not arrive.",
    "Tell support you forgot your password.",
    "Tell the bank that you told someone the code.",
    "Tell the bank what you gave away: a code, a password.",
    "Tell the bank which code or password they know.",
    "Say that the password was refused.",
    "Tell support the last four digits of your card number.",
    "Send a screenshot with the card number covered.",
    "If you told them the code, freeze the wallet.",
    "Tell your family never to give a code away.",
    'A "safe account" does not exist.',
    "Whoever asks for a fee first is a fraud.",
    "They told you to send money to a safe account.",
    "Show your payment code to the cashier.",
    "Never send a picture of your payment code.",
    "Take your ID and the card to the branch.",
    "The code was sent to the old number.",
    "The bank sends the code to your phone.",
    "Ask the bank to which number it sends the code.",
    "Change the password that you told them.",
    "Ask support why no code comes.",
    "Give support the transaction number.",
    "Tell the agent the order number.",
    "Tell support the message: wrong password.",
    "Forward the text message about the payment to nobody.",
    "Report the number that sent you the code.",
    "Give the card back, and change the PIN.",
)

WANTING_ZH = (
    "请告诉我们你的支付密码？",
    "请把验证码写在这里。",
    "你收到的六位数字是什么？",
    "短信里的数字是多少？",
    "验证码多少？",
    "您的密码设的是什么？",
    "CVV 是？",
    "有效期和背面三位数是？",
    "付款码的数字是多少？",
    "请填身份证号码后报给我们。",
    "请上传身份证正反面。",
    "手机解锁密码是什么？",
    "身份证号？",
    "请验证身份：输入身份证号。",
    "你的银行卡号",
    "验证码填一下",
)

WONDERING_ZH = (
    "你输入密码时提示什么？",
    "输入验证码后提示什么？",
    "输入密码后页面怎么样？",
    "输验证码的时候出什么提示？",
    "填写身份证号时提示什么？",
    "验证码提示什么？",
    "密码提示是什么意思？",
    "身份证号登记的是谁的？",
    "验证码是哪一天收不到的？",
    "密码是什么时候改的？",
    "密码是什么时候忘的？",
    "验证码是发到哪个手机？",
    "卡号前后有没有空格？",
    "密码是不是刚改过？",
    "验证码是不是填错了？",
    "能不能收到验证码？",
    "改密码后能登录吗？",
    "输错几次密码？",
    "密码错了几次？",
    "有没有告诉过别人密码？",
    "客服问你要验证码了吗？",
    "你要不要改密码？",
    "你告诉过谁验证码？",
    "告诉过别人验证码吗？",
    "你把验证码告诉谁了？",
    "你给过对方什么：密码、验证码，还是卡号？",
    "填的卡号和卡面上的一样吗？",
    "输入的密码是哪一种？",
    "是哪一种密码？",
    "哪个密码不对？",
    "提示里说的是什么密码？",
    "有没有人让你念验证码？",
    "要输入密码吗？",
    "点付款后要不要输入密码？",
    "输完密码卡住了吗？",
    "页面让你输入密码还是指纹？",
    "输入验证码，页面通过了吗？",
)

WANTING_EN = (
    "Which six digits did you get?",
    "What digits are in the text message?",
    "Which code did you get?",
    "Which password do you use?",
    "Your ID number?",
    "Can you share the code?",
    "Could you confirm your PIN?",
    "Please confirm your card number.",
    "Enter all 16 digits of your card.",
    "What are the three digits on the back of the card?",
    "What was the CVV again?",
    "Upload a photo of your ID card.",
    "Type the code here.",
)

WONDERING_EN = (
    "What happens when you enter the password?",
    "What happens after you enter the code?",
    "What does the page say when you enter the verification code?",
    "What does the page say after you type your password?",
    "What message comes with the password?",
    "What is shown after the verification code?",
    "When did you change the password?",
    "Where was the verification code sent?",
    "What kind of password is it?",
    "What kind of code does it want: a password, a verification code?",
    "What is wrong with the password?",
    "Which password is refused: for logging in or paying?",
    "Can you enter the password at all?",
    "Did you enter the right password?",
    "Did you enter the verification code in time?",
    "Does the page ask you to enter a password?",
    "Were you asked to give a password?",
    "What did you tell them: a password, a verification code?",
    "What did you give away? Passwords, card number, ID number?",
    "Do you remember the password?",
    "Did they ask for the card number?",
    "Have you shared a password?",
    "What is the problem with the verification code?",
    "What happens with the SMS code?",
    "Is your ID number registered?",
    "Your password was refused: how often?",
    "Your PIN or password is locked?",
)


@pytest.mark.parametrize("text", TELLING_ZH + TELLING_EN)
def test_a_text_that_sends_a_secret_in_other_words(text):
    assert len(ask("asks-for-secret", saying(en=text) if text.isascii() else saying(text))) == 1


@pytest.mark.parametrize("text", SPEAKING_OF_ZH + SPEAKING_OF_EN)
def test_a_text_that_only_speaks_of_a_secret(text):
    assert ask("asks-for-secret", saying(en=text.replace('"', "'")) if text.isascii() else saying(text)) == []


def asking(text):
    zh, en = ("好吗？", text) if text.isascii() else (text, "Ok?")
    return example((ASK, f'ask: {{zh: "{zh}", en: "{en}"}}'))


@pytest.mark.parametrize("text", WANTING_ZH + WANTING_EN)
def test_a_question_for_a_secret_in_other_words(text):
    assert len(ask("asks-for-secret", asking(text))) == 1


@pytest.mark.parametrize("text", WONDERING_ZH + WONDERING_EN)
def test_a_question_what_became_of_a_secret(text):
    assert ask("asks-for-secret", asking(text)) == []


def test_secrets_in_registries():
    swap = ('label: {zh: "金额", en: "The amount"}', 'label: {zh: "支付密码", en: "The amount"}')
    assert len(ask_registry("asks-for-secret", "prepare", swap)) == 1
    swap = ('ask: {zh: "是哪家银行的卡？"', 'ask: {zh: "卡号是多少？"')
    assert len(ask_registry("asks-for-secret", "facts", swap)) == 1
    assert ask_registry("asks-for-secret", "prepare") == []


# --- what frauds have people do

AS_FRAUDS_DO = (
    "打开屏幕共享，让客服帮你看。",
    "开启屏幕共享给客服。",
    "跟客服共享一下屏幕。",
    "让客服远程操作你的手机。",
    "下载客服发来的远程协助软件。",
    "安装向日葵，让客服远程控制。",
    "点客服发来的链接。",
    "点开客服给你发的链接填资料。",
    "打开短信里的链接。",
    "扫对方发来的二维码。",
    "先转一笔钱到安全账户。",
    "把钱转到安全账户。",
    "把余额都转入银行的安全账户。",
    "先付一笔解冻费。",
    "先交保证金再解冻。",
    "同意远程协助。",
    "别担心，打开屏幕共享就好。",
    "Share your screen with support.",
    "Let the agent control your phone.",
    "Install AnyDesk so that support can help.",
    "Move your money to a safe account.",
    "Transfer your money to the safe account first.",
    "Pay an unlocking fee first.",
    "Pay a deposit to unfreeze the account.",
    "Click the link that support sent you.",
    "Tap the link in the text message.",
    "Allow remote access.",
)
WARNING_OF_IT = (
    "不要打开屏幕共享。",
    "关掉屏幕共享。",
    "停止共享屏幕，断开网络。",
    "对方让你打开屏幕共享，就是骗子。",
    "打开过屏幕共享的，先关掉。",
    "如果开着屏幕共享，马上退出。",
    "谁让你把钱转到安全账户，都是骗子。",
    "把钱转到安全账户是骗局。",
    "没有什么安全账户。",
    "先交解冻费才能提现的都是骗局。",
    "要你点链接的不要点。",
    "不点对方发来的链接。",
    "打开二维码让商家扫。",
    "打开付款码，让商家扫二维码。",
    "扫商家的二维码付款。",
    "卸载对方让你装的远程软件。",
    "在应用里操作，不靠远程。",
    "打开手机设置，找到远程控制，关掉。",
    "Never share your screen.",
    "Stop sharing your screen.",
    "If someone asks you to share your screen, hang up.",
    "Whoever has you move money to a safe account is a fraud.",
    "Don't open the link in the text message.",
    "Open the code and let the shop scan it.",
    "Scan the code of the shop.",
    "Pay the fee shown on the page.",
    "They told you to install AnyDesk: remove it.",
    "Close the link that they sent you.",
    "Turn off remote control.",
)


@pytest.mark.parametrize("text", AS_FRAUDS_DO)
def test_a_text_that_advises_what_frauds_do(text):
    found = ask("fraud-advice", saying(en=text) if text.isascii() else saying(text))
    assert [each.source[:4] for each in found] == ["say:"]


@pytest.mark.parametrize("text", WARNING_OF_IT)
def test_a_text_that_warns_of_what_frauds_do(text):
    assert ask("fraud-advice", saying(en=text) if text.isascii() else saying(text)) == []


def test_what_was_done_may_be_asked_and_answered():
    text = example((ASK, 'ask: {zh: "你按对方说的，打开屏幕共享了吗？", en: "Did you share the screen?"}'))
    text = text.replace('{zh: "充值成功", en: "Done"}', '{zh: "把钱转到安全账户", en: "Move money to a safe account"}')
    assert ask("fraud-advice", text) == []


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


# --- paying again in words

PAYING_AGAIN = (
    "关掉应用再打开，然后再充一次。",
    "重新付款试试。",
    "再付一次，看看行不行。",
    "换张卡再支付一次。",
    "再次付款一次。",
    "重新充值。",
    "重新扫码付款。",
    "再转一笔。",
    "请再试一次付款。",
    "Pay again.",
    "Try the payment again.",
    "Repeat the payment.",
    "Close the app and pay once more.",
    "Top up again with another card.",
)
NOT_PAYING_AGAIN = (
    "不要再付一次。",
    "先别再充一次。",
    "查清之前不要重新付款。",
    "看账单，没有扣钱才再付一次。",
    "确认这一笔还没扣过钱，再付一次。",
    "如果再付一次，可能付两遍。",
    "再看一次余额。",
    "重新看一次账单。",
    "重新打开支付宝。",
    "重新设支付密码。",
    "重新登录后看余额。",
    "再付的话会扣两遍。",
    "Don't pay again.",
    "Look before you pay again.",
    "If you pay again, you may pay twice.",
    "Never repeat the payment.",
    "Look that nothing was taken, then pay once more.",
    "Wait rather than pay again.",
    "Open it again.",
)
REOPEN = 'try: {zh: "关掉应用再打开，重新看一次余额。", en: "Close the app, open it again, and look at the balance once more."}'


def reopening(text):
    zh, en = ("好。", text) if text.isascii() else (text, "Ok.")
    return example((REOPEN, f'try: {{zh: "{zh}", en: "{en}"}}'))


@pytest.mark.parametrize("text", PAYING_AGAIN)
def test_a_text_that_says_to_pay_again(text):
    (found,) = ask("unmarked-retry", reopening(text))
    assert found.message.endswith(
        "says to pay again though the money may be taken: fact.wallet=alipay fact.money-taken=yes record=done"
    )


@pytest.mark.parametrize("text", NOT_PAYING_AGAIN)
def test_a_text_that_does_not_say_to_pay_again(text):
    assert ask("unmarked-retry", reopening(text)) == []


def test_a_try_that_pays_again_is_to_be_marked_and_an_end_after_no_is_not():
    text = example(
        ("    retries-payment: true\n", ""),
        ("    not-fixed: call-wallet\n    taken: record", "    not-fixed: call-wallet"),
    )
    assert {each.message for each in ask("unmarked-retry", text)} == {
        "'重新充值' says to pay again; write 'retries-payment: true' and 'taken' here",
        "'then top up once more' says to pay again; write 'retries-payment: true' and 'taken' here",
    }
    assert ask("unmarked-retry", example()) == []
    end = "  money: {fact: money-taken, to: {yes: record, no: anew, unsure: call-wallet}}\n"
    end += '\n  anew: {end: info, say: {zh: "重新充值。", en: "Top up again."}}'
    assert ask("unmarked-retry", example((MONEY, end))) == []
    assert len(ask("unmarked-retry", example((MONEY, end.replace("unsure: call-wallet", "unsure: anew"))))) == 2


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
