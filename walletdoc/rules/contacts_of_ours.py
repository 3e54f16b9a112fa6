"""Contacts in a pack that is not walletdoc's own.

An official number is the most valuable thing to forge. So there is one registry, each entry with its source and its date,
and other packs refer to it by role or id.

Bad:
    contacts: {}

Good:
    prepare: {}
    never: {zh: [], en: []}
"""

from walletdoc.diagnostic import Severity

ZH = """
不是自带的流程包，却写了联系方式。

官方电话是骗子最想伪造的东西，所以只有一份名单，每一条都有来源和日期。别的流程包按角色或编号引用它。
"""

SEVERITY = Severity.ERROR
