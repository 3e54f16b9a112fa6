"""Users as bits of masks: the same users, and the same masks, as when each is made one by one."""

from itertools import product

import pytest

from walletdoc.users import User, Users

CASES = [
    ((), {"one": [], "two": []}),
    (("wallet",), {"one": [("a", "b", "c")], "two": [("b",)]}),
    (
        ("bank", "paid", "wallet"),
        {"one": [("x", "y"), ("no",), ("a", "b", "c")], "two": [("y",), ("no", "yes"), ("c", "a")]},
    ),
    (("bank", "wallet"), {"none": [(), ("a",)], "one": [("x",), ("a", "b")], "no more": [("x",), ()]}),
    (("wallet",), {"twice": [("a", "a", "b")]}),
    (("wallet",), {}),
]


def one_by_one(facts, choices) -> list[User]:
    return [
        User(cause, dict(zip(facts, chosen, strict=True)))
        for cause, given in choices.items()
        for chosen in product(*given)
    ]


@pytest.mark.parametrize(("facts", "choices"), CASES)
def test_users_and_masks(facts, choices):
    users, expected = Users(facts, choices), one_by_one(facts, choices)
    assert list(users) == expected
    assert users[:2] == tuple(expected[:2])
    assert users.everyone == (1 << len(expected)) - 1
    for cause in choices:
        assert bits(users.of_cause[cause]) == [at for at, user in enumerate(expected) if user.cause == cause]
    for fact in facts:
        for value in {each for given in choices.values() for each in given[facts.index(fact)]}:
            having = [at for at, user in enumerate(expected) if user.facts[fact] == value]
            assert bits(users.of_value.get((fact, value), 0)) == having


def bits(mask: int) -> list[int]:
    return [at for at in range(mask.bit_length()) if mask >> at & 1]


def test_there_is_no_user_beyond_the_last():
    users = Users(("wallet",), {"one": [("a", "b")]})
    assert users[-1] == users[1]
    for at in (2, -3):
        with pytest.raises(IndexError):
            users[at]
