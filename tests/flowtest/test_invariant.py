"""What always holds: decided as trying every session decides it, with answers that show it where it does not."""

import pytest
from hypothesis import strategies as st

from tests.flowtest.made import LIBRARY, Made, for_packs, one, sessions, text
from walletdoc.answers import Asked
from walletdoc.engine import Session, Tables, replay, visits
from walletdoc.flow import Ask, Do, End, FactNode, Number, Option, Range, Switch, Try
from walletdoc.flowtest.case import Always
from walletdoc.flowtest.invariant import Broken, broken
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.walk import random_walks
from walletdoc.flowtest.ways import Ways

END = End("info", say=text("end"))


class Registry:
    """The contacts of our pack beside the facts of a made-up one."""

    def __init__(self, made) -> None:
        self.facts = made.facts
        self.registries = LIBRARY.registries


def showing(made) -> Shown:
    return Shown(Registry(made))


MADE = one({
    "ask": Ask(text("ask"), {"card": Option(text("card"), "days"), "other": Option(text("other"), "wallet")}),
    "days": Number(text("n"), (0, 9), (Range("wait", 3), Range("wallet")), unsure="wait"),
    "wallet": FactNode("wallet", to={"plain": "send"}, else_="pay"),
    "pay": Try(text("pay"), "done", "send", taken="again", retries_payment=True),
    "again": FactNode("money-taken", to={"yes": "leave"}, else_="wait"),
    "leave": Switch("other"),
    "wait": END, "done": End("fixed", say=text("done")), "never": END,
    "send": End("hand-off", say=text("send"), to=("wallet",)),
}, other=one({"x": END}).flows["made"])  # fmt: skip


def decided(**always) -> Broken | None:
    return broken(Always(**always), Ways(Tables(MADE, "made")), showing(MADE))


def witness(**always) -> list[str]:
    found = decided(**always)
    assert found is not None
    return [f"{Asked(key, 'made', key.rpartition('/')[2]).name}={answer}" for key, answer in found.witness]


@pytest.mark.parametrize(
    ("never", "after", "expected"),
    [
        ("wait", "ask=card", ["ask=card", "days=0"]),
        ("wait", "days=2", ["ask=card", "days=2"]),
        ("wait", "days=unsure", ["ask=card", "days=unsure"]),
        ("done", "made/ask=card", ["ask=card", "days=3", "fact.wallet=alipay", "pay=fixed"]),
        ("leave", "wallet=wechat", ["ask=other", "fact.wallet=wechat", "pay=taken"]),
        ("leave", "again=yes", ["ask=other", "fact.wallet=alipay", "pay=taken"]),
        ("leave", "money-taken=yes", ["ask=other", "fact.wallet=alipay", "pay=taken"]),
    ],
)
def test_an_end_that_is_reached_is_shown(never, after, expected):
    assert witness(never=never, after=after) == expected


@pytest.mark.parametrize(
    ("never", "after"), [("wait", "ask=other"), ("wait", "days=3"), ("done", "wallet=plain"), ("leave", "pay=fixed")]
)
def test_an_end_that_is_not_reached_is_none(never, after):
    assert decided(never=never, after=after) is None


@pytest.mark.parametrize(
    ("always", "message"),
    [
        ({"never": "gone", "after": "ask=card"}, "'made' has no node 'gone'"),
        ({"never": "never", "after": "ask=card"}, "no answers lead to 'never'"),
        ({"never": "wait", "after": "asked=card"}, "no question goes by the name 'asked'"),
        ({"never": "wait", "after": "ask=cash"}, "'ask' does not take 'cash'"),
        ({"never": "wait", "after": "days=10"}, "'days' does not take '10'"),
        ({"never": "wait", "after": "days=03"}, "'days' does not take '03'"),
        ({"never": "wait", "after": "ask"}, "'ask' does not take ''"),
        ({"contact": "nobody", "at": "send"}, "there is no contact 'nobody'"),
        ({"contact": "alipay", "at": "gone"}, "'made' has no node 'gone'"),
        ({"contact": "alipay", "at": "ask"}, "'ask' is no end"),
        ({"contact": "alipay", "at": "leave"}, "'leave' is no end"),
    ],
)
def test_a_name_that_stands_for_nothing_is_broken(always, message):
    found = decided(**always)
    assert found is not None
    assert found.message.en == message
    assert found.witness == ()


def test_a_contact_on_every_way():
    found = decided(contact="alipay", at="send")
    assert found is not None
    assert found.message.en == "'send' does not show the contact 'alipay', but wechat"
    assert witness(contact="alipay", at="send") == ["ask=other", "fact.wallet=wechat", "pay=not-fixed"]
    assert decided(contact="wallet", at="send") is None
    assert decided(contact="alipay", at="wait") is not None


