"""The caller: who rings up, with which hidden cause, in which mood, and what is true of them. All drawn from one seed.

A caller answers as a truthful user of the flow does: from the cause's truth, the usual value elsewhere; of a list and of
an open fact one is drawn for the whole call. What their flow does not ask they are unsure of, and a try outside
their flow does not help. On higher levels they slip: they don't know something that they could have known, answer
another question than the one asked, or are wrong once, and sound doubtful then.
"""

from collections.abc import Mapping
from typing import Literal

from walletdoc.engine import Place
from walletdoc.flow import UNSURE, Ask, Do, FactNode, Flow, Number, Pack, Try
from walletdoc.frozen import frozen
from walletdoc.mass import facts_asked
from walletdoc.practice.chance import Draw
from walletdoc.truth import called, values

LEVELS = (1, 2, 3)
Mood = Literal["calm", "worried", "angry", "rushed", "chatty"]
MOODS: tuple[Mood, ...] = ("calm", "worried", "angry", "rushed", "chatty")
HEATED: frozenset[Mood] = frozenset({"worried", "angry", "rushed"})
URGED = "urged"
"""The fact that somebody presses the user; who says so unasked describes a scam."""
SHOPS = 6
_OFFERING = {1: 0.25, 2: 0.35, 3: 0.5}  # how often a caller of each level offers a secret
_EARLIEST, _LATEST = 1, 3  # the turns after which that happens
_SOONEST, _LONGEST_AGO = 2, 6  # hours ago; a time of day might lie in the future of whoever practises


@frozen
class Spec:
    """What makes a call: the flow and cause that are hidden in it, the level of difficulty, the seed of all else."""

    flow: str
    cause: str
    level: int
    seed: int


@frozen
class Particulars:
    """Made-up facts that the caller sticks to: yuan, a shop by its number, how many hours ago it was, a code.

    `digits` are what numbers of orders and payments are made of.
    """

    amount: str
    shop: int
    hours: int
    digits: str
    code: str

    def reference(self, of: str) -> str:
        """Return a number, as an order or a payment has one: for each thing another, always the same."""
        letter = "ABDEFHKM"[sum(map(ord, of)) % 8]
        turned = self.digits[len(of) % 7 :] + self.digits[: len(of) % 7]
        return f"{letter}{turned[:3]}-{turned[3:6]}"


@frozen
class Caller:
    """A caller; `said` are the answers drawn for the questions of the flow, `facts` those for its facts.

    `offers_at` is the turn after which they offer a code unasked, 0 for never; `pressed` says that they tell of somebody
    who presses them.
    """

    spec: Spec
    flow: Flow
    mood: Mood
    said: Mapping[str, str]
    facts: Mapping[str, str]
    particulars: Particulars
    offers_at: int
    pressed: bool

    def truth(self, place: Place) -> str:
        """Return what the caller truthfully answers at a place of any flow."""
        node = place.node
        ours = place.flow.flow == self.flow.flow
        match node:
            case FactNode(fact=fact):
                return self.facts.get(fact, UNSURE)
            case Ask() | Number():
                usual = UNSURE if node.usual is None else str(node.usual)
                return self.said.get(place.id, usual) if ours and not place.frames else UNSURE
            case Try():
                fixes = place.frames[0].call.fixes if place.frames else node.fixes
                return "fixed" if ours and self.spec.cause in fixes else "not-fixed"
            case Do():
                return "done"
            case _:
                raise TypeError(place.key)

    @property
    def every_answer(self) -> Mapping[str, str]:
        """All that is drawn, keyed as in a cause's truth."""
        return {**self.said, **{f"fact.{fact}": value for fact, value in self.facts.items()}}


def ring(spec: Spec, pack: Pack) -> Caller:
    """Return the caller of a call; raises KeyError for a cause that the flow does not have."""
    flow = pack.flow(spec.flow)
    truth = flow.causes[spec.cause].truth
    draw = Draw("caller", spec.seed, spec.flow, spec.cause, spec.level)
    mood = draw.pick(MOODS)
    said = {key: draw.pick(truth[key]) for key in sorted(truth) if truth[key] and not key.startswith("fact.")}
    asked = sorted(set(facts_asked(flow, called(flow, pack))))
    facts = {fact: draw.pick(values(pack.facts[fact], truth.get(f"fact.{fact}"))) for fact in asked}
    offers = draw.chance(_OFFERING[spec.level])
    return Caller(
        spec=spec,
        flow=flow,
        mood=mood,
        said=said,
        facts=facts,
        particulars=_particulars(draw),
        offers_at=draw.between(_EARLIEST, _LATEST) if offers else 0,
        pressed=facts.get(URGED) == "yes",
    )


def _particulars(draw: Draw) -> Particulars:
    digits = str(draw.between(2, 7)) + "".join(str(draw.between(0, 9)) for _ in range(9))  # like no mobile number
    return Particulars(
        amount=f"{draw.pick((9, 26, 48, 79, 128, 199, 350, 680, 1280))}.{draw.pick(('00', '50', '80', '90'))}",
        shop=draw.between(1, SHOPS),
        hours=draw.between(_SOONEST, _LONGEST_AGO),
        digits=digits,
        code=f"{draw.between(100, 999)}{draw.between(100, 999)}",
    )
