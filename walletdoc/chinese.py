"""What a Chinese text says, as features to compare it by: single characters, pairs, and the notions that stand in it.

A notion is one thing that is said in many ways: 没到, 还没来, 迟迟不见 are all `absent`. Two notions in one text make a
feature too, wherever they stand. There is no segmenter: pairs of characters find more than words do.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from walletdoc.pinyin import sounds
from walletdoc.traditional import simplified

ONE, PAIR, NOTION, BOTH, BRAND, SOUND, SOUNDS = 0.5, 1.0, 1.2, 0.7, 0.5, 0.3, 1.0
"""What a feature of each kind counts."""

# What is said otherwise elsewhere, or miswritten so often that it is no longer noticed.
# Longer ones first: 呃 alone is a sigh, 过数 is part of 超过数额.
_PLAIN = {
    "俾人": "被", "畀人": "被", "被呃": "被骗", "呃咗": "骗了", "呃左": "骗了", "呃晒": "骗了", "呃钱": "骗钱",
    "呃我钱": "骗我钱", "过咗数": "转账", "过左数": "转账", "过数俾": "转账给", "过数畀": "转账给", "入数俾": "转账给",
    "佢话": "他说", "方话未": "方说未", "方话冇": "方说没", "增值咗": "充值了", "通增值": "通充值", "提领": "提现",
    "储值": "充值", "冲值": "充值", "冲话费": "充话费", "冲钱": "充钱", "冲错": "充错", "刷退": "退款", "简讯": "短信",
    "个资": "个人信息", "提款卡": "银行卡", "金融卡": "银行卡", "停权": "冻结", "客诉": "投诉", "叫人顺": "被偷",
    "顺走": "偷走", "让人偷": "被偷", "遭": "被", "忽悠": "骗", "无端端": "莫名", "张单": "订单", "而家": "现在",
    "几时": "什么时候", "边度": "哪里", "边个": "谁", "睇": "看", "人覆": "人回", "覆我": "回我", "绑不起": "绑不上",
    "登不起": "登不上", "转不起": "转不了", "卡头": "卡里", "给整": "给弄", "整不": "弄不", "帐": "账", "登陆": "登录",
    "没有": "没", "木有": "没", "米有": "没", "莫得": "没", "冇": "没", "冒得": "没", "咋个": "怎么", "咋": "怎么",
    "啷个": "怎么", "点解": "为什么", "点样": "怎么", "点算": "怎么办", "啥子": "什么", "啥": "什么", "乜嘢": "什么",
    "嘢": "东西", "唔": "不", "系咪": "是不是", "嘅": "的", "咗": "了", "喺": "在", "佢": "他", "哋": "们", "畀": "给",
    "俾": "给", "搵": "找", "侬": "你", "俺": "我", "晓得": "知道", "搞不": "弄不", "毛爷爷": "钱", "银子": "钱",
    "验证吗": "验证码", "手机好": "手机号", "扣宽": "扣款", "退宽": "退款", "付宽": "付款", "赚账": "转账",
    "支付保": "支付宝", "卡号码": "卡号",
}  # fmt: skip
_BRANDS = (
    "支付宝", "微信支付", "微信", "财付通", "余额宝", "花呗", "借呗", "云闪付", "京东", "淘宝", "天猫", "拼多多",
    "美团", "闲鱼", "抖音", "滴滴", "饿了么", "苹果", "工行", "建行", "农行", "招行", "中行", "工商银行", "建设银行",
    "农业银行", "招商银行", "中国银行", "邮政", "信用社", "银联",
)  # fmt: skip
# Said to ask at all, to be polite, to hesitate or to swear; longer ones first where one begins another.
_EMPTY = (
    "怎么回事", "是怎么回", "什么情况", "什么原因", "怎么办", "怎么处理", "怎么解决", "怎么弄", "怎么搞", "是什么意思",
    "请问一下", "请问", "您好", "你好", "麻烦", "谢谢", "拜托", "求助", "求救", "救命", "在线等", "急急急", "急死人",
    "急死我", "急死", "挺急的", "很急", "急用", "在吗", "亲们", "各位", "大佬", "大神", "有没有人", "有人知道",
    "谁知道", "一下", "我想问", "想问", "我要问", "咨询", "他妈的", "妈的", "他妈", "特么", "尼玛", "你妈", "卧槽",
    "我操你", "瓜娃子", "老子", "龟儿子", "哎呀妈呀", "老铁", "硬是",
    "我靠", "操蛋", "傻逼", "傻比", "煞笔", "狗日的", "狗东西", "王八蛋", "垃圾", "什么破", "什么鬼",
    "破玩意", "破软件", "坑爹", "坑人", "气死我", "气死", "烦死", "无语", "真的是", "到底", "究竟", "老是", "总是",
    "一直", "又", "啊", "呀", "吧", "呢", "嘛", "哦", "哈", "嗯", "唉", "哎", "诶", "喂", "哇", "啦", "咯", "噢",
    "滴", "吗",
)  # fmt: skip
_NOTIONS = {
    "pay": "付款 支付 付钱 付账 付费 付了 付不 付给 买单 结账 扫码 扫一扫 扫不 刷卡 刷不 消费 收银 付完 没付 交钱 "
    "缴费 下单",
    "fail": "失败 失拜 不了 不成 不上 不出 不能 无法 没法 不行 不通 不让 报错 出错 不过 异常 拒绝 被拒 不支持 "
    "没反应 打不开 转圈 卡住 进不 不进 用不 不动 提示 弹出 显示错 不可以 不给 不好使 不管用 没成",
    "charged": "扣款 扣钱 扣了 扣费 被扣 扣走 扣掉 划走 划扣 乱扣 扣我 少了 不翼而飞 没了",
    "absent": "没到 未到 不到账 没收到 未收到 收不到钱 没来 迟迟 没显示 没看到 看不到 查不到 没进 没动静 不显示 "
    "没变 没增加 没更新 没入账 没拿到 到不了 等不到 没见",
    "when": "多久 几天 什么时候 何时 多长时间 几号 几点 要等",
    "refund": "退款 退钱 退货 退回 返还 退还 退给 能退 想退 要退 没退 退不 退一 不退 退票",
    "send": "转账 转钱 汇款 打款 打钱 转给 转过去 转出去 汇钱 转了 转不 转到 汇不 转一 转去 转走",
    "astray": "转错 打错 汇错 发错 输错账 错账号 错人 错了人 填错 转给陌生",
    "recall": "撤回 撤销 追回 要回 退得回 拿回 找回来 取消转",
    "withdraw": "提现 取现 提钱 取钱 取款 转出 提到 提款 提不 取不 出金",
    "load": "充值 充钱 充了 充进 充不 转入 存钱 存入 存进 存了 充话费 充错",
    "card": "银行卡 信用卡 储蓄卡 借记卡 卡号 这张卡 新卡 旧卡 我的卡 卡里 张卡",
    "bind": "绑定 绑卡 添加 加卡 关联 绑不 绑了 绑上 加不",
    "unbind": "解绑 解除绑 移除 删掉 去掉 取消绑 删除银行 删不 解除关联",
    "password": "密码 口令 密吗",
    "forget": "忘 想不起 记不 不记得 找回",
    "alter": "修改 更改 重置 重设 更换 换成 换个 换掉 改一 改成",
    "enter": "登录 登不 登入 进不去 登上 登号 上不去 掉线 闪退",
    "code": "验证码 校验码 短信 动态码",
    "number": "手机号 电话号码 号码 换号 旧号 新号 停机",
    "lost": "丢了 丢失 弄丢 遗失 掉了 找不到手机 落在 被偷 被抢 不见了 丢 挂失",
    "phone": "手机 电话卡 手机卡 平板",
    "theft": "盗 被偷 被刷 黑客 异地 别人登 有人登 不是我操作 不是本人 没操作",
    "scam": "骗 上当 杀猪盘 假冒 冒充 刷单",
    "contact": "客服 人工 热线 真人 服务电话",
    "unheard": "不理 没人 排队 打不通 不回 敷衍 踢皮球 机器人 占线 没回复 没处理 不处理 态度 推来推去",
    "seller": "商家 卖家 店家 店铺 老板 商户 平台",
    "shopkeeper": "我是商家 我店 我的店 我们店 店里 顾客 客人 小店 收款码 收钱码 商户号 结算 收款",
    "order": "订单 下单 出单 出票 订票 订座",
    "twice": "两次 两笔 两遍 重复 双倍 多付 多扣 两份 两回 二次 付重 两单 三次 两下 双份 扣双",
    "strange": "不明 不认识 莫名 没买 不知道 没开通 不是我 陌生 没用过 没消费 看不懂 什么钱 没同意 无缘无故 "
    "平白无故 偷偷 私自 擅自",
    "automatic": "自动 续费 代扣 免密 会员 订阅 连续包月",
    "repay": "还款 还清 还完 待还 还掉 还进",
    "fee": "手续费 服务费 费率 收费 费用 收多少 要钱吗 免费 收取 利息",
    "limit": "限额 额度 上限 超限 最多 限制金额 超出 封顶",
    "identity": "实名 认证 身份证 人脸 刷脸 护照 证件 身份信息 生僻字",
    "locked": "锁 冻结 被冻 冻了 封控 只收不付 只进不出 被封 封号 受限 解冻 解封 风控 停用 被限制 限制使用 限制交易",
    "records": "账单 记录 明细 流水 对账",
    "balance": "余额 零钱",
    "private": "隐私 个人信息 泄露 授权 注销 看到我 搜到我",
    "safe": "安全 保护 防止 防盗 防骗 保险",
    "goods": "货 商品 东西 快递 假 质量 描述不符 坏的",
    "complain": "投诉 举报 维权 纠纷 申诉 仲裁 起诉",
    "why": "为什么 凭什么 为何",
    "how": "怎么 如何 怎样 在哪 哪里",
}
_FORM = frozenset("的了我你他她们不没怎么是有在就都还被把给要这那个和跟也很太得着过去来说为什")
"""Characters that name nothing alone."""
_VARIANTS = tuple((each, notion) for notion, words in _NOTIONS.items() for each in words.split())


def plain(text: str) -> str:
    """Return a text with simplified characters, usual words for those of dialects, and nothing empty in it."""
    text = simplified(text)
    for said, meant in _PLAIN.items():
        text = text.replace(said, meant)
    for each in _EMPTY:
        text = text.replace(each, "")
    return text


def written(runs: Sequence[str]) -> Iterator[tuple[str, float, str]]:
    """Yield the features of runs of plain characters: what it is, what it counts, and the words that it stands for."""
    yield from ((f"@{brand}", BRAND, "") for brand in _BRANDS if any(brand in run for run in runs))
    kept = list(_unbranded(runs))
    whole = " ".join(kept)
    found = {notion: each for each, notion in _VARIANTS if each in whole}
    told = _FORM.union(*found.values())
    for run in kept:
        yield from ((char, ONE, "") for char in run)
        for first, second in pairwise(run):
            yield first + second, PAIR, "" if first in told or second in told else first + second
    yield from ((f"/{notion}", NOTION, word) for notion, word in found.items())
    yield from ((f"/{one}/{other}", BOTH, "") for one, other in combinations(sorted(found), 2))


def _unbranded(runs: Iterable[str]) -> Iterator[str]:
    """Yield runs without names of wallets and shops, which say little about what is wrong, and part what does."""
    for run in runs:
        for brand in _BRANDS:
            run = run.replace(brand, " ")  # noqa: PLW2901 - one after another
        yield from run.split()


def sounded(runs: Iterable[str]) -> Iterator[tuple[str, float, str]]:
    """Yield the features of runs of plain characters by how they sound."""
    for run in _unbranded(runs):
        yield from syllabic(tuple(sounds(run)))


def syllabic(syllables: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
    """Yield the features of syllables: each, and each pair."""
    yield from ((f"~{each}", SOUND, "") for each in syllables)
    yield from ((f"~{one} {other}", SOUNDS, one + other) for one, other in pairwise(syllables))
