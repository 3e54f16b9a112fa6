"""The face for a person at a terminal: a page for each question, choices by arrows or numbers, commands below them.

Keys and redrawing are our own few lines rather than a prompt library's: that costs twice the start-up time of rich, cuts
long choices, and swallows exceptions that a signal raises within its event loop.
"""

import sys
from contextlib import suppress
from functools import partial

from rich.text import Text

from walletdoc.ending import Ending
from walletdoc.face import Answered, Back, Change, Done, Fill, Given, Parting, Quit, Reply, Restart, Words
from walletdoc.faces.lines import block
from walletdoc.faces.menu import DIRECT, TYPED, Item, Menu
from walletdoc.faces.screens import Screens, how_label
from walletdoc.faces.stage import ESCAPE, Head, Stage
from walletdoc.locales import say
from walletdoc.question import Choice, Question
from walletdoc.redact import redact
from walletdoc.text import Lang
from walletdoc.typed import UNSURE_KEY, number_of


class RichFace:
    """A face in colour that redraws; standard input and output must both be a terminal."""

    def __init__(self, lang: Lang) -> None:
        """Take the language; keys come from standard input, pages go to standard output."""
        self._lang: Lang = lang
        self._stage = Stage(sys.stdin, sys.stdout)
        self._screens = Screens(lang, drawn=(sys.stdout.encoding or "").lower().startswith("utf"))
        self._ours = True  # whether what is gone through now is walletdoc's own

    # --- questions

    def ask(self, question: Question, earlier: tuple[Given, ...]) -> Reply:
        """Show a question until something is said of it; `earlier` are the answers that may be changed."""
        self._ours = question.ours
        menu = self._question_menu(question, earlier)
        opened: set[str] = set()
        with self._stage.open():
            while True:
                item = self._stage.pick(menu, partial(self._screens.question, question, opened=opened))
                if item is ESCAPE:
                    opened.clear()
                elif item.id in {"why", "how"} and item in menu.commands:
                    opened ^= {item.id}
                    menu.top = 0  # it stands right below the question
                elif (reply := self._reply(question, earlier, menu, item)) is not None:
                    self._stage.say(self._transcript(question, reply, item))
                    return reply

    def _question_menu(self, question: Question, earlier: tuple[Given, ...]) -> Menu:
        commands = self._commands(question, earlier)
        if question.between is None:
            return self._menu(self._title(question), question.choices, commands)
        low, high = question.between
        menu = self._menu(self._say("face.number", low=low, high=high), (), commands)
        menu.choices = tuple(Item(each.id, each.text, UNSURE_KEY) for each in question.choices)
        menu.hint = self._say("rich.hint-number")
        menu.number = ""
        return menu

    def _title(self, question: Question) -> str:
        """Return what stands above the choices; something that is asked needs no more words."""
        titles = {"try": "face.tried", "do": "face.did"}
        return self._say(titles[question.kind]) if question.kind in titles else ""

    def _commands(self, question: Question, earlier: tuple[Given, ...]) -> tuple[Item, ...]:
        change = [self._command("change", "c")] if earlier else []
        why = [self._command("why", "w")] if question.why else []
        how = [Item("how", self._say(f"rich.{how_label(question)}"), "h")] if question.how else []
        if question.final:
            return (*why, *how, self._command("quit", "q"))
        return (
            self._command("back", "b"), *change, *why, *how,
            self._command("restart", "r"), self._command("quit", "q"),
        )  # fmt: skip

    def _reply(self, question: Question, earlier: tuple[Given, ...], menu: Menu, item: Item) -> Reply | None:
        """Return what was said by taking an item; None where the question still stands."""
        if item in menu.commands:
            plain: dict[str, Reply] = {"back": Back(), "restart": Restart(), "quit": Quit()}
            return plain[item.id] if item.id in plain else self._change(earlier)
        if question.between is None or item in menu.choices:
            return Answered(item.id)
        return self._number(item.text, question.between, menu)

    def _number(self, typed: str, between: tuple[int, int], menu: Menu) -> Reply | None:
        """Return a number as its digits, without leading zeros; complain of what is none or out of bounds."""
        number = number_of(typed, between)
        if number is not None:
            return Answered(number)
        low, high = between
        menu.complaint = self._say("face.not-number", low=low, high=high)
        return None

    def _change(self, earlier: tuple[Given, ...]) -> Reply | None:
        """Let one of the earlier answers be picked; None if it is left at that."""
        choices = tuple(Choice(given.key, f"{given.asked} → **{given.answered}**") for given in reversed(earlier))
        keep = Item("keep", self._say("rich.keep"), "b")
        menu = self._menu(self._say("face.which"), choices, (keep,))
        item = self._stage.pick(menu, self._banner)
        return None if item in (keep, ESCAPE) else Change(item.id)

    def _transcript(self, question: Question, reply: Reply, item: Item) -> list[Text]:
        """Return the one line that stays of a question: what was said."""
        if not isinstance(reply, Answered):
            return [*block(f"← {item.text}", self._stage.columns, "dim"), Text()]
        lines = block(question.text, self._stage.columns, "dim")
        return [*lines, *self._chosen(item.text), Text()]

    # --- ends

    def end(self, ending: Ending) -> Parting:
        """Show an end until it is said what to do next; its page stays on screen, unless the session goes on."""
        self._ours = ending.ours
        fill = [Choice("fill", self._say("face.fill"))] if ending.prepare and ending.kind == "hand-off" else []
        choices = (Choice("done", self._say("face.done")), *fill)
        leave = Item("done", self._say("rich.quit"), "q")
        commands = (self._command("back", "b"), self._command("restart", "r"), leave)
        menu = self._menu(self._say("face.next"), choices, commands)
        page = partial(self._screens.end, ending)
        partings: dict[str, Parting] = {"done": Done(), "fill": Fill(), "back": Back(), "restart": Restart()}
        with self._stage.open():
            try:
                parting = partings[self._take(menu, page).id]
            except BaseException:
                with suppress(OSError):  # the terminal may be gone
                    self._stage.say(page(self._stage.columns))
                raise
            self._stage.say(page(self._stage.columns) if parting == Done() else ())
        return parting

    # --- lists, things to have ready, notices

    def choose(self, title: str, choices: tuple[Choice, ...]) -> str | None:
        """Offer a list and return the id chosen; None for none of these."""
        menu = self._menu(title, choices, ())
        none = Item("none", self._say("face.none"), "0")
        menu.choices = (*menu.choices, none)
        with self._stage.open():
            item = self._take(menu, lambda _: [])
            self._stage.say([*block(title, self._stage.columns, "dim"), *self._chosen(item.text), Text()])
        return None if item is none else item.id

    def what(self, title: str, choices: tuple[Choice, ...]) -> str | Words | None:
        """Offer a list, or typing instead, and return the id chosen or what was typed; None for none of these."""
        menu = self._menu(title, choices, ())
        none = Item("none", self._say("face.none"), "0")
        menu.choices = (Item(TYPED, self._say("rich.words")), *menu.choices, none)
        menu.hint, menu.wordy = self._say("rich.hint-words"), True
        with self._stage.open():
            while (item := self._take(menu, lambda _: [])).id == TYPED:
                begun = "" if item in menu.choices else item.text
                words = self._stage.line(partial(self._in_own_words, title), begun).strip()
                if words:
                    self._stage.say([*block(title, self._stage.columns, "dim"), *self._chosen(redact(words)), Text()])
                    return Words(words)
            self._stage.say([*block(title, self._stage.columns, "dim"), *self._chosen(item.text), Text()])
        return None if item is none else item.id

    def _in_own_words(self, title: str, columns: int) -> list[Text]:
        hint = block(self._say("rich.words-hint"), columns, "dim")
        return [Text(), *block(title, columns, "bold"), *hint]

    def fill(self, item: Choice) -> str | None:
        """Ask for something to have ready; None where it is left out."""
        with self._stage.open():
            typed = self._stage.line(partial(self._to_have_ready, item)).strip()
            shown = redact(typed) or "-"  # a secret shall not stay on screen
            self._stage.say([*block(item.text, self._stage.columns, "dim"), *self._chosen(shown), Text()])
        return typed or None

    def _to_have_ready(self, item: Choice, columns: int) -> list[Text]:
        hint = block(self._say("face.fill-hint"), columns, "dim")
        return [*self._banner(columns), *block(item.text, columns, "bold"), *hint]

    def tell(self, notice: str) -> None:
        """Say something that needs no answer; it stays above what comes next."""
        self._stage.say(block(notice, self._stage.columns, "cyan", "* "))

    def refuse(self, reason: str) -> None:
        """Say why the last answer was not taken."""
        self._stage.say(block(reason, self._stage.columns, "bold red", "! "))

    # --- what they are made of

    def _say(self, key: str, **values: object) -> str:
        return say(self._lang, key, **values)

    def _command(self, name: str, key: str) -> Item:
        return Item(name, self._say(f"rich.{name}"), key)

    def _menu(self, title: str, choices: tuple[Choice, ...], commands: tuple[Item, ...]) -> Menu:
        keys = [str(at) if at <= DIRECT else "" for at in range(1, len(choices) + 1)]
        items = tuple(Item(each.id, each.text, key) for each, key in zip(choices, keys, strict=True))
        return Menu(title, items, commands, self._say("rich.hint"), self._say("rich.above"), self._say("rich.below"))

    def _take(self, menu: Menu, page: Head) -> Item:
        """Return what is taken of a menu where Escape takes nothing."""
        while (item := self._stage.pick(menu, page)) is ESCAPE:
            pass
        return item

    def _banner(self, columns: int) -> list[Text]:
        return self._screens.banners(columns, emergency=False, ours=self._ours)

    def _chosen(self, words: str) -> list[Text]:
        return block(words, self._stage.columns, "cyan", "→ ")
