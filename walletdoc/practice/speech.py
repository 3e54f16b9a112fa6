"""What is said in a call, in one language: by the caller, by a colleague, and what each choice of the desk says."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from walletdoc.contacts import ROLES
from walletdoc.engine import Place, Session
from walletdoc.flow import UNSURE, Ask, Do, Fact, Flow, Number, Try
from walletdoc.locales import say
from walletdoc.practice.bestway import Call
from walletdoc.practice.chance import Draw
from walletdoc.practice.desk import Desk, Heard
from walletdoc.practice.endings import items_of
from walletdoc.practice.offers import END, HINT, UNSAFE, place_of
from walletdoc.practice.score import HINT_COST
from walletdoc.text import Lang
from walletdoc.wording import Wording

_MONEY = frozenset({"amount", "method"})
_TIMES = re.compile(r"[天周月年]|星期|小时|[昨今]|刚才|\b(?:days?|weeks?|months?|hours?|today|yesterday|night|ago)\b")
_PLAINEST = 4  # phrases to choose an opening from, where all say something special
_STEM = re.compile(r"\b[a-z]{4}")
_TRIED = {"try": "practice.say-try", "do": "practice.say-do"}


class Speech:
    """The words of one call in one language."""

    def __init__(self, call: Call, lang: Lang) -> None:
        """Take the call."""
        self.call = call
        self.lang = lang

    def _say(self, key: str, **values: object) -> str:
        return say(self.lang, f"practice.{key}", **values)

    def words(self, known: Mapping[str, str]) -> Wording:
        """Return words whose contacts are those of the facts that the caller has told."""
        facts = {key.removeprefix("fact."): each for key, each in known.items() if key.startswith("fact.")}
        call = self.call
        return Wording(call.library, Session(call.tables, {}, (), facts, call.tables.first[3]), self.lang)

    # --- what is heard

    def heard(self, desk: Desk) -> list[str]:
        """Return what was said since the last move, one line for each."""
        return [line for each in desk.heard for line in self._heard(desk, each)]

    def _heard(self, desk: Desk, heard: Heard) -> Iterator[str]:
        match heard.kind:
            case "opening":
                yield self._quoted(self.opening())
            case "colleague":
                yield self._say("colleague", flow=self.title(heard.about))
            case "hint":
                yield self._hint(desk, heard.about)
            case "hung-up":
                yield self._say("hung-up")
            case "prepare":
                yield from self._filled(heard)
            case _:
                words = self._words_of(desk, heard)
                if words:
                    yield self._quoted(words)

    def _quoted(self, words: str) -> str:
        return self._say("caller", words=words)

    def _words_of(self, desk: Desk, heard: Heard) -> str:  # noqa: PLR0911 - one for each kind
        """Return what the caller says to something; nothing where there is nothing to say."""
        match heard.kind:
            case "greet" | "flow" | "secret" | "soothe" | "scam":
                return self._say(f"to-{heard.kind}-{'right' if heard.answer == 'right' else 'wrong'}")
            case "unsafe":
                return self._say(f"to-{heard.about}", code=self.call.caller.particulars.code)
            case "pressed" | "impatient":
                return self._say(f"caller-{heard.kind}")
            case "offers":
                return self._say("caller-offers", code=self.call.caller.particulars.code)
            case "astray":
                return self._say("caller-astray", when=self._when())
            case "hedged":
                return self._say("caller-hedged", answer=self._answer(desk, heard))
            case "unknown":
                return self._say("caller-unknown")
            case "ask" | "number" | "fact" | "try" | "do":
                return self._answer(desk, heard)
            case _:
                return ""

    def _answer(self, desk: Desk, heard: Heard) -> str:
        place = place_of(self.call, heard.about)
        if place.kind in {"try", "do"}:
            return self._say(f"caller-{heard.answer}")
        if heard.answer == UNSURE:
            return self._say("caller-unsure")
        return self.words(desk.known).answer(place, heard.answer)

    def _hint(self, desk: Desk, best: str) -> str:
        if best == END:
            return self._say("hint-end")
        return self._say("hint", choice=self.label(desk, "turn", best), why=self.why(best) or "")

    def _filled(self, heard: Heard) -> Iterator[str]:
        """Let the caller give what was asked to have ready."""
        things, secret = items_of(self.call, heard.about)
        if secret:
            yield self._quoted(self._say("to-secret-list"))
        registry = self.call.library.registries.prepare
        if things:
            comma = say(self.lang, "case.comma")
            colon = say(self.lang, "case.colon")
            given = [f"{registry[id_].label.of(self.lang)}{colon}{self._thing(registry[id_].kind)}" for id_ in things]
            yield self._quoted(comma.join(given))

    def _thing(self, kind: str) -> str:
        made = self.call.caller.particulars
        match kind:
            case "time":
                return self._when()
            case "amount":
                return self._say("amount", amount=made.amount)
            case "reference":
                return made.reference
            case _:
                return self._say(f"thing-{kind}", tail=made.tail)

    def opening(self) -> str:
        """Return the caller's first words: a phrase of the flow, and, where it is about money, how much, where and when."""
        made, caller = self.call.caller.particulars, self.call.caller
        words = self._say(f"opening-{caller.mood}", phrase=self.phrase().rstrip("?!.？！。"))
        if not _about_money(self.call.flow):
            return words
        shop = self._say(f"shop-{made.shop}")
        return words + self._say("detail", amount=made.amount, shop=shop, when=self._when())

    def _when(self) -> str:
        made = self.call.caller.particulars
        match made.days:
            case 0:
                return self._say("when-today", time=made.time)
            case 1:
                return self._say("when-yesterday", time=made.time)
            case days:
                return self._say("when-days", count=days)

    def phrase(self) -> str:
        """Return the phrase that the call opens with: one that names no cause, and no other wallet than the caller's."""
        phrases = [each for each in self.call.flow.phrases.of(self.lang) if self._may_open(each)]
        telling = self._telling
        plain = sorted(phrases, key=lambda each: len(_pieces(each, self.lang) & telling))
        least = sum(not _pieces(each, self.lang) & telling for each in plain)
        chosen = plain[: max(least, _PLAINEST)] or [self.call.flow.title.of(self.lang)]
        return Draw("phrase", self.call.spec.seed, self.call.spec.cause, self.lang).pick(chosen)

    @property
    def _telling(self) -> frozenset[str]:
        key = (self.call.spec.flow, self.lang)
        if key not in self.call.plans.telling:
            self.call.plans.telling[key] = _telling(self.call.flow, self.lang)
        return self.call.plans.telling[key]

    def _may_open(self, phrase: str) -> bool:
        folded = phrase.casefold()
        titles = [cause.title.of(self.lang).casefold() for cause in self.call.flow.causes.values()]
        told = _about_money(self.call.flow) and _TIMES.search(folded)  # the opening goes on with another time
        return (
            not told and not any(title in folded for title in titles) and not _pieces(phrase, self.lang) & self._untrue
        )

    @cached_property
    def _untrue(self) -> frozenset[str]:
        """Pieces of words that name what an open fact is not: another wallet, another card, that money was taken."""
        found: set[str] = set()
        for fact, value in self.call.caller.facts.items():
            known = self.call.library.facts[fact]
            if known.usual is None:
                said = {id_: _pieces(option.say.of(self.lang), self.lang) for id_, option in known.options.items()}
                own = said.pop(value)
                found |= frozenset().union(*said.values()) - own
        return frozenset(found)

    # --- what may be chosen

    def label(self, desk: Desk, stage: str, choice: str) -> str:  # noqa: PLR0911 - one for each stage
        """Return what a choice of a stage says."""
        match stage:
            case "flow" | "target":
                return self.title(choice)
            case "turn":
                return self._turn(desk, choice)
            case "cause":
                causes = self.call.flow.causes
                return causes[choice].title.of(self.lang) if choice in causes else self._say(f"cause-{choice}")
            case "to":
                return self._contact(desk, choice)
            case "prepare":
                return self._list(choice)
            case "until":
                return self._until(choice)
            case "note":
                return choice
            case _:
                return self._say(f"{stage}-{choice}")

    def _turn(self, desk: Desk, choice: str) -> str:
        if choice == HINT:
            return self._say("choose-hint", cost=HINT_COST)
        if choice == END:
            return self._say("choose-end")
        if choice in UNSAFE:
            return self._say(f"unsafe-{choice}")
        place = place_of(self.call, choice)
        key = _TRIED.get(place.kind)
        asked = self.words(desk.known).asked(place)
        return say(self.lang, key, text=asked) if key else self._say("say-ask", text=asked)

    def title(self, flow: str) -> str:
        """Return the title of a flow."""
        return self.call.plans.entries[flow].title.of(self.lang)

    def _contact(self, desk: Desk, choice: str) -> str:
        if choice in {"nobody", "searched"}:
            return self._say(f"to-{choice}")
        if choice in ROLES:
            return ROLES[choice].of(self.lang)  # type: ignore[index] # it was just looked up
        found = self.words(desk.known).contacts(choice)
        return found[0].organisation.of(self.lang) if found else choice

    def _list(self, letter: str) -> str:
        things, secret = items_of(self.call, letter)
        registry = self.call.library.registries.prepare
        shown = [registry[id_].label.of(self.lang) for id_ in things]
        shown += [self._say("secret-things")] if secret else []
        return say(self.lang, "case.comma").join(shown) or self._say("prepare-nothing")

    def _until(self, choice: str) -> str:
        unit, _, count = choice.rpartition("-")
        if not unit:
            return self._say(f"until-{choice}")
        return say(self.lang, f"time.{unit}-one" if count == "1" else f"time.{unit}", count=count)

    def why(self, choice: str) -> str | None:
        """Return why a flow asks or advises something; nothing for what is no place."""
        if choice in {END, HINT, *UNSAFE}:
            return None
        place: Place = place_of(self.call, choice)
        node: Ask | Number | Try | Do | Fact | None
        match place.node:
            case Ask() | Number() | Try() | Do() as node:
                pass
            case _ if place.fact:
                node = self.call.library.facts[place.fact]
            case _:
                node = None
        return self.words({}).maybe(node.why) if node else None


def _about_money(flow: Flow) -> bool:
    """Whether a flow is about a payment: something of it is to be prepared."""
    return any(_MONEY & {*getattr(node, "prepare", ())} for node in flow.nodes.values())


def _telling(flow: Flow, lang: Lang) -> frozenset[str]:
    """Return pieces of words that tell one cause of a flow from others."""
    texts = [cause.title for cause in flow.causes.values()]
    texts += [option.say for node in flow.nodes.values() if isinstance(node, Ask) for option in node.options.values()]
    pieces = frozenset(piece for text in texts for piece in _pieces(text.of(lang), lang))
    return pieces - _pieces(flow.title.of(lang), lang)


@lru_cache(maxsize=8192)
def _pieces(text: str, lang: Lang) -> frozenset[str]:
    """Return the first four letters of the words of an English text, the pairs of characters of a Chinese one."""
    if lang == "en":
        return frozenset(_STEM.findall(text.casefold()))
    chars = "".join(char for char in text.casefold() if char.isalnum())
    return frozenset(chars[at : at + 2] for at in range(len(chars) - 1))
