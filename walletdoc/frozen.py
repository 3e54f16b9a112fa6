"""Frozen values: what `@dataclass(frozen=True, slots=True)` gives, at a seventh of what that costs to load.

A dataclass compiles its methods anew for every class, one to two milliseconds each time the program starts, and a command
loads fifty classes before it says a word. Here the fields are a dataclass's own (so that `fields`, `replace` and
pydantic see one), and the methods are shared by all.
"""

from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform

Class = TypeVar("Class")

_set = object.__setattr__


@dataclass_transform(frozen_default=True)
def frozen(cls: type[Class]) -> type[Class]:
    """Make a class of values that can't be changed, equal and hashed by their fields in order."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__init__ = _init(made)
    made.__eq__, made.__hash__, made.__repr__ = _eq, _hash, _repr
    made.__setattr__ = made.__delattr__ = _refuse
    return made  # type: ignore[no-any-return] # the same class, with slots


def _init(made: Any) -> Any:  # noqa: ANN401 - a class and its constructor, of whatever shape
    names = made.__match_args__
    defaults = {each.name: each.default for each in fields(made) if each.default is not MISSING}
    factories = {each.name: each.default_factory for each in fields(made) if each.default_factory is not MISSING}

    def __init__(self: object, *args: object, **named: object) -> None:  # noqa: N807 - it is one
        if len(args) > len(names):
            raise TypeError(f"{made.__name__} takes {len(names)} values, {len(args)} were given")
        given = dict(zip(names, args, strict=False))
        for name in names:
            if name in given:
                value = given[name]
            elif name in named:
                value = named.pop(name)
            elif name in defaults:
                value = defaults[name]
            elif name in factories:
                value = factories[name]()
            else:
                raise TypeError(f"{made.__name__} lacks {name!r}")
            _set(self, name, value)
        if named:
            raise TypeError(f"{made.__name__} takes no {', '.join(map(repr, named))}")

    return __init__


def _values(self: Any) -> tuple[object, ...]:  # noqa: ANN401 - any frozen value
    return tuple([getattr(self, name) for name in self.__match_args__])


def _eq(self: object, other: object) -> bool:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:  # noqa: ANN401 - any frozen value
    shown = ", ".join(f"{name}={value!r}" for name, value in zip(self.__match_args__, _values(self), strict=True))
    return f"{type(self).__qualname__}({shown})"


def _refuse(_self: object, name: str, _value: object = None) -> NoReturn:
    raise FrozenInstanceError(f"cannot change '{name}'")
