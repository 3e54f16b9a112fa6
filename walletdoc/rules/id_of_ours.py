"""A file or an entry of another pack that takes an id of walletdoc's own.

Whoever asks for `pay-failed` must get the flow that was reviewed, and not one that somebody put in its place.

Bad:
    # as pay-failed.yaml, in a pack beside ours
    flow: pay-failed

Good:
    # as our-pay-failed.yaml, in a pack beside ours
    flow: our-pay-failed
"""

from walletdoc.diagnostic import Severity

ZH = """
别的流程包占用了自带的编号。

谁要看 pay-failed，看到的都应该是审核过的那一份，而不是别人换上去的。
"""

SEVERITY = Severity.ERROR
RAW = True
