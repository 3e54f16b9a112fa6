"""Free text to flows: how near what somebody wrote is to what people with each problem write.

Each phrase of a flow is a vector of its features, each weighed by how few flows it occurs in. A flow is as near as the middle
of its phrases, plus a share of the nearest two of them; what is about no flow (`elsewhere`) competes as topics of
its own. Scores are made shares of one: of a flow against all others, all topics and nothing at all. A sign of theft or
of a scam puts the flow that it calls for first. Pure.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, chain, count
from math import log, sqrt
from operator import mul
from typing import Any

from walletdoc.alarm import ALARMING, Sign, cautious, signs
from walletdoc.features import WAYS, Features, Reading, features, of_phrase, read
from walletdoc.frozen import frozen

NEAREST = (0.5, 0.25)
"""What the nearest phrase of a flow and the next one count, beside the middle of all."""
SHARPNESS = 5
"""The power of a score in its share: one that is an eighth below another has half its share."""
NOTHING = 0.2
"""The score of nothing at all, which a flow has to beat."""
SURE = 0.72
"""The share from which on a flow opens by itself.

Set by `tests/bench/find.py` where 95 in 100 of what opens is right, on the English questions by whose categories the phrases
were improved; six in ten of them open. Of Chinese questions that nothing was written after, 97 in 100, and seven in ten open.
"""
FIT = 0.05
"""The share of the likeliest flow below which nothing fits."""
UNHEARD = 0.5
"""What a feature that no phrase has counts, beside the rarest that one has: who says much else may mean something else."""
LITTLE = 0.5
"""What a feature has to add to be counted: one that is common to many topics tells none of them apart, and takes time."""
LEAST = 0.001
"""The share below which a flow is not worth mentioning."""
WORDS = 3
"""How many of the words that matched are given."""
OFFERED = 3
"""How many flows are offered where none opens by itself."""
AHEAD = 1.02
"""How far a sign puts the flow that it calls for ahead of the nearest one."""
FORWARD = 0.6
"""How near to it the other flows come that the sign calls for."""

BACK = 0.7
"""How far back what has happened is put where a text asks how to keep it from happening."""


@frozen
class Phrase:
    """Something that is said when a topic is meant: a flow's id, or any name for what is about none."""

    topic: str
    text: str


@frozen
class Found:
    """A flow with its share of one, and the words of the text that speak for it, the strongest first.

    The words are of the flows that are offered, the first few. `signs` are the words of theft or of a scam that call for it.
    """

    flow: str
    score: float
    words: tuple[str, ...]
    signs: tuple[str, ...] = ()


@frozen
class Way:
    """The phrases that are written in one way, in the order of their topics, and their features, both by number.

    Of feature `n`, `where[starts[n]]` says in how many topics it is, and what follows up to `starts[n + 1]` in which phrases.
    """

    topics: list[int]
    """The topic of each phrase."""
    topic_scale: list[float]
    """What makes the sum of the phrases of each topic one long; 0 for one that has none."""
    scale: list[float]
    """What makes each phrase one long."""
    features: dict[str, int]
    starts: memoryview
    where: memoryview


@frozen
class Index:
    """Phrases made ready: `topics` are the flows, then what is about none, from `flows` on."""

    topics: list[str]
    flows: int
    ways: dict[str, Way]


def plain(index: Index) -> Any:  # noqa: ANN401 - whatever marshal takes
    """Return an index as `marshal` takes it, few large values being read much faster than many small ones."""
    ways = {
        name: (
            way.topics,
            way.topic_scale,
            way.scale,
            "\n".join(way.features),
            way.starts.tobytes(),
            way.where.tobytes(),
        )
        for name, way in index.ways.items()
    }
    return [index.topics, index.flows, ways]


def index_of(plain: Any) -> Index:  # noqa: ANN401 - what `plain` returned
    """Return the index that `plain` took apart."""
    topics, flows, ways = plain
    return Index(topics, flows, {name: _way_of(*parts) for name, parts in ways.items()})


def _way_of(
    topics: list[int], topic_scale: list[float], scale: list[float], features: str, starts: bytes, where: bytes
) -> Way:
    numbered = _numbered(features.split("\n"))
    return Way(topics, topic_scale, scale, numbered, memoryview(starts).cast("I"), memoryview(where).cast("I"))


