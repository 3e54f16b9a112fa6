"""Files to start from, filled in for whoever asked."""

import re
from pathlib import Path

from walletdoc.text import Lang

_TEMPLATE = Path(__file__).with_name("flow.yaml")
_ID = re.compile(r"^flow: template$", re.MULTILINE)
_COMMENT = re.compile(r"^( *)#(zh|en) (.*\n)", re.MULTILINE)


def flow(id_: str, lang: Lang) -> str:
    """Return a flow's file with this id, its comments in one language."""
    text = _COMMENT.sub(
        lambda found: f"{found[1]}# {found[3]}" if found[2] == lang else "", _TEMPLATE.read_text(encoding="utf-8")
    )
    return _ID.sub(f"flow: {id_}", text)
