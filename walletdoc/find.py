"""Free text to flows: how near what somebody wrote is to what people with each problem write.

Each phrase of a flow is a vector of its features, each weighed by how few flows it occurs in. A flow is as near as the middle
of its phrases, plus a share of the nearest two of them; what is about no flow (`elsewhere`) competes as topics of
its own. Scores are made shares of one: of a flow against all others, all topics and nothing at all. A sign of theft or
of a scam puts the flow that it calls for first. Pure.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log, sqrt
from operator import mul
from typing import Any

from walletdoc.alarm import Sign, signs
from walletdoc.features import WAYS, Features, features, of_phrase
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
were improved; six in ten of them open. New Chinese questions gave 93 to 100 in 100, in three small sets.
"""
FIT = 0.05
"""The share of the likeliest flow below which nothing fits."""
UNHEARD = 0.5
"""What a feature that no phrase has counts, beside the rarest that one has: who says much else may mean something else."""
LEAST = 0.001
"""The share below which a flow is not worth mentioning."""
WORDS = 3
"""How many of the words that matched are given."""
OFFERED = 3
"""How many flows are offered where none opens by itself."""
AHEAD = 1.02
"""How far a sign puts the flow that it calls for ahead of the nearest one."""


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
class Index:
    """Phrases made ready: everything is plain, so that `marshal` keeps it.

    `topics` are the flows, then what is about none, from `flows` on. A group is the phrases of a topic written in one way;
    phrases are numbered group by group. `where` says for each way and feature in how many topics it is, and in which
    phrases (32 bits each).
    """

    topics: list[str]
    flows: int
    topic_of: list[int]
    """The topic of each group."""
    starts: list[int]
    """The first phrase of each group, and the end of the last."""
    group_scale: list[float]
    """What makes the sum of the phrases of each group one long."""
    scale: bytes
    """What makes each phrase one long, 32-bit floats."""
    where: dict[str, dict[str, bytes]]


def plain(index: Index) -> Any:  # noqa: ANN401 - whatever marshal takes
    """Return an index as `marshal` takes it."""
    return [getattr(index, name) for name in Index.__match_args__]


def index_of(plain: Any) -> Index:  # noqa: ANN401 - what `plain` returned
    """Return the index that `plain` took apart."""
    return Index(*plain)


# --- making an index


def build(phrases: Iterable[Phrase], elsewhere: Iterable[Phrase] = ()) -> Index:
    """Return the index of phrases of flows, and of what is about none."""
    mine, others = _by_topic(phrases), _by_topic(elsewhere)
    written = [
        (WAYS.index(way), topic, said)
        for topic, texts in enumerate((*mine.values(), *others.values()))
        for text in texts
        for way, said in of_phrase(text).items()
        if said
    ]
    written.sort(key=lambda each: each[:2])
    groups = list(dict.fromkeys((way, topic) for way, topic, _ in written))
    begins = {group: at for at, group in reversed([(at, each[:2]) for at, each in enumerate(written)])}
    scale, group_scale = _scales(written, len(mine) + len(others))
    return Index(
        topics=[*mine, *others],
        flows=len(mine),
        topic_of=[topic for _, topic in groups],
        starts=[*(begins[group] for group in groups), len(written)],
        group_scale=group_scale,
        scale=scale.tobytes(),
        where=_where(written),
    )


Written = tuple[int, int, Features]
"""A phrase as one way of writing has it: the number of the way and of its topic, and its features."""


