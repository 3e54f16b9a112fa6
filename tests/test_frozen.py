"""Frozen values behave as frozen dataclasses with slots do."""

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from walletdoc.frozen import frozen


class Shape:
    name: str
    count: int = 1
    parts: list[str] = field(default_factory=list)


@frozen
class Ours(Shape):
    name: str
    count: int = 1
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Theirs(Shape):
    name: str
    count: int = 1
    parts: list[str] = field(default_factory=list)


@frozen
class Pair:
    left: int
    right: int = 0


BOTH = pytest.mark.parametrize("kind", [Ours, Theirs])


@BOTH
def test_values_and_defaults(kind):
    value = kind("a", parts=["x"])
    assert (value.name, value.count, value.parts) == ("a", 1, ["x"])
    assert kind("a").parts is not kind("a").parts
    assert [each.name for each in fields(value)] == ["name", "count", "parts"]
    assert replace(value, count=2) == kind("a", 2, ["x"])
    assert repr(value) == f"{kind.__name__}(name='a', count=1, parts=['x'])"


@BOTH
@pytest.mark.parametrize(
    ("args", "named"), [((), {}), (("a", 1, [], 4), {}), (("a",), {"other": 1}), (("a",), {"name": "b"})]
)
def test_what_does_not_fit_is_refused(kind, args, named):
    with pytest.raises(TypeError):
        kind(*args, **named)


@BOTH
def test_nothing_changes(kind):
    value = kind("a")
    with pytest.raises(FrozenInstanceError):
        value.name = "b"
    with pytest.raises(FrozenInstanceError):
        del value.name


def test_equal_and_hashed_by_fields():
    assert Pair(1, 2) == Pair(1, right=2)
    assert Pair(1, 2) != Pair(2, 1)
    assert Pair(1, 2) != (1, 2)
    assert len({Pair(1), Pair(1, 0), Pair(2)}) == 2


def test_matched_by_place():
    match Pair(1, 2):
        case Pair(left, right):
            assert (left, right) == (1, 2)
