"""The plain face: numbered lines, nothing redrawn, for screen readers, simple terminals and pipes.

Every line typed is an answer, a command, or refused with what is expected; an empty one never picks anything.
"""

import re
import sys
from collections.abc import Mapping
from typing import TextIO

from walletdoc.ending import Ending
from walletdoc.endwords import as_lines
from walletdoc.face import Answered, Back, Change, Done, EndOfInput, Fill, Given, Parting, Quit, Reply, Restart, Words
from walletdoc.locales import say
from walletdoc.question import Choice, Question
from walletdoc.questionwords import remaining
from walletdoc.quoted import quoted
from walletdoc.terminal import TooLong, columns, put, read_line, unmarked, wrap
from walletdoc.text import Lang
from walletdoc.typed import UNSURE_KEY, answer_to, choice_of, folded

PROMPT = "> "
_BULLET = re.compile(r"- |\d+\. ")
_AFTER_TASK = {"try": "face.tried", "do": "face.did"}
_LEAVING: Mapping[str, Reply] = {"b": Back(), "r": Restart(), "q": Quit()}
_PARTING: Mapping[str, Parting] = {"f": Fill(), "b": Back(), "r": Restart(), "q": Done()}
_PARTING_WORDS = {"f": "face.fill", "b": "face.back", "r": "face.restart", "q": "face.done"}


class PlainFace:
    """Writes lines to one end and reads lines from the other."""

    def __init__(self, lang: Lang, source: TextIO, sink: TextIO) -> None:
        """Take both ends; on a terminal, lines are edited by readline, without which Backspace garbles Chinese."""
        self.lang = lang
        self._source = source
        self._sink = sink
        self._edited = source.isatty() and _readline() and source is sys.stdin and sink is sys.stdout

    def ask(self, question: Question, earlier: tuple[Given, ...]) -> Reply:
        """Show a question, and read until a line answers it or leaves it."""
        self._write("", *_head(question, self.lang), "", *_body(question, self.lang))
        while True:
            typed = self._read(_expected(question, earlier, self.lang))
            reply = _LEAVING.get(folded(typed)) or self._reply(question, earlier, typed)
            if reply is not None:
                return reply

    def end(self, ending: Ending) -> Parting:
        """Show the end, and read what to do next; the end of the input will do."""
        self._write("", _crumbs(ending.crumbs), "", *as_lines(ending, self.lang), "")
        keys = [key for key in _PARTING if key != "f" or ending.prepare]
        commands = _commands({key: say(self.lang, _PARTING_WORDS[key]) for key in keys}, self.lang)
        while True:
            try:
                typed = self._read(f"{say(self.lang, 'face.next')} {commands}")
            except EndOfInput:
                return Done()
            if folded(typed) in keys:
                return _PARTING[folded(typed)]
            self._not_one(typed)

    def choose(self, title: str, choices: tuple[Choice, ...]) -> str | None:
        """Show a numbered list, and read until a line picks from it, or 0 for none of these."""
        self._write("", title, "")
        return self._pick(choices, "0", say(self.lang, "face.none"))

    def what(self, title: str, choices: tuple[Choice, ...]) -> str | Words | None:
        """Show a numbered list, and read until a line picks from it, says something else, or is 0 for none of these."""
        self._write("", title, "", *_numbered(choices))
        expected = say(
            self.lang,
            "plain.commands",
            expected=say(self.lang, "plain.expect-or-words", count=len(choices)),
            commands=_commands({"0": say(self.lang, "face.none")}, self.lang),
        )
        while True:
            typed = self._read(expected)
            picked = None if folded(typed) == "0" else choice_of(typed, choices)
            if picked is not None or folded(typed) == "0":
                return picked
            if any(map(str.isalpha, typed)):
                return Words(typed.strip())
            self._not_one(typed)

    def fill(self, item: Choice) -> str | None:
        """Read a line in the user's own words; an empty one, or the end of the input, leaves the item out."""
        self._write("", item.text)
        try:
            return self._read(say(self.lang, "face.fill-hint")).strip() or None
        except EndOfInput:
            return None

    def tell(self, notice: str) -> None:
        """Write a notice."""
        self._write("", notice)

    def refuse(self, reason: str) -> None:
        """Write why the last answer was not taken."""
        self._write(reason)

    # --- within a question

    def _reply(self, question: Question, earlier: tuple[Given, ...], typed: str) -> Reply | None:
        """Return the answer, or the earlier answer to change; None where the question stands: why, how, refused."""
        match folded(typed):
            case "w":
                self._write(question.why or say(self.lang, "plain.no-why"))
            case "h":
                self._write(question.how or say(self.lang, "plain.no-how"))
            case "c":
                return self._change(earlier)
            case _:
                answer = answer_to(question, typed)
                if answer is not None:
                    return Answered(answer)
                self._not_one(typed)
        return None

    def _change(self, earlier: tuple[Given, ...]) -> Change | None:
        if not earlier:
            self._write(say(self.lang, "plain.first"))
            return None
        self._write(say(self.lang, "face.which"))
        given = tuple(Choice(each.key, f"{each.asked} {each.answered}") for each in earlier)
        key = self._pick(given, "b", say(self.lang, "plain.keep"))
        return None if key is None else Change(key)

    def _pick(self, choices: tuple[Choice, ...], none: str, none_text: str) -> str | None:
        """Show choices by number, and read until one is picked, or none of them."""
        self._write(*_numbered(choices))
        commands = _commands({none: none_text}, self.lang)
        expected = say(self.lang, "plain.commands", expected=_number_of(choices, self.lang), commands=commands)
        while True:
            typed = self._read(expected)
            if folded(typed) == none:
                return None
            picked = choice_of(typed, choices)
            if picked is not None:
                return picked
            self._not_one(typed)

    # --- lines out and in

    def _not_one(self, typed: str) -> None:
        """Refuse what was typed; what is expected is said again anyway, and enough for an empty line."""
        if typed.strip():
            self._write(say(self.lang, "plain.not-one", typed=quoted(typed.strip())))

    def _write(self, *lines: str) -> None:
        most = columns(self._sink)
        for line in lines:
            text = unmarked(line)
            bullet = _BULLET.match(text)
            put(self._sink, *wrap(text, most, "", " " * bullet.end() if bullet else ""))

    def _read(self, expected: str) -> str:
        """Say what is expected and read a line, again where one is too long; raises `EndOfInput`."""
        while True:
            self._write(expected)
            try:
                line = self._line()
            except TooLong:
                self._write(say(self.lang, "plain.too-long"))
                continue
            except KeyboardInterrupt:
                put(self._sink, "")
                raise
            if line is None:
                put(self._sink, "")
                raise EndOfInput
            return line

    def _line(self) -> str | None:
        if not self._edited:
            self._sink.write(PROMPT)
            self._sink.flush()
            return read_line(self._source)
        try:
            return input(PROMPT)
        except EOFError:
            return None