def _numbered(features: Iterable[str]) -> dict[str, int]:
    return dict(zip(features, count(), strict=False))


# --- making an index


def build(phrases: Iterable[Phrase], elsewhere: Iterable[Phrase] = ()) -> Index:
    """Return the index of phrases of flows, and of what is about none."""
    mine, others = _by_topic(phrases), _by_topic(elsewhere)
    topics = [*mine, *others]
    written: dict[str, list[Written]] = {way: [] for way in WAYS}
    for topic, texts in enumerate((*mine.values(), *others.values())):
        for text in texts:
            for way, said in of_phrase(text).items():
                if said:
                    written[way].append((topic, said))
    return Index(topics, len(mine), {way: _way(those, len(topics)) for way, those in written.items()})


Written = tuple[int, Features]
"""A phrase as one way of writing has it: the number of its topic, and its features."""


def _by_topic(phrases: Iterable[Phrase]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in phrases:
        found.setdefault(each.topic, []).append(each.text)
    return found


def _way(written: list[Written], topics: int) -> Way:
    """Return one way of writing, of phrases in the order of their topics."""
    among = _among(written)
    scale, topic_scale = _scales(written, among, topics)
    return Way([topic for topic, _ in written], topic_scale, scale, _numbered(among), *_where(written, among))


def _among(written: list[Written]) -> dict[str, int]:
    """Return in how many topics each feature is."""
    found: dict[str, set[int]] = defaultdict(set)
    for topic, said in written:
        for each in said:
            found[each].add(topic)
    return {key: len(each) for key, each in found.items()}


@cache
def _rarities(topics: int) -> tuple[float, ...]:
    """Return how much a feature tells by the number of topics that it is in, from 0 on."""
    return (0.0, *(log(1 + topics / among) for among in range(1, max(topics, 1) + 1)))


def _scales(written: list[Written], among: dict[str, int], topics: int) -> tuple[list[float], list[float]]:
    """Return what makes each phrase one long, and what makes the sum of the phrases of each topic so."""
    scale: list[float] = []
    rare = _rarities(topics)
    sums: list[dict[str, float]] = [defaultdict(float) for _ in range(topics)]
    for topic, said in written:
        weights = {each: counts * rare[among[each]] for each, (counts, _) in said.items()}
        scale.append(1 / sqrt(sum(each * each for each in weights.values())))
        for each, weight in weights.items():
            sums[topic][each] += weight * scale[-1]
    lengths = [sqrt(sum(each * each for each in whole.values())) for whole in sums]
    return scale, [1 / length if length else 0.0 for length in lengths]


def _where(written: list[Written], among: dict[str, int]) -> tuple[memoryview, memoryview]:
    """Return where what is said of each feature starts, and what is said of all."""
    found: dict[str, list[int]] = {each: [topics] for each, topics in among.items()}
    for at, (_, said) in enumerate(written):
        for each in said:
            found[each].append(at)
    starts = array("I", accumulate(map(len, found.values()), initial=0))
    return memoryview(starts), memoryview(array("I", chain.from_iterable(found.values())))


# --- asking it


def find(text: str, index: Index) -> tuple[Found, ...]:
    """Return the flows that a text may mean, the likeliest first; nothing where it fits none."""
    reading = read(text)
    asked, length = _asked(reading, index)
    scores = _scores(asked, length, index)
    given = tuple(signs(reading))
    called = _put_ahead(scores, given, index)
    if not given and cautious(reading):
        _put_back(scores, index)
    total = sum((each**SHARPNESS for each in scores.values()), NOTHING**SHARPNESS)
    shares = {topic: each**SHARPNESS / total for topic, each in scores.items()}
    flows = sorted((topic for topic in shares if topic < index.flows), key=lambda each: -shares[each])
    if not flows or shares[flows[0]] < FIT:
        return ()
    return tuple(
        Found(
            index.topics[each],
            shares[each],
            tuple(_strongest(each, asked, index)) if at < OFFERED else (),
            called.get(each, ()),
        )
        for at, each in enumerate(flows)
        if shares[each] >= LEAST
    )


def sure(found: tuple[Found, ...]) -> bool:
    """Whether the first of these flows opens by itself."""
    return bool(found) and found[0].score >= SURE


def _put_ahead(scores: dict[int, float], given: tuple[Sign, ...], index: Index) -> dict[int, tuple[str, ...]]:
    """Put one flow of those that signs call for first, and return it with the words of its signs.

    It is what most kinds of signs call for, then the nearest. The others come forward too: which of them it is, a few
    words seldom tell.
    """
    if not given:
        return {}
    known = {flow: at for at, flow in enumerate(index.topics[: index.flows])}
    called = [known[flow] for flow in dict.fromkeys(flow for sign in given for flow in sign.flows) if flow in known]
    if not called:
        return {}
    kinds = Counter(flow for flows in {sign.flows for sign in given} for flow in flows)
    first = max(called, key=lambda each: (kinds[index.topics[each]], scores.get(each, 0.0)))
    highest = max([NOTHING, *(score for at, score in scores.items() if at != first)])
    scores[first] = max(scores.get(first, 0.0), highest * AHEAD)
    for each in called:
        scores[each] = max(scores.get(each, 0.0), scores[first] * FORWARD)
    return {first: tuple(sign.words for sign in given if index.topics[first] in sign.flows)}


def _put_back(scores: dict[int, float], index: Index) -> None:
    """Put back the flows for what has happened: a text asks how to keep it from happening."""
    for at, flow in enumerate(index.topics[: index.flows]):
        if flow in ALARMING and at in scores:
            scores[at] *= BACK


Asked = dict[str, list[tuple[float, str, memoryview]]]
"""The features of a text that are known, by way: what each adds, the word it stands for, and the phrases that have it."""


def _asked(reading: Reading, index: Index) -> tuple[Asked, float]:
    """Return what a text asks, and how long it is: what its features add is to be divided by that."""
    rare = _rarities(len(index.topics))
    asked: Asked = {}
    unheard = length = 0.0
    for name, said in features(reading, index.ways["en"].features).items():
        way = index.ways[name]
        asked[name] = known = []
        for feature, (counts, word) in said.items():
            number = way.features.get(feature)
            if number is None:
                unheard += counts * counts
                continue
            start, end = way.starts[number], way.starts[number + 1]
            adds = (counts * rare[way.where[start]]) ** 2
            length += adds
            if adds >= LITTLE:
                known.append((adds, word, way.where[start + 1 : end]))
    return asked, sqrt(length + UNHEARD * unheard * rare[1] * rare[1]) or 1.0


def _scores(asked: Asked, length: float, index: Index) -> dict[int, float]:
    """Return how near each topic is: the middle of its phrases, and its nearest ones."""
    scores: dict[int, float] = defaultdict(float)
    nearest: dict[int, list[float]] = defaultdict(list)
    for name, known in asked.items():
        way = index.ways[name]
        for topic, near in _near(known, way).items():
            scores[topic] += sum(near) * way.topic_scale[topic] / length
            nearest[topic] += near
    for topic, those in nearest.items():
        those.sort(reverse=True)
        scores[topic] += sum(map(mul, NEAREST, those)) / length
    return scores


def _near(known: list[tuple[float, str, memoryview]], way: Way) -> dict[int, list[float]]:
    """Return by topic how near those of its phrases are that have a feature of the text, by its length."""
    sums: dict[int, float] = defaultdict(float)
    for adds, _, phrases in known:
        for phrase in phrases:
            sums[phrase] += adds
    near: dict[int, list[float]] = defaultdict(list)
    topics, scale = way.topics, way.scale
    for phrase, adds in sums.items():
        near[topics[phrase]].append(adds * scale[phrase])
    return near


def _strongest(topic: int, asked: Asked, index: Index) -> Iterator[str]:
    """Yield the words of a text that bring it nearest to a topic, none that is part of another."""
    adds: dict[str, float] = defaultdict(float)
    for name, those in asked.items():
        way = index.ways[name]
        start, end = bisect_left(way.topics, topic), bisect_right(way.topics, topic)
        for each, word, phrases in those:
            if word:
                within = phrases[bisect_left(phrases, start) : bisect_left(phrases, end)]
                adds[word] += each * sum(map(way.scale.__getitem__, within))
    given: list[str] = []
    for word in sorted(filter(adds.get, adds), key=lambda each: -adds[each]):
        if len(given) < WORDS and not any(word in each or each in word for each in given):
            given.append(word)
            yield word
