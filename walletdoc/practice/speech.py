"""What is said in a call, in one language: by the caller, by a colleague, and what each choice of the desk says."""

import re
from collections.abc import Iterator, Mapping

from walletdoc.contacts import ROLES
from walletdoc.engine import Place, Session
from walletdoc.flow import UNSURE, Ask, Do, Fact, Number, Try
from walletdoc.locales import say
from walletdoc.practice.bestway import Call
from walletdoc.practice.caller import HEATED
from walletdoc.practice.chance import Draw
from walletdoc.practice.desk import Desk, Heard
from walletdoc.practice.endings import items_of
from walletdoc.practice.offers import END, HINT, UNSAFE, place_of
from walletdoc.practice.opening import is_question, phrase, spoken, tells_money, tells_shop
from walletdoc.practice.score import HINT_COST
from walletdoc.text import Lang
from walletdoc.wording import Wording

_OPENINGS = _WORDINGS = (1, 2)  # ways to open a call in each mood, to word what the desk says to a caller
_IN_BRACKETS = re.compile(r"（[^）]*）| ?\([^)]*\)")
_MANNERS = 4  # ways to give an answer in each mood, by turns; the first is the plain one
_TONES = frozenset({"greet", "soothe", "secret", "scam"})
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
            case "greet" if heard.answer == "right":
                return self._say("to-greet-heated" if self._curt else "to-greet-right")
            case "greet" | "flow" | "secret" | "soothe" | "scam":
                return self._say(f"to-{heard.kind}-{'right' if heard.answer == 'right' else 'wrong'}")
            case "unsafe":
                return self._say(f"to-{heard.about}", code=self.call.caller.particulars.code)
            case "pressed" | "unknown":
                return self._say(f"caller-{heard.kind}")
            case "impatient":
                return self._say(f"caller-impatient-{self.call.caller.mood}")
            case "offers":
                return self._say(f"caller-offers-{self._wording('offers')}", code=self.call.caller.particulars.code)
            case "hedged":
                return self._say("caller-hedged", answer=self._answer(desk, heard))
            case "astray":
                return self._astray(heard.about)
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
        answer = self.words(desk.known).answer(place, heard.answer)
        if place.kind == "number":
            answer = self._say("number-none" if heard.answer == "0" else "number", count=answer)
        return answer if heard.kind == "hedged" else self._in_mood(answer, desk.turn)

    def _in_mood(self, answer: str, turn: int) -> str:
        """Return an answer as this caller gives it; the manner changes from turn to turn, what is said never does."""
        begin = Draw("manner", self.call.spec.seed, self.call.spec.cause).between(0, _MANNERS - 1)
        manner = (begin + turn) % _MANNERS
        return self._say(f"manner-{self.call.caller.mood}-{manner}", answer=answer.rstrip("。.")) if manner else answer

    def _astray(self, about: str) -> str:
        """Return the answer to another question than the one asked."""
        if place_of(self.call, about).kind == "number":  # of which the time would be the answer
            return self._say("caller-astray-far")
        return self._say("caller-astray", when=self._when())

    @property
    def _curt(self) -> bool:
        return self.call.caller.mood in HEATED and self.call.caller.mood != "worried"

    def _wording(self, of: str) -> int:
        return Draw("wording", self.call.spec.seed, self.call.spec.cause, of).pick(_WORDINGS)

    def _hint(self, desk: Desk, best: str) -> str:
        if best == END:
            return self._say("hint-end")
        return self._say("hint", choice=self.label(desk, "turn", best), why=self.why(best) or "").rstrip()

    def _filled(self, heard: Heard) -> Iterator[str]:
        """Let the caller give what was asked to have ready."""
        things, secret = items_of(self.call, heard.about)
        if secret:
            yield self._quoted(self._say("to-secret-list"))
        if things:
            written = [id_ for id_ in things if self.call.library.registries.prepare[id_].kind == "text"]
            colon = say(self.lang, "case.colon")
            given = [f"{self._named(id_)}{colon}{self._thing(id_)}" for id_ in things if id_ not in written]
            if written:
                labels = self._say("pause").join(map(self._named, written))
                given.append(self._say("thing-text", things=labels))
            yield self._quoted(self._say("semicolon").join(given))

    def _named(self, id_: str) -> str:
        """Return what a thing to have ready is called by somebody who has it: without what is said of it in brackets."""
        label = self.call.library.registries.prepare[id_].label.of(self.lang)
        return _IN_BRACKETS.sub("", label)

    def _thing(self, id_: str) -> str:
        made = self.call.caller.particulars
        kind = self.call.library.registries.prepare[id_].kind
        match kind:
            case "time":
                return self._when()
            case "amount":
                return self._say("amount", amount=made.amount)
            case "reference":
                return made.reference(id_)
            case _:
                return self._say(f"thing-{kind}")

    def opening(self) -> str:
        """Return the caller's first words: a phrase of the flow, and, where it is about money, how much, where and when."""
        made, flow = self.call.caller.particulars, self.call.flow
        said = phrase(self.call, self.lang)
        shop = self._say(f"shop-{made.shop}") if tells_shop(flow) else ""
        if not tells_money(flow) or (not shop and is_question(said, self.lang)):
            return self._opened(said)
        detail = "detail-shop" if shop else "detail"
        return self._opened(said) + self._say(detail, amount=made.amount, shop=shop, when=self._when())

    def _opened(self, phrase: str) -> str:
        """Return a phrase in the mood of the caller; what asks already is followed by no other question."""
        said, mood = spoken(phrase, self.lang), self.call.caller.mood
        way = Draw("opening", self.call.spec.seed, self.call.spec.cause).pick(_OPENINGS)
        asked = "asked" if is_question(phrase, self.lang) else "said"
        before, _, after = self._say(f"opening-{mood}-{asked}-{way}", phrase="\0").partition("\0")
        begins = before.rstrip()[-1:] in {".", "!", "?"}
        return f"{before}{said[:1].upper() + said[1:] if begins else said}{after}"

    def _when(self) -> str:
        days, hours = self.call.days, self.call.caller.particulars.hours
        if not days:
            return self._say("when-today", hours=hours)
        return self._say("when-yesterday") if days == 1 else self._say("when-days", count=days)

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
            case _ if stage in _TONES:
                return self._say(f"{stage}-{choice}-{self._wording(stage)}")
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
            role = ROLES[choice].of(self.lang)  # type: ignore[index] # it was just looked up
            return role[:1].upper() + role[1:]
        found = self.words(desk.known).contacts(choice)
        return found[0].organisation.of(self.lang) if found else choice

    def _list(self, letter: str) -> str:
        things, secret = items_of(self.call, letter)
        registry = self.call.library.registries.prepare
        shown = [registry[id_].label.of(self.lang) for id_ in things]
        shown += [self._say("secret-things")] if secret else []
        return self._say("semicolon").join(shown) or self._say("prepare-nothing")

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
