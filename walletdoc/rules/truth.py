"""A truth that names no question of the flow, or an answer that the question does not take.

A cause's truth says how a user with this cause answers: by the id of a question, or `fact.` and a fact. What the question
does not take can never be answered, so the proof would be about nobody.

Bad:
    causes:
      stuck: {truth: {waitd: 3}}

Good:
    causes:
      stuck: {truth: {waited: 3}}
"""

from walletdoc.diagnostic import Severity

ZH = """
truth 里写的不是流程里的问题，或者那一题没有这个回答。

truth 写的是有这个原因的用户怎么回答：键是问题的编号，或者“fact.”加事实的编号。那一题不接受的回答永远不会出现，证明就落了空。
"""

SEVERITY = Severity.ERROR
