"""Every usage error that typer can raise becomes a failure in both languages."""

from enum import Enum
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from walletdoc.usage import UsageError, failure


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


def command(
    name: str,
    count: Annotated[int, typer.Option("--count", "-c", min=1, max=5)] = 1,
    size: Annotated[int, typer.Option("--size")] = 1,
    colour: Annotated[Colour, typer.Option("--colour")] = Colour.RED,
    must: Annotated[str, typer.Option("--must")] = ...,  # type: ignore[assignment]
    share: Annotated[float, typer.Option("--share")] = 0.5,
) -> None:
    """Take one of each kind."""


def message(*arguments: str):
    app = typer.Typer(rich_markup_mode=None)
    app.command()(command)
    with pytest.raises(UsageError) as raised:
        get_command(app).make_context("test", list(arguments))
    return failure(raised.value, "test")


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("--must x", "缺少参数 NAME", "NAME is missing"),
        ("a", "缺少选项 --must", "option --must is missing"),
        (
            "a --must x --colour green",
            "--colour 的值不对；可选：red, blue",
            "bad value for --colour; choose one of red, blue",
        ),
        ("a --must x --count x", "--count 要填整数", "--count must be a whole number"),
        ("a --must x -c 9", "--count 超出范围：1<=x<=5", "--count is out of range: 1<=x<=5"),
        ("a --must x --size 1.5", "--size 要填整数", "--size must be a whole number"),
        ("a --must", "选项“--must”后面要有一个值", "option '--must' needs a value"),
        ("a --mst x", "没有“--mst”这个选项；是不是“--must”？", "there is no option '--mst'; did you mean '--must'?"),
        ("a -z", "没有“-z”这个选项", "there is no option '-z'"),
        ("a --must x b \x1b[31m", "多出来的词：b ", "more words than expected: b "),
        ("a --must x --share much", "--share 的值不对：", "bad value for --share: "),
    ],
)
def test_an_error_is_said_in_both_languages(line, zh, en):
    said = message(*line.split())
    assert said.code == 2
    assert said.message.zh.startswith(zh)
    assert said.message.en.startswith(en)
    assert said.hint is not None
    assert "walletdoc test --help" in said.hint.en
    assert "\x1b" not in said.message.zh + said.message.en


def test_all_else_is_said_in_typer_s_words():
    said = failure(UsageError("Something new."), None)
    assert "Something new." in said.message.en
    assert "Something new." in said.message.zh
    assert said.hint is not None
    assert "walletdoc --help" in said.hint.zh
