"""A `verified-on` that is no day of the calendar.

Bad:
    times:
      refund-card: {verified-on: 2026-02-30}

Good:
    times:
      refund-card: {verified-on: 2026-11-22}
"""

from walletdoc.diagnostic import Severity

ZH = """
verified-on 写的日子，日历上没有。
"""

SEVERITY = Severity.ERROR
