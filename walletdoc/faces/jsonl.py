"""The face for other programs: a conversation in JSON Lines, one event out for each line in."""

import io
import json
import re
from collections.abc import Mapping
from typing import NoReturn, TextIO

from walletdoc.answers import Asked, ScriptAnswers, from_key, named, never_asked
from walletdoc.ending import Ending, Line
from walletdoc.face import Answered, Back, Change, Done, EndOfInput, Given, Parting, Quit, Reply, Restart
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import say
from walletdoc.question import Choice, Question
from walletdoc.questionwords import asked, missing
from walletdoc.quoted import quoted
from walletdoc.redact import redact
from walletdoc.terminal import LONGEST_LINE, TooLong, read_line
from walletdoc.text import Lang, Text, visible

_COMMANDS: Mapping[str, Reply] = {"back": Back(), "restart": Restart(), "quit": Quit()}
_SHAPES = '{"answer": …}, {"command": "back|restart|quit"}, {"command": "change", "key": …, "answer": …}'
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # JSON allows them; readers of lines and encoders do not


class _Misread(Exception):  # noqa: N818 - it is the line that is at fault
    """A line that is no reply: the key of the message, and its values."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = f"jsonl.{key}"
        self.values = values


class JsonlFace:
    """Prints each question as an event and reads a line for it; or answers it from what was given beforehand."""

    def __init__(self, lang: Lang, source: TextIO, sink: TextIO, script: ScriptAnswers | None = None) -> None:
        """Take both ends, which become UTF-8 whatever the locale says; with a script, nothing is read."""
        self.lang = lang
        self._source = source
        self._sink = sink
        self._script = script
        self._stands = False
        self._notices: list[str] = []
        self._places: dict[str, Asked] = {}
        if isinstance(source, io.TextIOWrapper):
            source.reconfigure(encoding="utf-8", errors="surrogateescape")
        if isinstance(sink, io.TextIOWrapper):
            sink.reconfigure(encoding="utf-8")

    def ask(self, question: Question, earlier: tuple[Given, ...]) -> Reply:
        """Print the question, unless it still stands after an error, and return what the next good line says."""
        if not self._stands:
            self._put(_ask(question))
        self._stands = False
        self._places[question.key] = asked(question)
        if self._script is not None:
            return self._given(self._script, question)
        while True:
            try:
                return self._reply(self._read(), earlier)
            except _Misread as misread:
                self._error(say(self.lang, misread.key, **misread.values))

    def end(self, ending: Ending) -> Parting:
        """Print the end; raises `Failure` (2) where an answer given beforehand was never asked for."""
        self._put(_end(ending))
        unused = self.unused()
        if unused:
            raise never_asked(unused)
        return Done()

    def choose(self, title: str, choices: tuple[Choice, ...]) -> str | None:  # noqa: ARG002 - see Face
        """Choose nothing: a list is offered to people alone."""
        return None

    def fill(self, item: Choice) -> str | None:  # noqa: ARG002 - see Face
        """Leave it out: this is asked of people alone."""
        return None

    def tell(self, notice: str) -> None:
        """Keep a notice for the next question or end, since each line in has one event out."""
        self._notices.append(visible(notice))

    def refuse(self, reason: str) -> None:
        """Print an error; the question stands. Of a script it is the end: raises `Failure` (2)."""
        self._error(redact(reason))
        self._stands = True
        if self._script is not None:
            raise Failure(Text(zh=reason, en=reason), USAGE)

    def unused(self) -> tuple[str, ...]:
        """Return the lines given beforehand that no question has used so far."""
        return self._script.unused() if self._script is not None else ()

    def _given(self, script: ScriptAnswers, question: Question) -> Answered:
        answer = script.take(asked(question))
        if answer is None:
            message = missing(question, self.lang)
            self._error(message)
            raise EndOfInput(message)
        return Answered(answer)

    def _read(self) -> object:
        """Return the JSON value on the next line."""
        try:
            line = read_line(self._source)
        except TooLong:
            raise _Misread("too-long", most=LONGEST_LINE) from None
        if line is None:
            raise EndOfInput
        return _parse(line)

    def _reply(self, said: object, earlier: tuple[Given, ...]) -> Reply:
        match said:
            case {"answer": answer, **rest} if not rest:
                return Answered(_answer(answer))
            case {"command": "change", "key": str(key), **rest} if rest.keys() <= {"answer"}:
                answered = _answer(rest["answer"]) if rest else None
                return Change(self._key(key, earlier), answered)
            case {"command": str(command), **rest} if not rest and command in _COMMANDS:
                return _COMMANDS[command]
            case {"command": str(command)} if command not in {*_COMMANDS, "change"}:
                raise _Misread("command", command=quoted(command), commands=", ".join([*_COMMANDS, "change"]))
            case _:
                raise _Misread("shape", shapes=_SHAPES)

    def _key(self, name: str, earlier: tuple[Given, ...]) -> str:
        """Return the key of an earlier answer by any of its names."""
        keys = named(name, [self._places.get(given.key) or from_key(given.key) for given in earlier])
        match keys:
            case [key]:
                return key
            case []:
                answered = ", ".join(given.key for given in earlier)
                raise _Misread("not-answered", key=quoted(name), keys=answered or "–")
            case _:
                raise _Misread("ambiguous", key=quoted(name), keys=", ".join(keys))

    def _error(self, message: str) -> None:
        self._write({"event": "error", "message": visible(message)})

    def _put(self, event: dict[str, object]) -> None:
        """Print a question or an end, with what was told since the last one."""
        if self._notices:
            event["notice"] = "\n".join(self._notices)
            self._notices.clear()
        self._write(event)

    def _write(self, event: dict[str, object]) -> None:
        line = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(event, ensure_ascii=False))
        self._sink.write(f"{line}\n")
        self._sink.flush()


# --- lines in


def _parse(line: str) -> object:
    """Return the JSON value of a line; whole numbers stay the text that was written."""
    try:
        said: object = json.loads(
            line.removeprefix("\ufeff"), parse_int=str, parse_constant=_no_constant, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        raise _Misread("not-json", column=error.colno) from None
    except RecursionError:
        raise _Misread("deep") from None
    return said


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Misread("duplicate", key=quoted(key))
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise _Misread("constant", name=name)


def _answer(answer: object) -> str:
    if not isinstance(answer, str):
        raise _Misread("answer")
    return answer


# --- events out


def _ask(question: Question) -> dict[str, object]:
    return {
        "event": "ask",
        "flow": question.flow,
        "node": question.node,
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "warning": question.warning,
        "steps": question.steps,
        "how": question.how,
        "why": question.why,
        "options": _choices(question.choices),
        "between": question.between,
        "known": question.known,
        "ours": question.ours,
    }


def _end(ending: Ending) -> dict[str, object]:
    return {
        "event": "end",
        "flow": ending.flow,
        "node": ending.node,
        "end": ending.kind,
        "causes": _choices(ending.causes),
        "contacts": [_contact(line) for line in ending.contacts],
        "prepare": _choices(ending.prepare),
        "never": ending.never,
        "until": ending.wait.until.isoformat() if ending.wait else None,
        "text": ending.text,
        "prevent": ending.prevent,
        "ours": ending.ours,
    }


def _choices(choices: tuple[Choice, ...]) -> list[dict[str, str]]:
    return [{"id": choice.id, "text": choice.text} for choice in choices]


def _contact(line: Line) -> dict[str, object]:
    return {
        "name": line.name,
        "for": line.purpose,
        "number": line.number,
        "way": line.way,
        "hours": line.hours,
        "tier": line.tier,
        "verified-on": line.verified_on,
        "stale": line.stale,
        "caveat": line.caveat,
        "source": line.source,
    }
