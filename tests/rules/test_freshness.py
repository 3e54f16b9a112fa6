"""The rules about freshness: what is past its time, on which day, and who shows it."""

from datetime import date

import pytest

from tests.rules import asked
from tests.rules.asked import ask_pack, changed, example, shipped, step
from tests.rules.test_craft import registries

# All that we ship was verified on 2026-11-22 and is valid for 365 days.
LAST = date(2027, 11, 22)
NEXT = date(2027, 11, 23)


def late(id_: str, day: date, monkeypatch, *files: str, **registry: str) -> dict[str, str]:
    """Return the messages of a rule on a day, by the line before which they stand."""
    monkeypatch.setattr(asked, "AS_OF", day)
    found = ask_pack(id_, registries() | registry, *(files or (example(),)))
    return {each.message.partition("'")[2].partition("'")[0]: each.message for _, each in found}


@pytest.mark.parametrize("id_", ["stale-contact", "stale-time"])
def test_the_last_day_is_still_fresh_and_the_next_is_not(id_, monkeypatch):
    assert late(id_, LAST, monkeypatch, *shipped()) == {}
    found = late(id_, NEXT, monkeypatch, *shipped())
    assert len(found) == sum(
        each.startswith("    verified-on")
        for each in registries()["contacts" if id_ == "stale-contact" else "times"].split("\n")
    )


def test_it_stands_at_the_day_in_the_file(monkeypatch):
    monkeypatch.setattr(asked, "AS_OF", NEXT)
    found = ask_pack("stale-contact", registries(), example())
    assert {(key, each.source) for key, each in found} == {("contacts.yaml", "verified-on: 2026-11-22")}


def test_a_contact_is_shown_by_a_role_through_a_fact(monkeypatch):
    found = late("stale-contact", NEXT, monkeypatch)
    shown = "counts as verified only until 2027-11-22; shown by: example (call-wallet)"
    assert found["alipay"] == f"'alipay' {shown}"
    assert found["bank"] == f"'bank' {shown}"  # the contact of who pays by card
    assert found["police"] == "'police' counts as verified only until 2027-11-22; shown by: none"


def test_a_contact_is_shown_by_its_id_by_a_placeholder_and_in_a_step(monkeypatch):
    flow = example(
        ("to: [wallet]", "to: [anti-fraud]"),
        ("请{wallet.name}查这一笔：{wallet.hotline}", "查"),
        ("Ask {wallet.name} to trace it: {wallet.hotline}", "Trace"),
    )
    speaks = step(("卡住的页面要重新打开才会好。", "{anti-fraud.name}"))
    found = late("stale-contact", NEXT, monkeypatch, flow, speaks)
    assert found["anti-fraud"].endswith("shown by: example (call-wallet); steps/example-step (restart)")
    assert found["alipay"].endswith("shown by: none")


def test_a_time_is_shown_by_a_wait_and_by_a_placeholder(monkeypatch):
    flow = example(("{working-days: 1}", "{time: refund-card}"), ("请{wallet.name}查这一笔", "等{time.refund-card}"))
    found = late("stale-time", NEXT, monkeypatch, flow)
    assert found["refund-card"].endswith("shown by: example (look-later, call-wallet)")
    assert found["reconcile"].endswith("shown by: none")


def test_only_so_many_flows_are_named(monkeypatch):
    flows = [example(("flow: example", f"flow: example-{number:02}")) for number in range(12)]
    found = late("stale-contact", NEXT, monkeypatch, *flows)
    assert found["alipay"].count("(call-wallet)") == 10
    assert found["alipay"].endswith("… (+2)")


def test_a_time_without_end_and_one_in_the_future_are_fresh(monkeypatch):
    text = changed(
        registries()["times"],
        (
            "verified-on: 2026-11-22\n    valid-for: 365\n  refund-card",
            "verified-on: 2026-11-22\n    valid-for: 99999999\n  refund-card",
        ),
    )
    assert "refund-balance" not in late("stale-time", date(9999, 12, 31), monkeypatch, times=text)
    assert late("stale-time", date(2020, 1, 1), monkeypatch) == {}
