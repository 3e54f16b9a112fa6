"""How plain text becomes the values of the model: names, whole numbers, yes-or-no, ids.

Every scalar of a file is text to the reader, so the model says what it takes. The marks below are read by pydantic
(`schema.py`) through methods that return plain dictionaries; nothing here imports it, so that the model stays free of it.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any

from walletdoc.frozen import frozen

Schema = dict[str, Any]  # pydantic's own shape of a schema: keys and values depend on its "type"


def yaml_name(name: str) -> str:
    """Return the key a field has in a file: `not_fixed` is `not-fixed`, `else_` is `else`."""
    return name.strip("_").replace("_", "-")


@frozen
class Pattern:
    """Text of one shape, decoded further by the type that carries the mark; `kind` names the error and its message."""

    kind: str
    pattern: str
    json_schema: tuple[tuple[str, object], ...]

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Schema]) -> Schema:
        """Return a schema that takes text of this shape alone, then decodes it as the type says."""
        shape = {"type": "str", "pattern": self.pattern, "strict": True}
        steps = {"type": "chain", "steps": [shape, handler(source)]}
        return {
            "type": "custom-error",
            "schema": steps,
            "custom_error_type": self.kind,
            "custom_error_message": self.kind,
        }

    def __get_pydantic_json_schema__(self, _schema: Schema, _handler: object) -> Schema:
        """Return what an editor should accept: YAML's own numbers and booleans, text of the pattern otherwise."""
        return dict(self.json_schema)


@frozen
class OneOrMany:
    """A list that may be written as its only item."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Schema]) -> Schema:
        """Return a schema that makes a single text a list of one."""
        return {
            "type": "function-before",
            "function": {"type": "no-info", "function": _listed},
            "schema": handler(source),
        }

    def __get_pydantic_json_schema__(self, _schema: Schema, _handler: object) -> Schema:
        """Return both ways of writing it."""
        one: Schema = {"type": "string"}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
ID = re.compile(_ID)
_NUMBER = "^(0|-?[1-9][0-9]{0,8})$"
_COUNT = "^(0|[1-9][0-9]{0,8})$"
_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Id = Annotated[str, Pattern("id", _ID, (("type", "string"), ("pattern", _ID)))]
Integer = Annotated[int, Pattern("integer", _NUMBER, (("type", "integer"),))]
Count = Annotated[int, Pattern("count", _COUNT, (("type", "integer"), ("minimum", 0)))]
Flag = Annotated[bool, Pattern("flag", "^(true|false)$", (("type", "boolean"),))]
Format = Annotated[int, Pattern("format", "^1$", (("const", 1),))]
OneOrManyTexts = Annotated[tuple[str, ...], OneOrMany()]
Date = Annotated[str, Pattern("date", _DATE, (("type", "string"), ("pattern", _DATE)))]
