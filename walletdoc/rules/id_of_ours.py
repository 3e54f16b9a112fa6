"""A file or an entry of another pack that takes an id of walletdoc's own.

Whoever asks for `paid-no-order` must get the flow that was reviewed, and not one that somebody put in its place.

Bad:
    # as paid-no-order.yaml, in a pack beside ours
    flow: paid-no-order

Good:
    # as our-paid-no-order.yaml, in a pack beside ours
    flow: our-paid-no-order
"""

from walletdoc.diagnostic import Severity

ZH = """
别的流程包占用了自带的编号。

谁要看 paid-no-order，看到的都应该是审核过的那一份，而不是别人换上去的。
"""

SEVERITY = Severity.ERROR
RAW = True
