"""Whole conversations as processes: exit codes, what is kept when one is killed, and how another goes on from there."""

import json
import random
import signal
import subprocess
import sys
import time
from datetime import date

import pytest

from tests import packs
from tests.process import Walletdoc
from walletdoc.packfiles import home

TOP_UP = ("fact.money-taken=no", "fact.wallet=alipay", "message=balance", "top-up=fixed")
BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture
def walletdoc(tmp_path) -> Walletdoc:
    return Walletdoc(tmp_path / "state")


def given(*answers: str) -> list[str]:
    return [word for answer in answers for word in ("--answer", answer)]


def saved_answers(walletdoc: Walletdoc) -> list[list[str]]:
    """Return the answers of the session touched last."""
    return json.loads(walletdoc("case", "--format", "json").stdout)["session"]["answers"]


# --- scripted


@BOTH
def test_answers_in_any_order_lead_to_the_end(walletdoc, lang):
    out = walletdoc("run", "pay-failed", "--lang", lang, *given(*reversed(TOP_UP))).stdout
    assert ("解决了" if lang == "zh" else "Solved") in out


def test_answers_from_a_file_and_from_standard_input(walletdoc, tmp_path):
    lines = "# how it went\n\n" + "\n".join(TOP_UP) + "\n"
    file = tmp_path / "answers"
    file.write_text(lines, encoding="utf-8")
    from_file = walletdoc("run", "pay-failed", "--answers", str(file)).stdout
    assert from_file == walletdoc("run", "pay-failed", "--answers", "-", stdin=lines).stdout


def test_a_script_runs_alike_whatever_the_user_has_set(walletdoc):
    walletdoc("config", "wallet", "wechat")
    answers = ("fact.money-taken=no", "message=risk", "fact.urged=no", "fact.wallet=alipay")
    assert "95188" in walletdoc("run", "pay-failed", *given(*answers)).stdout


CODES = [
    ("an answer that is invalid", ["pay-failed", *given("fact.money-taken=perhaps")], 2, "perhaps"),
    ("an answer that is never asked", ["pay-failed", *given(*TOP_UP, "limits=over")], 2, "limits"),
    ("answers that end early", ["pay-failed", *given(*TOP_UP[:2])], 66, "message"),
    ("no answers on standard input", ["pay-failed", "--answers", "-"], 66, "money-taken"),
    ("a line that is no answer", ["pay-failed", *given("hello")], 2, "hello"),
    ("an unknown flow", ["pay-faild"], 2, "did you mean 'pay-failed'"),
    ("an unknown face", ["pay-failed", "--face", "braille"], 2, "braille"),
    ("a file that is not there", ["./none.yaml"], 2, "none.yaml"),
    ("a file of answers that is not there", ["pay-failed", "--answers", "none"], 2, "none"),
]


@pytest.mark.parametrize(("args", "code", "said"), [case[1:] for case in CODES], ids=[case[0] for case in CODES])
def test_exit_codes(walletdoc, args, code, said):
    done = walletdoc("run", *args, code=code)
    assert said in done.stderr
    assert done.stderr.startswith("walletdoc: ") or code == 66


@BOTH
def test_a_bad_flow_is_told_with_line_and_caret(walletdoc, tmp_path, lang):
    file = tmp_path / "bad.yaml"
    text = packs.flow("bad", f"first: {{ask: {packs.say('好')}, options: {{}}, ususal: x}}\nlast: {{end: nowhere}}\n")
    file.write_text(text, encoding="utf-8")
    done = walletdoc("run", str(file), "--lang", lang, code=65)
    first, source, caret, *_ = done.stderr.splitlines()
    assert first.startswith(f"{file}:9:")
    assert first.endswith("[schema]")
    assert "first: {ask" in source
    assert set(caret.strip()) == {"^"}
    assert "nowhere" in done.stderr
    assert done.stdout == ""


# --- JSON Lines


