"""Something to have ready that `prepare.yaml` does not have.

Bad:
    nodes:
      call-wallet: {prepare: [time, amont]}

Good:
    nodes:
      call-wallet: {prepare: [time, amount]}
"""

from walletdoc.diagnostic import Severity

ZH = """
要准备的东西，prepare.yaml 里没有。
"""

SEVERITY = Severity.ERROR