def _by_topic(phrases: Iterable[Phrase]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in phrases:
        found.setdefault(each.topic, []).append(each.text)
    return found


def _among(written: Iterable[Written]) -> dict[tuple[int, str], int]:
    """Return in how many topics each feature of each way is."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for way, topic, said in written:
        for each in said:
            found[way, each].add(topic)
    return {key: len(each) for key, each in found.items()}


def _rare(among: int, topics: int) -> float:
    return log(1 + topics / among)


def _scales(written: Iterable[Written], topics: int) -> tuple["array[float]", list[float]]:
    """Return what makes each phrase one long, and what makes the sum of the phrases of each group so."""
    among = _among(written)
    scale = array("f")
    sums: dict[tuple[int, int], dict[str, float]] = {}
    for way, topic, said in written:
        weights = {each: counts * _rare(among[way, each], topics) for each, (counts, _) in said.items()}
        scale.append(1 / sqrt(sum(each * each for each in weights.values())))
        whole = sums.setdefault((way, topic), defaultdict(float))
        for each, weight in weights.items():
            whole[each] += weight * scale[-1]
    return scale, [1 / sqrt(sum(each * each for each in whole.values())) for whole in sums.values()]


def _where(written: Iterable[Written]) -> dict[str, dict[str, bytes]]:
    among = _among(written)
    found: dict[str, dict[str, array[int]]] = {way: {} for way in WAYS}
    for at, (way, _, said) in enumerate(written):
        places = found[WAYS[way]]
        for each in said:
            if each not in places:
                places[each] = array("I", [among[way, each]])
            places[each].append(at)
    return {way: {each: at.tobytes() for each, at in places.items()} for way, places in found.items()}


# --- asking it


def find(text: str, index: Index) -> tuple[Found, ...]:
    """Return the flows that a text may mean, the likeliest first; nothing where it fits none."""
    asked = _asked(text, index)
    scores = _scores(_near(asked, index), index)
    called = _put_ahead(scores, tuple(signs(text)), index)
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
    """Put the nearest flow of those that signs call for first, and return it with the words of its signs."""
    meant = {at: index.topics[at] for at in range(index.flows)}
    called = [at for at, flow in meant.items() if any(flow in sign.flows for sign in given)]
    if not called:
        return {}
    first = max(called, key=lambda each: scores.get(each, 0.0))
    highest = max([NOTHING, *(score for at, score in scores.items() if at != first)])
    scores[first] = max(scores.get(first, 0.0), highest * AHEAD)
    return {first: tuple(sign.words for sign in given if meant[first] in sign.flows)}


Asked = list[tuple[float, str, memoryview]]
"""The features of a text that are known: what each adds, the word it stands for, and the phrases that have it."""


def _asked(text: str, index: Index) -> Asked:
    said = features(text, index.where["en"])
    known: list[tuple[float, str, memoryview]] = []
    unheard = 0.0
    for way, each in said.items():
        places = index.where[way]
        for feature, (counts, word) in each.items():
            place = places.get(feature)
            if place is None:
                unheard += counts * counts
                continue
            ids = memoryview(place).cast("I")
            rare = _rare(ids[0], len(index.topics))
            known.append(((counts * rare) ** 2, word, ids[1:]))
    rarest = _rare(1, len(index.topics))
    length = sqrt(sum(adds for adds, _, _ in known) + UNHEARD * unheard * rarest * rarest) or 1.0
    return [(adds / length, word, ids) for adds, word, ids in known]


def _near(asked: Asked, index: Index) -> list[float]:
    """Return how near each phrase is: the cosine of the angle between it and the text."""
    sums = [0.0] * index.starts[-1]
    for adds, _, phrases in asked:
        for phrase in phrases:
            sums[phrase] += adds
    return list(map(mul, sums, memoryview(index.scale).cast("f")))


def _scores(near: list[float], index: Index) -> dict[int, float]:
    """Return how near each topic is: the middle of its phrases, and its nearest ones."""
    scores: dict[int, float] = defaultdict(float)
    nearest: dict[int, list[float]] = defaultdict(list)
    for topic, scale, (start, end) in zip(index.topic_of, index.group_scale, pairwise(index.starts), strict=True):
        group = near[start:end]
        middle = sum(group)
        if middle:
            scores[topic] += middle * scale
            nearest[topic] += group
    for topic, those in nearest.items():
        those.sort(reverse=True)
        scores[topic] += sum(map(mul, NEAREST, those))
    return scores


def _strongest(topic: int, asked: Asked, index: Index) -> Iterator[str]:
    """Yield the words of a text that bring it nearest to a topic, none that is part of another."""
    scale = memoryview(index.scale).cast("f")
    groups = [range(*ends) for each, ends in zip(index.topic_of, pairwise(index.starts), strict=True) if each == topic]
    adds: dict[str, float] = defaultdict(float)
    for each, word, phrases in asked:
        if word:
            adds[word] += each * sum(sum(scale[at] for at in _within(phrases, group)) for group in groups)
    given: list[str] = []
    for word in sorted(filter(adds.get, adds), key=lambda each: -adds[each]):
        if len(given) < WORDS and not any(word in each or each in word for each in given):
            given.append(word)
            yield word


def _within(phrases: memoryview, group: range) -> memoryview:
    """Return those of some phrases, in their order, that are of a group."""
    return phrases[bisect_left(phrases, group.start) : bisect_left(phrases, group.stop)]