def test_a_conversation_in_json_lines(walletdoc):
    with walletdoc.start("run", "pay-failed", "--json") as talk:
        assert talk.event["event"] == "ask"
        assert (talk.event["flow"], talk.event["node"], talk.event["kind"]) == ("pay-failed", "money", "fact")
        assert [option["id"] for option in talk.event["options"]] == ["yes", "no", "unsure"]
        assert talk.send(answer="perhaps")["event"] == "error"
        assert talk.send(answer="no")["node"] == "wallet"
        assert talk.send(command="back")["node"] == "money"
        assert talk.send(answer="no")["node"] == "wallet"
        assert talk.send(answer="alipay")["node"] == "message"
        assert talk.send(answer="balance")["kind"] == "try"
        assert talk.send(command="change", key="message", answer="other")["node"] != "top-up"
        assert talk.send(command="restart")["node"] == "money"
        for answer in ("no", "alipay", "balance"):
            talk.send(answer=answer)
        end = talk.send(answer="fixed")
        assert (end["event"], end["end"], end["node"]) == ("end", "fixed", "done-source")
        assert talk.process.wait(10) == 0
        assert talk.process.stdout.read() == ""


def test_known_facts_are_named_in_the_next_question(walletdoc):
    with walletdoc.start("run", "pay-failed", "--json") as talk:
        events = [talk.event, *(talk.send(answer=answer) for answer in ("no", "alipay", "balance", "taken"))]
        assert events[-1]["flow"] == "paid-no-order"
        assert "money-taken" in events[-1]["known"]


@pytest.mark.parametrize(
    ("lines", "code"), [('{"answer":"no"}\n', 66), ('{"command":"quit"}\n', 0), ("", 66), ("{\n", 66)]
)
def test_json_is_json_and_nothing_else(walletdoc, lines, code):
    out = walletdoc("run", "pay-failed", "--json", stdin=lines, code=code).stdout
    assert next(json.loads(line)["event"] for line in out.splitlines()) == "ask"
    assert all(json.loads(line) for line in out.splitlines())


# --- on a plain screen


@BOTH
def test_a_piped_session_in_words(walletdoc, lang):
    out = walletdoc("run", "pay-failed", "--lang", lang, stdin="2\n1\n1\n1\n").stdout
    assert ("付好了" if lang == "zh" else "Paid.") in out


def test_an_empty_line_picks_nothing(walletdoc):
    walletdoc("run", "pay-failed", stdin="\n\n\n", code=66)
    assert "ended" in walletdoc(stdin="", code=66).stderr  # at the menu, before there is a flow
    assert "no saved sessions" in walletdoc("sessions").stdout


# --- kept


def test_what_was_answered_is_kept_and_gone_on_with(walletdoc):
    left = walletdoc("run", "pay-failed", stdin="2\n", code=66)
    assert "walletdoc resume" in left.stderr
    assert saved_answers(walletdoc) == [["fact.money-taken", "no"]]
    walletdoc("resume", stdin="1\n1\n1\n")
    assert [key for key, _ in saved_answers(walletdoc)] == [
        "fact.money-taken",
        "fact.wallet",
        "0.pay-failed/message",
        "0.pay-failed/top-up",
    ]
    assert "4 answers" in walletdoc("sessions").stdout


def test_no_answer_shown_as_taken_is_lost_by_a_kill(walletdoc):
    """The next question is the acknowledgement: whatever moment the process is killed at, all before it is there."""
    draw = random.Random(7)
    for _ in range(6):
        with walletdoc.start("run", "account-locked", "--json") as talk:
            taken = []
            for _ in range(draw.randint(1, 5)):
                if talk.event["event"] == "end":
                    break
                ids = [option["id"] for option in talk.event["options"]]
                taken.append(talk.event["key"])
                talk.send(answer=draw.choice(ids))
            talk.process.send_signal(signal.SIGKILL)
            talk.process.wait()
        assert [key for key, _ in saved_answers(walletdoc)][: len(taken)] == taken


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)]
)
def test_a_signal_leaves_in_a_second_with_the_session_kept(walletdoc, number, code):
    with walletdoc.start("run", "pay-failed", "--json") as talk:
        talk.send(answer="no")
        begun = time.monotonic()
        talk.process.send_signal(number)
        assert talk.process.wait(10) == code
        assert time.monotonic() - begun < 1
        assert "walletdoc resume" in talk.process.stderr.read()
    assert saved_answers(walletdoc) == [["fact.money-taken", "no"]]


