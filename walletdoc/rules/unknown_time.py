"""A length of time that `times.yaml` does not have.

Bad:
    nodes:
      look-later: {for: {working-days: ~, time: top-up}}

Good:
    nodes:
      look-later: {for: {working-days: ~, time: reconcile}}
"""

from walletdoc.diagnostic import Severity

ZH = """
等待的时间，times.yaml 里没有。
"""

SEVERITY = Severity.ERROR
