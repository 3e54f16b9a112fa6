"""The script face: answers given beforehand, on the shipped flows."""

import re
from io import StringIO

import pytest

from tests.faces.talk import THEIRS, at, run, script
from tests.packs import library
from walletdoc.answers import parse
from walletdoc.face import Done, EndOfInput
from walletdoc.faces.script import ScriptFace
from walletdoc.failure import Failure

PENDING = ("fact.money-taken=yes", "hold-off=done", "fact.wallet=alipay", "urged=no", "bill=pending")
TOP_UP = ("fact.money-taken=no", "fact.wallet=alipay", "message=balance", "top-up=fixed")


def test_the_way_and_the_end_are_printed() -> None:
    assert script(*TOP_UP).splitlines()[:7] == [
        "Was the money for this payment taken? → No, it was not taken",
        "Which wallet are you using? → Alipay",
        "What does the payment page say? → Not enough balance",
        "Top up, or pick another source with enough money, then pay once more. → It worked, solved",
        "",
        "Solved",
        "Paid. Look at the bill to see that it was taken only once.",
    ]


def test_in_any_order_with_comments() -> None:
    assert script("# from a ticket", "", *reversed(TOP_UP)) == script(*TOP_UP)


def test_in_chinese_with_the_contact() -> None:
    said = script("money-taken=no", "message=risk", "urged=no", "wallet=alipay", lang="zh")
    assert "你用的是哪种钱包？ → 支付宝" in said
    assert "- 电话：95188" in said
    assert said.index("先准备好") < said.index("不管谁要")


def test_a_number() -> None:
    said = script(
        "fact.money-taken=yes", "hold-off=done", "urged=no", "bill=pending", "pending-days=3", "fact.wallet=wechat"
    )
    assert "processing? → 3" in said
    assert "95017" in said


def test_nodes_of_steps_by_their_step() -> None:
    said = script(
        "fact.money-taken=no",
        "fact.wallet=alipay",
        "message=busy",
        "check-network/switch-network=not-fixed",
        "clear-cache/clear=not-fixed",
        "update-app/update=not-fixed",
        "log-in-again/log-out=fixed",
    )
    assert "Solved" in said


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((), "no answer was given for 'fact.money-taken'; it takes yes, no, unsure"),
        (
            ("fact.money-taken=no", "fact.wallet=alipay"),
            "no answer was given for 'message'; it takes balance, limit, source, ",
        ),
        (
            PENDING,
            "no answer was given for 'pending-days'; it takes 0–400, unsure",
        ),
    ],
)
def test_a_question_without_a_line_ends_the_input(lines, says) -> None:
    with pytest.raises(EndOfInput, match=f"^{re.escape(says)}"):
        script(*lines)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((*TOP_UP, "colour=red", "limits=normal"), "never asked for: colour=red, limits=normal$"),
        ((*TOP_UP, "0.pay-failed/message=limit", "message=x"), "line 6 gives 'message' again; line 3 did"),
        (("fact.money-taken=maybe",), "'money' does not take 'maybe'; it takes yes, no, unsure"),
        ((*PENDING, "pending-days=401"), "takes 0–400"),
        ((*PENDING, "pending-days=０３"), "takes 0–400"),
        (("fact.money-taken=no", "fact.wallet=alipay", "message=\x1b[2J"), "does not take '<U\\+001B>"),
    ],
)
def test_a_wrong_answer_is_a_failure(lines, says) -> None:
    with pytest.raises(Failure, match=says) as caught:
        script(*lines)
    assert caught.value.code == 2


def test_an_exact_line_beside_a_bare_one_is_never_asked() -> None:
    with pytest.raises(Failure, match=r"never asked for: message=limit$"):
        script(*TOP_UP[:2], "message=limit", "pay-failed/message=balance", "top-up=fixed")


# Two flows ask `cut-off`, one switches to the other.
TRICKED = (
    *TOP_UP[:2],
    "message=limit",
    "fact.urged=yes",
    "stop-first=cannot",
    "fact.given=money",
    "stop=cannot",
)


def test_a_bare_name_in_two_flows_is_ambiguous() -> None:
    with pytest.raises(
        Failure, match="'cut-off' is asked in two places: say 'verify-contact/cut-off' or 'scammed/cut-off'"
    ):
        script(*TRICKED, "cut-off=done")


def test_each_flow_has_its_own_line() -> None:
    with pytest.raises(EndOfInput, match="'police'"):
        script(*TRICKED, "verify-contact/cut-off=done", "scammed/cut-off=done")


def test_a_strangers_flow_is_named_as_unverified_at_the_start_and_at_the_end(tmp_path) -> None:
    said = script("first=b", flow="theirs", library=library(tmp_path, theirs=THEIRS)).splitlines()
    assert said[0].startswith("Unverified")
    assert said[1] == "one → B"
    assert said[-4:] == ["Over, it is", "", "What it may be", "- One"]
    assert sum(line.startswith("Unverified") for line in said) == 2


def test_what_people_alone_are_asked_is_left_out() -> None:
    sink = StringIO()
    face = ScriptFace("en", parse([]), sink)
    assert face.choose("which", ()) is None
    assert face.fill(at().choices[0]) is None
    assert isinstance(face.end(at("unsure")), Done)
    face.tell("kept\x1b[2J")
    assert sink.getvalue().endswith("\nkept<U+001B>[2J\n")


def test_a_preset_that_is_also_given_counts_as_never_asked() -> None:
    face = ScriptFace("en", parse(["fact.money-taken=no", "message=risk", "urged=no", "wallet=alipay"]), StringIO())
    with pytest.raises(Failure, match="never asked for: wallet=alipay"):
        run(face, presets={"wallet": "wechat"})
