"""Small packs for tests, written as files and read as any pack is."""

from pathlib import Path
from textwrap import dedent

from walletdoc.library import Library

HEAD = """
    flow: {id}
    format: 1
    title: {{zh: "测试", en: "Test"}}
    phrases: {{zh: ["测试一下"], en: ["just a test"]}}
    causes:
      one: {{title: {{zh: "其一", en: "One"}}, weight: 1, basis: judgement}}
    start: {start}
    nodes:
"""


def say(text: str) -> str:
    return f'{{zh: "{text}", en: "{text}"}}'


def flow(id_: str, nodes: str, start: str = "first") -> str:
    """Return a flow's file around these nodes."""
    body = "".join(f"  {line}\n" if line.strip() else "" for line in dedent(nodes).splitlines())
    return dedent(HEAD).format(id=id_, start=start).lstrip() + body


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files of a pack by their names below it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def library(folder: Path, **flows: str) -> Library:
    """Return a library with a pack of these flows (nodes by id, `_` for `-`) beside ours."""
    files = {f"test/{id_.replace('_', '-')}.yaml": flow(id_.replace("_", "-"), nodes) for id_, nodes in flows.items()}
    return Library(write(folder, files))