def test_two_windows_on_one_session(walletdoc):
    with walletdoc.start("run", "pay-failed", "--json") as talk:
        talk.send(answer="no")
        refused = walletdoc("resume", code=75)
        assert str(talk.process.pid) in refused.stderr


def test_a_state_that_cannot_be_used_is_said_first_and_help_goes_on(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    done = Walletdoc(blocked / "state")("run", "pay-failed", *given(*TOP_UP))
    assert "will not be saved" in done.stderr
    assert "Solved" in done.stdout


def test_an_answer_that_cannot_be_written_is_not_acknowledged(walletdoc):
    """A limit on the size of files stands for a disk that fills up in the middle of a session."""
    shell = f"ulimit -f 1; exec {sys.executable} -m walletdoc run account-locked --json"
    lines = '{"answer":"unsure"}\n' * 3 + '{"command":"back"}\n{"answer":"unsure"}\n' * 40
    done = subprocess.run(
        ["bash", "-c", shell], input=lines, capture_output=True, text=True, env=walletdoc.env, timeout=60, check=False
    )
    assert done.returncode == 74, done.stderr
    assert "walletdoc resume" in done.stderr
    asked = [event for event in map(json.loads, done.stdout.splitlines()) if event["event"] == "ask"]
    assert len(asked) < 80
    assert len(saved_answers(walletdoc)) in {2, 3}


def test_no_save_keeps_nothing(walletdoc):
    walletdoc("run", "pay-failed", "--no-save", *given(*TOP_UP))
    assert not list(walletdoc.state.rglob("*.jsonl"))


def test_sessions_are_deleted_by_id_and_all(walletdoc):
    for _ in range(3):
        walletdoc("run", "pay-failed", *given(*TOP_UP))
    ids = [line.split()[0] for line in walletdoc("sessions").stdout.splitlines() if "Payment failed" in line]
    assert len(ids) == 3
    walletdoc("sessions", "delete", ids[0])
    assert ids[0] not in walletdoc("sessions").stdout
    walletdoc("sessions", "delete", "--all")
    assert "no saved sessions" in walletdoc("sessions").stdout
    walletdoc("sessions", "delete", "0101-none", code=2)
    walletdoc("sessions", "delete", code=2)
    walletdoc("resume", code=2)


def test_a_flow_edited_meanwhile_says_what_no_longer_fits(walletdoc, tmp_path):
    nodes = """
    first: {{ask: {say}, options: {{{old}: {{say: {say}, go: second}}, b: {{say: {other}, go: second}}}}}}
    second: {{ask: {say}, options: {{c: {{say: {say}, go: third}}}}}}
    third: {{ask: {say}, options: {{d: {{say: {say}, go: over}}}}}}
    over: {{end: info, say: {say}}}
    """
    words = {"say": packs.say("好"), "other": packs.say("另")}
    file = tmp_path / "edited.yaml"
    file.write_text(packs.flow("edited", nodes.format(old="a", **words)), encoding="utf-8")
    walletdoc("run", str(file), stdin='{"answer":"a"}\n{"answer":"c"}\n', code=None)
    walletdoc("run", str(file), "--json", stdin='{"answer":"a"}\n{"answer":"c"}\n', code=66)
    file.write_text(packs.flow("edited", nodes.format(old="x", **words)), encoding="utf-8")
    out = walletdoc("resume", stdin="", code=66)
    assert "edited" in out.stdout
    assert "2 answers" in out.stdout


# --- waiting


def test_a_wait_says_until_when_and_asks_afresh(walletdoc):
    with walletdoc.start("run", "pay-failed", "--json") as talk:
        end = talk.send(answer="unsure")
        assert end["end"] == "wait"
        assert date.fromisoformat(end["until"]) == date.today()
    out = walletdoc("resume", stdin="2\n", code=66).stdout
    assert "Was the money for this payment taken?" in out
    assert saved_answers(walletdoc) == [["fact.money-taken", "no"]]


# --- case files


@BOTH
def test_a_case_file_spares_telling_it_again(walletdoc, lang, tmp_path):
    walletdoc("run", "pay-failed", *given(*TOP_UP))
    for kind in ("md", "txt", "json"):
        out = tmp_path / f"case.{kind}"
        walletdoc("case", "--lang", lang, "--format", kind, "--out", str(out))
        text = out.read_text(encoding="utf-8")
        assert ("余额不足" if lang == "zh" else "Not enough balance") in text
        assert ("验证码" if lang == "zh" else "Codes sent by text message") in text
        assert oct(out.stat().st_mode & 0o777) == "0o600"


def test_a_helper_goes_on_from_a_case_file(walletdoc, tmp_path):
    walletdoc("run", "pay-failed", stdin="2\n1\n1\n", code=66)
    case = tmp_path / "case.json"
    walletdoc("case", "--format", "json", "--out", str(case))
    helper = Walletdoc(tmp_path / "helper")
    helper("open", str(case), stdin="1\n1\n")
    assert [key for key, _ in saved_answers(helper)] == [
        "fact.money-taken",
        "fact.wallet",
        "0.pay-failed/message",
        "0.pay-failed/top-up",
    ]


BAD_CASES = {
    "not json": b"\xff\xfe",
    "another json": b"[]",
    "of tomorrow": b'{"case": 2, "session": {}}',
    "no answers": b'{"case": 1, "session": {"flow": "pay-failed"}}',
    "answers of another shape": b'{"case": 1, "session": {"flow": "pay-failed", "answers": [1], "presets": {}, "filled": {}}}',
    "deep": b"[" * 200_000,
    "a number where text belongs": b'{"case": 1, "session": {"flow": 3, "answers": [], "presets": {}, "filled": {}}}',
}


@pytest.mark.parametrize("data", BAD_CASES.values(), ids=BAD_CASES)
def test_what_is_no_case_file_is_told(walletdoc, tmp_path, data):
    file = tmp_path / "case.json"
    file.write_bytes(data)
    assert walletdoc("open", str(file), code=65).stderr.startswith("walletdoc: ")
    assert not list(walletdoc.state.rglob("*.jsonl"))


def test_secrets_written_down_to_have_ready_are_kept_nowhere(walletdoc):
    """Whatever is typed at a hand-off is masked before it is written."""
    card, code = "6222021234567894", "483920"
    walletdoc("run", "pay-failed", stdin=f"2\n1\n7\nf\n卡号{card}\n验证码 {code}\n" + "\n" * 20, code=None)
    filled = json.loads(walletdoc("case", "--format", "json").stdout)["session"]["filled"]
    assert filled == {"time": "卡号●●●●", "amount": "验证码 ●●●●"}
    for file in walletdoc.state.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert card.encode() not in data
            assert code.encode() not in data


# --- the world outside


def test_no_network_and_no_other_program(walletdoc):
    """Nothing opens a socket of the internet or starts a program, from reading to the case file."""
    script = """
import sys
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "ctypes.dlopen")):
        sys.stderr.write(f"SEEN {event} {args}\\n"); sys.stderr.flush()
sys.addaudithook(watch)
from walletdoc.cli import main
sys.exit(main())
"""
    for args in (
        ["run", "pay-failed", *given(*TOP_UP)],
        ["case"],
        ["list"],
        ["contacts", "95188"],
        ["show", "pay-failed"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", script, *args],
            capture_output=True,
            text=True,
            env=walletdoc.env,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "SEEN" not in done.stderr


def test_our_own_file_by_its_path_is_ours_and_a_copy_is_not(walletdoc, tmp_path):
    ours = home() / "payment" / "pay-failed.yaml"
    copy = tmp_path / "pay-failed.yaml"
    copy.write_bytes(ours.read_bytes())
    assert "nverified" not in walletdoc("run", str(ours), stdin="2\n", code=66).stdout
    assert "nverified" in walletdoc("run", str(copy), stdin="2\n", code=66).stdout
