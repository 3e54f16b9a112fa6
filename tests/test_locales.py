"""Messages: the same in both languages, all of them used, and none used that is not there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest

from walletdoc.locales import both, en, say, zh

PACKAGE = Path(__file__).parents[1] / "walletdoc"
LOCALES = {"zh": zh.MESSAGES, "en": en.MESSAGES}
KEY = re.compile(r"[a-z]+\.[a-zA-Z0-9-]+")
AREAS = {key.partition(".")[0] for key in zh.MESSAGES}


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@cache
def trees() -> tuple[ast.Module, ...]:
    paths = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "locales"]
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths)


def nodes() -> Iterator[ast.AST]:
    return chain.from_iterable(map(ast.walk, trees()))


def written() -> set[str]:
    """Return every text in the code that looks like a key of an area that there is."""
    pieces = {id(part) for node in nodes() if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = (node.value for node in nodes() if isinstance(node, ast.Constant) and id(node) not in pieces)
    found = (text for text in texts if isinstance(text, str) and KEY.fullmatch(text) and not text.endswith(".yaml"))
    return {text for text in found if text.partition(".")[0] in AREAS}


def made() -> set[str]:
    """Return, as patterns, the keys that are put together where they are used: f"help.{name}"."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[^ ]+" for part in node.values]
            if re.match(r"[a-z]+\\\.", parts[0]) and parts[0].partition("\\.")[0] in AREAS:
                found.add("".join(parts))
    return found


def calls() -> Iterator[tuple[str, set[str]]]:
    """Yield the key of each call of `say` and `both`, and the names of the values that it is given."""
    for node in nodes():
        if isinstance(node, ast.Call) and not any(keyword.arg is None for keyword in node.keywords):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            keys = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value in zh.MESSAGES]
            if name.strip("_") in {"say", "both"} and len(keys) == 1:
                yield keys[0], {str(keyword.arg) for keyword in node.keywords}


def test_both_languages_have_the_same_keys_and_fields():
    assert set(zh.MESSAGES) == set(en.MESSAGES)
    for key, message in zh.MESSAGES.items():
        assert fields(message) == fields(en.MESSAGES[key]), key


def test_keys_are_of_one_shape():
    assert not [key for key in zh.MESSAGES if not KEY.fullmatch(key)]


def test_no_key_stands_twice():
    for lang in LOCALES:
        tree = ast.parse((PACKAGE / "locales" / f"{lang}.py").read_text(encoding="utf-8"))
        keys = [key.value for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys]
        assert sorted(keys) == sorted(set(keys))


def test_every_key_that_is_used_exists():
    assert written() - set(zh.MESSAGES) == set()
    for pattern in made():
        assert any(re.fullmatch(pattern, key) for key in zh.MESSAGES), pattern


def test_every_key_that_exists_is_used():
    patterns = made()
    used = written()
    assert [
        key for key in zh.MESSAGES if key not in used and not any(re.fullmatch(each, key) for each in patterns)
    ] == []


def test_every_message_gets_what_it_asks_for():
    found = list(calls())
    assert len(found) > 50
    for key, given in found:
        assert fields(zh.MESSAGES[key]) <= given, key


@pytest.mark.parametrize("lang", LOCALES)
def test_a_message_can_be_said(lang):
    for key, message in LOCALES[lang].items():
        values = dict.fromkeys(fields(message), 7)
        assert say(lang, key, **values) == message.format(**values)
        assert both(key, **values).of(lang) == say(lang, key, **values)


def test_an_unknown_key_is_a_mistake():
    with pytest.raises(KeyError):
        say("en", "no.such")


def unquoted(message: str) -> str:
    return re.sub("“[^”]*”", "", message)


def test_chinese_has_chinese_punctuation():
    ascii_mark = re.compile(r"[\u4e00-\u9fff”）][,;:?!(]|[,;:?!)](?=[\u4e00-\u9fff“])|[\u4e00-\u9fff]\.(?:$|\s)")
    assert [message for message in map(unquoted, zh.MESSAGES.values()) if ascii_mark.search(message)] == []


def test_english_has_no_chinese_but_what_is_to_be_found_on_screen():
    chinese = re.compile("[\u4e00-\u9fff\uff01-\uff5e]")
    assert [message for message in map(unquoted, en.MESSAGES.values()) if chinese.search(message)] == []
