"""Validates read values into the model, and gives the JSON Schema for editors; the only importer of pydantic.

Every mistake of a file is reported, each at its place. A node is validated by the adapter of its own kind, picked by its
key, so that errors speak of that kind alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, ClassVar, TypeVar

from pydantic import TypeAdapter, ValidationError

from walletdoc.contacts import Contact
from walletdoc.decode import ID, Format, Id
from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.flow import KINDS, STRICT, Fact, Flow, Node, Prepare, Step, Time
from walletdoc.flowtest.case import Cases
from walletdoc.frozen import frozen
from walletdoc.text import Lines, Text, visible
from walletdoc.yamlfile import Document, Value

RULE = "schema"
MAX_NODES = 500
MAX_OPTIONS = 12
Where = tuple[str | int, ...]
Model = TypeVar("Model")


@frozen
class FactsFile:
    """`facts.yaml`: every fact of a pack."""

    __pydantic_config__: ClassVar = STRICT
    format: Format
    facts: Mapping[Id, Fact]


@frozen
class ContactsFile:
    """`contacts.yaml`: every contact there is."""

    __pydantic_config__: ClassVar = STRICT
    format: Format
    contacts: Mapping[Id, Contact]


@frozen
class PrepareFile:
    """`prepare.yaml`: what to have ready, and what never to tell anyone."""

    __pydantic_config__: ClassVar = STRICT
    format: Format
    prepare: Mapping[Id, Prepare]
    never: Lines


@frozen
class TimesFile:
    """`times.yaml`: sourced, dated lengths of time."""

    __pydantic_config__: ClassVar = STRICT
    format: Format
    times: Mapping[Id, Time]


FILES: Mapping[str, type[Any]] = {
    "flow": Flow,
    "step": Step,
    "facts": FactsFile,
    "contacts": ContactsFile,
    "prepare": PrepareFile,
    "times": TimesFile,
    "test": Cases,
}


def validate(document: Document, model: type[Model]) -> Model:
    """Return the model that a document says; raises `Faulty` with every mistake, in the order of the file."""
    if not isinstance(document.value, dict):
        raise Faulty((_found(document, (), _SHAPES["mapping"]),), {document.path: document.source})
    value: dict[str, Value] = dict(document.value)
    found = list(_empty(document, value, ()))
    nodes: dict[str, Node] = {}
    raw = value.get("nodes")
    if model in {Flow, Step} and isinstance(raw, dict):
        value["nodes"] = {}
        found += _nodes(document, raw, nodes)
    result, mistakes = _adapt(document, model, value, ())
    if result is None or found or mistakes:
        ordered = sorted({*found, *mistakes}, key=lambda each: (each.span, each.rule))
        raise Faulty(_without_echoes(ordered), {document.path: document.source})
    if nodes:
        result = replace(result, nodes=nodes)  # type: ignore[type-var]  # only Flow and Step have nodes
    return result


def fits(model: type[Model], value: Value | None) -> Model | None:
    """Return one value of a file as the model has it, None where it has a mistake."""
    try:
        fit: Model = _adapter(model).validate_python(value)
    except ValidationError:
        return None
    return fit


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file (a key of `FILES`), as yaml-language-server takes it."""
    schema = _adapter(FILES[kind]).json_schema()
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_for_editors(schema)}


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(model: type[Any]) -> TypeAdapter[Any]:
    if model not in _adapters:
        _adapters[model] = TypeAdapter(model)
    return _adapters[model]


def _adapt(document: Document, model: type[Model], value: Value, at: Where) -> tuple[Model | None, list[Diagnostic]]:
    try:
        return _adapter(model).validate_python(value), []
    except ValidationError as error:
        return None, [_mistake(document, model, at, each) for each in error.errors(include_url=False)]


def _nodes(document: Document, raw: Mapping[str, Value], nodes: dict[str, Node]) -> Iterator[Diagnostic]:
    """Validate each node by its kind into `nodes`, and yield the mistakes."""
    for count, (id_, value) in enumerate(raw.items(), 1):
        at: Where = ("nodes", id_)
        if not ID.fullmatch(id_):
            yield _found(document, at, _SHAPES["id"], of_key=True)
        if count == MAX_NODES + 1:
            yield _limit(document, at, Text(zh=f"最多 {MAX_NODES} 个节点", en=f"a flow has at most {MAX_NODES} nodes"))
        options = value.get("options") if isinstance(value, dict) else None
        if isinstance(options, dict) and len(options) > MAX_OPTIONS:
            over = (*at, "options", list(options)[MAX_OPTIONS])
            text = Text(zh=f"最多 {MAX_OPTIONS} 个选项", en=f"a question has at most {MAX_OPTIONS} options")
            yield _limit(document, over, text)
        kinds = [kind for kind in KINDS if isinstance(value, dict) and kind in value]
        if len(kinds) != 1:
            yield _found(document, at, _no_kind(kinds))
            continue
        node, mistakes = _adapt(document, KINDS[kinds[0]], value, at)
        yield from mistakes
        if node is not None:
            nodes[id_] = node


def _limit(document: Document, where: Where, message: Text) -> Diagnostic:
    return Diagnostic(document.path, document.place(where, of_key=True), "limit", Severity.ERROR, message)


def _no_kind(kinds: list[str]) -> Text:
    every = ", ".join(KINDS)
    if not kinds:
        return Text(
            zh=f"节点缺少类型；应有且只有一个：{every}", en=f"a node says what it is by one of these keys: {every}"
        )
    both = ", ".join(kinds)
    return Text(zh=f"节点同时写了 {both}；只能有一个", en=f"a node is of one kind, this has {both}; keep one")