def test_a_way_with_too_many_questions():
    assert decided(questions=4) is None
    assert len(witness(questions=3)) == 4
    assert len(witness(questions=2)) == 3
    assert decided(questions=3).message.en == "4 questions are asked, more than 3"


def names(session: Session) -> list[str]:
    """Return which answers a session has given, and what it was told of facts, in order."""
    return [f"{visit.place.key}={visit.answer}" for visit in visits(session) if not visit.known]


@pytest.mark.campaign
def test_what_holds_is_decided_as_every_session_does(request):
    """What a pack and its sessions cost to make is paid once for all that is decided of them."""

    def holds(made: Made, data: st.DataObject) -> None:
        tables = Tables(made, "made")
        every, ways = sessions(tables), Ways(tables)
        if every:
            an_end_is_never_reached(made, ways, every, data)
            a_contact_is_shown(made, ways, every, data.draw(st.sampled_from(["alipay", "wechat", "bank", "wallet"])))
            so_many_are_asked(made, ways, every, data.draw(st.integers(0, 6)))

    for_packs(request.config, 40, holds, st.data())


def an_end_is_never_reached(made: Made, ways: Ways, every: list[Session], data: st.DataObject) -> None:
    asked = sorted({given for session in every for given in names(session) if not given.startswith("fact.money")})
    ends = sorted({session.place.id for session in every if not session.place.leg})
    if not asked or not ends:
        return
    after, never = data.draw(st.sampled_from(asked)), data.draw(st.sampled_from(ends))
    found = broken(Always(never=never, after=after), ways, showing(made))
    short = [
        session for session in every if session.place.id == never and not session.place.leg and after in names(session)
    ]
    assert (found is None) == (not short)
    if found is not None:
        shown = replay(ways.tables, found.witness)
        assert shown.dropped == ()
        assert shown.session.place.id == never
        assert after in names(shown.session)
        assert len(found.witness) == min(len(session.answers) for session in short)


def a_contact_is_shown(made: Made, ways: Ways, every: list[Session], who: str) -> None:
    contacts = showing(made)
    nodes = made.flows["made"].nodes
    stopped = [each for each in every if not each.place.leg and isinstance(nodes.get(each.place.id), End)]
    registry = contacts.library.registries.contacts
    for end in {session.place.id for session in stopped}:
        lacking = []
        for session in stopped:
            ids = contacts.ids(session.place.node, session.facts)
            roles = () if who in registry else tuple(registry[id_].role for id_ in ids)
            if session.place.id == end and who not in (*ids, *roles):
                lacking.append(session)
        found = broken(Always(contact=who, at=end), ways, contacts)
        assert (found is None) == (not lacking)
        if found is not None:
            assert len(found.witness) == min(len(session.answers) for session in lacking)
            shown = replay(ways.tables, found.witness).session
            assert contacts.ids(shown.place.node, shown.facts) in {
                contacts.ids(each.place.node, each.facts) for each in lacking
            }


def so_many_are_asked(made: Made, ways: Ways, every: list[Session], most: int) -> None:
    found = broken(Always(questions=most), ways, showing(made))
    more = [len(session.answers) for session in every if len(session.answers) > most]
    assert (found is None) == (not more)
    if found is not None:
        assert len(found.witness) == min(more)
        assert replay(ways.tables, found.witness).dropped == ()


@pytest.mark.campaign
def test_no_session_of_ours_breaks_what_holds(ours):
    tables = Tables(LIBRARY, ours)
    ways, shown = Ways(tables), Shown(LIBRARY)
    most = ways.longest
    assert broken(Always(questions=most), ways, shown) is None
    found = broken(Always(questions=most - 1), ways, shown)
    assert found is not None
    assert len(found.witness) == most
    for walk in random_walks(tables, 5, 6):
        session = replay(tables, walk).session
        if not session.place.leg and session.place.owner.nodes[session.place.id] is session.place.node:
            key, answer = walk[0]
            reached = broken(Always(never=session.place.id, after=f"{key}={answer}"), ways, shown)
            assert reached is not None
            assert len(reached.witness) <= len(walk)


def test_what_is_asked_first_and_told_by_another_answer():
    """Nothing is reached by an answer before it was given."""
    made = one({"a": Do(text("a"), "b", "end"), "b": Do(text("b"), "last", "end"), "end": END, "last": END})
    ways = Ways(Tables(made, "made"))
    assert broken(Always(never="end", after="b=done"), ways, showing(made)) is None
    found = broken(Always(never="end", after="a=done"), ways, showing(made))
    assert found is not None
    assert [answer for _, answer in found.witness] == ["done", "cannot"]
