"""A question in a step.

Steps are called from many flows, and each flow's proof must know how its users answer there. So a step asks nothing but
facts, which every flow knows.

Bad:
    step: log-in-again
    start: sure
    nodes:
      sure:
        ask: {zh: "记得密码吗？", en: "Do you know your password?"}
        options:
          yes: {say: {zh: "记得", en: "Yes"}, go: log-out}
          no: {say: {zh: "不记得", en: "No"}, go: still-broken}

Good:
    step: log-in-again
    start: log-out
"""

from walletdoc.diagnostic import Severity

ZH = """
步骤里有提问。

步骤被许多流程调用，每个流程的证明都得知道自己的用户在那里怎么回答。所以步骤里只问事实，事实是所有流程都知道的。
"""

SEVERITY = Severity.ERROR