def _empty(document: Document, value: Value, at: Where) -> Iterator[Diagnostic]:
    """Yield every scalar that is empty: no key takes an empty text, and to leave it out is to leave out the key."""
    if isinstance(value, str):
        if not value.strip():
            yield _found(document, at, _SHAPES["empty"])
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if not isinstance(each, str) or not each or each.isspace():
            yield from _empty(document, each, (*at, key))


def _without_echoes(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop what pydantic says of a place that is already reported as empty."""
    empty = {each.span for each in found if each.message is _SHAPES["empty"]}
    return tuple(each for each in found if each.message is _SHAPES["empty"] or each.span not in empty)


def _mistake(document: Document, model: type[Any], at: Where, error: Mapping[str, Any]) -> Diagnostic:
    """Say one pydantic error in our words, at the place where it is mended."""
    kind: str = error["type"]
    where: Where = (*at, *(part for part in error["loc"] if part != "[key]"))
    last = visible(str(where[-1])) if where else ""
    if kind == "missing":
        text = Text(zh=f"缺少“{last}”", en=f"'{last}' is missing")
        return _found(document, where[:-1], text, of_key=True)
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        return _found(document, where, _unknown_key(model, at, last), of_key=True)
    if kind == "literal_error":
        allowed = str(error["ctx"]["expected"]).replace(" or ", ", ")
        shown = visible(str(error["input"]))[:60]
        return _found(
            document, where, Text(zh=f"“{shown}”不在可选范围：{allowed}", en=f"'{shown}' is not one of {allowed}")
        )
    shape = _SHAPES.get(_KINDS.get(kind, kind))
    if shape is None:
        shape = Text(zh=f"不合格式：{error['msg']}", en=str(error["msg"]))
    return _found(document, where, shape, of_key=error["loc"][-1:] == ("[key]",))


def _unknown_key(model: type[Any], at: Where, key: str) -> Text:
    close = get_close_matches(key, _keys(model), 1)
    if close == [key]:  # of another part of the file
        return Text(zh=f"“{key}”不写在这里", en=f"'{key}' doesn't belong here")
    if close:
        return Text(
            zh=f"没有“{key}”这个键；是不是“{close[0]}”？", en=f"unknown key '{key}'; did you mean '{close[0]}'?"
        )
    kind = f"“{next(kind for kind, each in KINDS.items() if each is model)}”节点里" if at else ""
    return Text(zh=f"{kind}没有“{key}”这个键", en=f"unknown key '{key}'")


def _keys(model: type[Any]) -> tuple[str, ...]:
    schema = _adapter(model).json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple(sorted({key for part in parts for key in part.get("properties", {})}))


def _found(document: Document, where: Where, message: Text, *, of_key: bool = False) -> Diagnostic:
    return Diagnostic(document.path, document.place(where, of_key=of_key), RULE, Severity.ERROR, message)


def _for_editors(value: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    """Say in draft 07 what a file may have: pydantic speaks of its own values, and in a later draft."""
    if isinstance(value, list):
        return [_for_editors(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _for_editors(each) for key, each in value.items() if not (key == "default" and each is None)}
    ways = [each for each in kept.get("anyOf", []) if each != {"type": "null"}]
    if "anyOf" in kept and len(ways) == 1:  # a key without a value is a mistake, so no editor should offer `null`
        del kept["anyOf"]
        kept |= ways[0]
    if "prefixItems" in kept:
        kept["items"] = kept.pop("prefixItems")
    if "patternProperties" in kept:  # keys are ids
        kept["additionalProperties"] = False
    if kept.get("type") == "string" and not kept.keys() & {"enum", "const"}:
        kept["type"] = _written(kept.get("pattern"))
    return kept


def _written(pattern: str | None) -> str | list[str]:
    """Return how a text may be written: every scalar is one to the reader, also what YAML takes for a number."""
    if pattern is None:
        return ["string", "number", "boolean"]
    return ["string", "integer"] if pattern == ID.pattern else "string"


_KINDS = {
    "string_type": "text",
    "dataclass_type": "mapping",
    "dataclass_exact_type": "mapping",
    "mapping_type": "mapping",
    "dict_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "too_long": "too-many",
}

_SHAPES = {
    "text": Text(
        zh="这里要写一段文字；含有“{”“: ”“, ”或“ #”时请加引号",
        en="expected a text; put quotes around one with '{', ': ', ', ' or ' #' in it",
    ),
    "mapping": Text(zh="这里要写“键: 值”", en="expected keys and values"),
    "list": Text(zh="这里要写一个列表", en="expected a list"),
    "too-many": Text(zh="项目太多", en="too many items"),
    "empty": Text(zh="内容是空的；请写上，或者删掉这个键", en="this is empty; write something, or leave the key out"),
    "id": Text(
        zh="编号只能用小写字母、数字和连字符，例如 top-up",
        en="an id is lower-case letters, digits and hyphens, such as top-up",
    ),
    "integer": Text(zh="这里要写整数，例如 3", en="expected a whole number, such as 3"),
    "count": Text(zh="这里要写不小于零的整数，例如 3", en="expected a whole number from 0 up, such as 3"),
    "flag": Text(zh="这里只能写 true 或 false", en="expected true or false"),
    "format": Text(zh="格式版本只能是 1", en="the format is 1"),
    "date": Text(zh="日期写成 2026-01-31 这样", en="expected a date such as 2026-01-31"),
}
