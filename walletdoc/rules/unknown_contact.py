"""A contact that is neither a role nor in `contacts.yaml`: in the `to` of an end, or in an option of a fact.

The roles are wallet, bank, merchant, carrier, police and regulator. A contact that is not in the registry has no source
that vouches for it, so nobody is sent there.

Bad:
    nodes:
      call-wallet: {to: [alipay-vip]}

Good:
    nodes:
      call-wallet: {to: [wallet]}
"""

from walletdoc.diagnostic import Severity

ZH = """
联系对象既不是角色，也不在 contacts.yaml 里：在结尾的 to 里，或者在事实的选项里。

角色有 wallet、bank、merchant、carrier、police、regulator。名单上没有的联系方式没有来源可查，不能把用户指过去。
"""

SEVERITY = Severity.ERROR
