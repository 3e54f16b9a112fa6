"""A wait that does not say how long, or says it in several ways; or an end with `for` that is no wait.

A length is one of minutes, hours, working-days, or a time out of `times.yaml`.

Bad:
    nodes:
      look-later: {for: ~}

Good:
    nodes:
      look-later: {for: {working-days: 1}}
"""

from walletdoc.diagnostic import Severity

ZH = """
wait 结尾没写等多久，或者写了好几种；或者别的结尾写了 for。

时间只写一种：minutes、hours、working-days，或者 times.yaml 里的 time。
"""

SEVERITY = Severity.ERROR
