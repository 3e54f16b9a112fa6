"""The index of all flows of a library: made of what their authors wrote, and kept until one of them changes."""

from collections.abc import Iterator
from pathlib import Path

from walletdoc import cache, find
from walletdoc.elsewhere import ELSEWHERE
from walletdoc.find import Index, Phrase
from walletdoc.flow import Flow
from walletdoc.library import Library

_MADE_BY = ("alarm", "chinese", "elsewhere", "english", "features", "find", "phrasebook", "pinyin", "traditional")


def index(library: Library, folder: Path | None) -> Index:
    """Return the index of a library, kept in a folder if there is one; raises as reading its flows does."""
    name = cache.key(b"find", _edition(), *(f"{each.id}{library.digest(each.id)}".encode() for each in library.flows))
    kept = cache.load_plain(folder, name) if folder else None
    if kept is not None:
        return find.index_of(kept)
    made = find.build(
        (phrase for each in library.flows for phrase in phrases(library.flow(each.id))),
        (Phrase(topic, text) for topic, texts in ELSEWHERE.items() for text in texts),
    )
    if folder:
        cache.store_plain(folder, name, find.plain(made))
    return made


def _edition() -> bytes:
    """Return what an index depends on besides the flows: the code that makes it."""
    here = Path(__file__).parent
    made_by = [here / f"{name}.py" for name in _MADE_BY]
    return repr([each.stat().st_mtime_ns for each in made_by if each.is_file()]).encode()


def phrases(flow: Flow) -> Iterator[Phrase]:
    """Yield what is said when a flow is meant: its title and its phrases.

    The titles of causes and the texts of options were measured too, as weaker evidence: they found no more in Chinese, and a
    little less in English, where the same options (yes, the balance, the card) stand in many flows.
    """
    for text in (flow.title.zh, flow.title.en, *flow.phrases.zh, *flow.phrases.en):
        yield Phrase(flow.flow, text)
