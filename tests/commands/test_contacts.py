"""`walletdoc contacts`."""

import json
from datetime import date, timedelta

import pytest

from walletdoc import contacts, context
from walletdoc.commandline import LANGUAGES
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.terminal import width


@pytest.fixture(scope="module")
def registry():
    return Library().registries.contacts


def packed(text: str) -> str:
    """Return a text without its blanks and line ends, to find what may be broken anywhere."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", [20, 40, 100])
def test_the_whole_registry_is_shown_and_nothing_is_cut(program, registry, lang, columns):
    done = program.call("contacts", "--lang", lang, env={"COLUMNS": str(columns)})
    assert (done.code, done.err) == (0, "")
    assert max(map(width, done.out.splitlines())) <= columns
    for contact in registry.values():
        for text in (contact.organisation, contact.for_, contact.way, contact.hours, contact.caveat):
            assert text is None or packed(text.of(lang)) in packed(done.out)
        for text in (contact.number, contact.source, contact.source_date, contact.verified_on):
            assert text is None or packed(text) in packed(done.out)


def test_roles_are_headings_and_come_once(program):
    lines = program.run("contacts", "--lang", "en").out.splitlines()
    assert [line for line in lines if line in {"Wallet", "Bank", "Merchant", "Carrier", "Police", "Regulator"}] == [
        "Wallet",
        "Bank",
        "Merchant",
        "Carrier",
        "Police",
        "Regulator",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("asked", [("95188",), ("９５１８８",), ("9 5 1", "8 8"), ("支付宝95188",)])
def test_an_official_number_is_told_with_its_source_and_the_warning(program, registry, lang, asked):
    done = program.call("contacts", *asked, "--lang", lang)
    assert done.code == 0
    assert registry["alipay"].organisation.of(lang) in done.out
    assert registry["alipay"].source in done.out
    assert say(lang, "contacts.proves-nothing") in done.out
    assert say(lang, "contacts.do-not-call") not in done.out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "doubt"),
    [
        ("95188转1", "extension"),
        ("951880", "begins"),
        ("0095188", "ends"),
        ("12345678", "unknown"),
        ("40095188123", "contains"),
        ("kefu95188.com", "address"),
    ],
)
def test_a_number_that_is_not_listed_is_not_to_be_called(program, lang, asked, doubt):
    done = program.call("contacts", asked, "--lang", lang)
    assert done.code == 0
    name, number = {"zh": "支付宝", "en": "Alipay"}[lang], "95188"
    assert say(lang, f"contacts.{doubt}", name=name, number=number) in done.out
    assert say(lang, "contacts.do-not-call") in done.out
    assert say(lang, "contacts.proves-nothing") not in done.out


def test_a_number_with_the_country_s_prefix_is_suspicious(program):
    assert say("en", "contacts.abroad") in program.call("contacts", "+86 95188", "--lang", "en").out
    assert say("en", "contacts.abroad") not in program.call("contacts", "95188", "--lang", "en").out


def test_words_find_a_contact(program, registry):
    for words in (("支付宝",), ("alipay",), ("Alipay",)):
        out = program.call("contacts", *words, "--lang", "zh").out
        assert "95188" in out
        assert "95017" not in out
    out = program.call("contacts", "police", "--lang", "en").out
    assert registry["anti-fraud"].number in out
    assert "95188" not in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_found_is_said(program, lang):
    done = program.run("contacts", "某某\x1b[31m", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert say(lang, "contacts.nobody", who="某某<U+001B>[31m") in done.out


def test_a_long_question_is_not_said_again_at_length(program):
    for words in ("某" * 500, "1" * 500):
        assert max(map(len, program.call("contacts", words, "--lang", "en").out.splitlines())) < 120


def test_every_contact_is_found_by_its_own_words(registry):
    for id_, contact in registry.items():
        for asked in (id_, contact.organisation.zh, contact.organisation.en):
            assert not contacts.look_up(asked, registry), asked
            assert id_ in contacts.who(asked, registry)


def test_a_stale_contact_says_so_on_its_day(program, registry, monkeypatch):
    last = max(contacts.expires(contact) for contact in registry.values())
    for day, stale in ((last, False), (last + timedelta(days=1), True)):
        monkeypatch.setattr(context.Context, "today", property(lambda _, day=day: day))
        out = program.call("contacts", "95017", "--lang", "en").out
        assert (say("en", "face.stale") in out) == stale
        plain = json.loads(program.call("contacts", "95017", "--json").out)
        assert plain["contacts"][0]["stale"] is stale


def test_json_is_json_and_nothing_else(program, registry):
    done = program.run("contacts", "--json", "--lang", "zh")
    assert (done.code, done.err) == (0, "")
    plain = json.loads(done.out)
    assert plain["numbers"] == []
    assert [each["id"] for each in plain["contacts"]] == list(registry)
    alipay = next(each for each in plain["contacts"] if each["id"] == "alipay")
    assert alipay["number"] == "95188"
    assert alipay["name"] == "支付宝"
    assert date.fromisoformat(alipay["verified-on"])


def test_json_tells_of_numbers(program):
    plain = json.loads(program.call("contacts", "95188，0095188", "--json").out)
    first, second = plain["numbers"]
    assert first == {
        "asked": "95188",
        "official": True,
        "contact": "alipay",
        "abroad": False,
        "doubt": None,
        "like": [],
    }
    assert (second["official"], second["doubt"], second["like"]) == (False, "ends", ["alipay"])
    assert json.loads(program.call("contacts", "nobody", "--json").out) == {"numbers": [], "contacts": []}


def test_json_does_not_trouble_a_terminal(program):
    out = program.call("contacts", "9518\u202e8", "--json").out
    assert out.isascii()
    assert json.loads(out)["numbers"]
