"""Pictures for tests: of shipped flows, and of texts that nobody would write but to break out."""

from hypothesis import strategies as some

from walletdoc.exporters import mermaid
from walletdoc.library import Library
from walletdoc.picture import Arrow, Part, Picture, Place, clip, of_flow, of_pack

OURS = Library()  # one for all tests: each reads the flows that it is asked for once
SHIPPED = [file.id for file in OURS.flows]
KINDS = tuple(mermaid.SHAPES)  # a test holds that these are all

_MARKS = (*'"\\]})|<>&#;`\n\r\u202e', "%%{init", "end", "-->", "&quot;", "#quot;", "支付", "**", "1. ", "- ")
_PIECES = some.one_of(some.sampled_from(_MARKS), some.text(max_size=5))
HOSTILE = some.lists(_PIECES, max_size=6).map("".join)


def picture(id_: str, lang: str) -> Picture:
    """Return the picture of a shipped flow, or of all for `*`."""
    return of_pack(OURS, lang) if id_ == "*" else of_flow(id_, OURS, lang)


@some.composite
def hostile(draw) -> Picture:
    """Draw a picture of three places in two parts, all its texts hostile, as short as the painter makes them."""
    said = HOSTILE.map(lambda text: clip(text, 64))
    places = [
        Place(f"{at}", draw(said), draw(some.sampled_from(KINDS)), draw(said), (draw(said),), draw(some.booleans()))
        for at in range(3)
    ]
    arrows = (Arrow("0", "1", draw(said)), Arrow("1", "2", draw(said), "switch"), Arrow("0", "2", draw(said), "call"))
    first = Part("one", draw(said), tuple(places[:2]), arrows[:1], draw(some.booleans()))
    return Picture((first, Part("two", draw(said), tuple(places[2:]), arrows[1:])))