def _readline() -> bool:
    """Have `input` edit lines, without a history that would keep secrets, names of files for Tab, and paste marks."""
    try:
        import readline
    except ImportError:
        return False
    readline.set_auto_history(False)
    readline.set_completer(lambda _text, _state: None)
    readline.parse_and_bind("set enable-bracketed-paste off")
    return True


# --- what a screen says


def _crumbs(crumbs: tuple[str, ...]) -> str:
    return " > ".join(crumbs)


def _head(question: Question, lang: Lang) -> list[str]:
    lines = [] if question.ours else [say(lang, "face.unverified")]
    lines += [say(lang, "face.emergency")] if question.emergency else []
    lines.append(_crumbs(question.crumbs))
    left = remaining(question, lang)
    return [*lines, left] if left else lines


def _body(question: Question, lang: Lang) -> list[str]:
    lines = [question.text]
    if question.protects:
        lines.append(say(lang, "face.protects"))
    if question.warning:
        lines.append(say(lang, "face.warning") + say(lang, "face.colon") + question.warning)
    if question.risk != "none":
        lines.append(say(lang, f"face.risk-{question.risk}"))
    steps = enumerate(question.steps, 1)
    lines += [say(lang, "plain.step", number=number, text=text) for number, text in steps]
    if question.kind in _AFTER_TASK:
        minutes = say(lang, "face.takes", minutes=question.minutes)
        lines += [minutes, "", say(lang, _AFTER_TASK[question.kind])]
    return lines if question.kind == "number" else [*lines, *_numbered(question.choices)]


def _numbered(choices: tuple[Choice, ...]) -> list[str]:
    return [f"{number}. {choice.text}" for number, choice in enumerate(choices, 1)]


def _number_of(choices: tuple[Choice, ...], lang: Lang) -> str:
    key = "plain.expect" if len(choices) > 1 else "plain.expect-one"
    return say(lang, key, count=len(choices))


def _expected(question: Question, earlier: tuple[Given, ...], lang: Lang) -> str:
    """Return the one line that says what may be typed."""
    words = {
        "b": "face.back",
        "c": "face.change",
        "w": "face.why",
        "h": "face.how-ask",
        "r": "face.restart",
        "q": "face.quit",
    }
    if question.kind in _AFTER_TASK:
        words["h"] = "face.how"
    gone = {"c": not earlier, "w": not question.why, "h": not question.how, "b": question.final, "r": question.final}
    commands = {key: say(lang, word) for key, word in words.items() if not gone.get(key)}
    if question.between is None:
        expected = _number_of(question.choices, lang)
    else:
        low, high = question.between
        expected = say(lang, "face.number", low=low, high=high)
        if question.choices:
            commands = {UNSURE_KEY: question.choices[0].text, **commands}
    return say(lang, "plain.commands", expected=expected, commands=_commands(commands, lang))


def _commands(words: Mapping[str, str], lang: Lang) -> str:
    return say(lang, "face.comma").join(f"{key} {word[:1].lower()}{word[1:]}" for key, word in words.items())
