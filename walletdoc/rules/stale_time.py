"""A time that was last verified longer ago than it is valid for.

Banks and wallets change how long they take. Look at the source again, then set `verified-on` anew. The message names the
flows and nodes that show it.

Bad:
    times:
      refund-card: {verified-on: 2020-01-01, valid-for: 365}

Good:
    times:
      refund-card: {verified-on: 2026-11-22, valid-for: 365}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.shows import Shown, last_day, shown, where_shown
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """过了有效期还没重新核实的时间。

银行和钱包要多久，是会变的。重新看一遍出处，再更新“verified-on”。信息里写出了会显示它的流程和节点。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> tuple[Shown, ...]:
    """Return the times that a flow or step shows or waits for, with the node."""
    return tuple(each for each in shown(subject) if each[0].startswith("time."))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find times past their validity."""
    for id_, time in pack.own("times").items():
        last = last_day(time.verified_on, time.valid_for)
        if last < pack.as_of:
            places = where_shown(pack.notes, (f"time.{id_}",))
            text = Text(
                zh=f"“{id_}”只核实到 {last}；显示它的有：{places or '无'}",
                en=f"'{id_}' counts as verified only until {last}; shown by: {places or 'none'}",
            )
            yield "times.yaml", Finding(("times", id_, "verified-on"), text)
