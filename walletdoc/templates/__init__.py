"""Files to start from, filled in for whoever asked."""

import re
from pathlib import Path

from walletdoc.text import Lang

_FLOW = Path(__file__).with_name("flow.yaml")
_TEST = Path(__file__).with_name("flow.test.yaml")
_ID = re.compile(r"^(flow|test): template$", re.MULTILINE)
_COMMENT = re.compile(r"^( *)#(zh|en) (.*\n)", re.MULTILINE)


def flow(id_: str, lang: Lang) -> str:
    """Return a flow's file with this id, its comments in one language."""
    return _filled(_FLOW, id_, lang)


def test(id_: str, lang: Lang) -> str:
    """Return a test file of that flow, its comments in one language."""
    return _filled(_TEST, id_, lang)


def _filled(template: Path, id_: str, lang: Lang) -> str:
    text = _COMMENT.sub(
        lambda found: f"{found[1]}# {found[3]}" if found[2] == lang else "", template.read_text(encoding="utf-8")
    )
    return _ID.sub(rf"\1: {id_}", text)
