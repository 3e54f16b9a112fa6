"""The case file: a session summed up for whoever helps next, and the way back from its JSON into a session."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from walletdoc.ending import Ending, Line, ending
from walletdoc.engine import Answer, Session, Visit, visits
from walletdoc.failure import BAD_DATA, Failure
from walletdoc.flow import Do, Try
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.locales import both, say
from walletdoc.question import Choice
from walletdoc.sessions import Saved
from walletdoc.text import Lang, visible
from walletdoc.wording import Wording, day

FORMAT = 1


@frozen
class Said:
    """One question with its answer, or one thing tried or done with what came of it."""

    asked: str
    answered: str


@frozen
class CaseFile:
    """What whoever helps next needs to know; `end` is None while the session is not over."""

    lang: Lang
    problem: str
    started: str
    checked: tuple[Said, ...]
    tried: tuple[Said, ...]
    suspected: tuple[str, ...]
    prepared: tuple[tuple[Choice, str], ...]
    never: tuple[str, ...]
    end: Ending | None
    ours: bool


def case_file(session: Session, saved: Saved, library: Library, lang: Lang, today: date) -> CaseFile:
    """Return the case file of a session in one language."""
    words = Wording(library, session, lang)
    way = [visit for visit in visits(session) if not visit.known]
    tried = [visit for visit in way if isinstance(visit.place.node, Try | Do)]
    checked = [visit for visit in way if not isinstance(visit.place.node, Try | Do)]
    end = ending(session, library, lang, saved.ended or today) if session.place.is_end else None
    items = library.registries.prepare
    wanted = [*(each.id for each in end.prepare if end), *saved.filled] if end else [*saved.filled]
    first = session.tables.pack.flow(session.tables.entry)
    return CaseFile(
        lang=lang,
        problem=" → ".join(dict.fromkeys([words.text(first.title), words.text(session.place.flow.title)])),
        started=saved.started,
        checked=tuple(_said(visit, words) for visit in checked),
        tried=tuple(_said(visit, words) for visit in tried),
        suspected=_suspected(session, end, words),
        prepared=tuple(
            (Choice(id_, words.text(items[id_].label)), saved.filled.get(id_, ""))
            for id_ in dict.fromkeys(wanted)
            if id_ in items
        ),
        never=library.registries.never.of(lang),
        end=end,
        ours=all(library.file(place.flow.flow).ours for place in (*(visit.place for visit in way), session.place)),
    )


def _said(visit: Visit, words: Wording) -> Said:
    return Said(words.asked(visit.place), words.answer(visit.place, visit.answer))


def _suspected(session: Session, end: Ending | None, words: Wording) -> tuple[str, ...]:
    """Return the causes that the end names, or those that the last try mended."""
    if end is None:
        return ()
    if end.kind != "fixed":
        return tuple(cause.text for cause in end.causes)
    last = visits(session)[-1].place
    node = last.frames[0].call if last.frames else last.node
    causes = session.place.flow.causes
    return tuple(words.text(causes[id_].title) for id_ in getattr(node, "fixes", ()) if id_ in causes)


# --- as text


def markdown(case: CaseFile) -> str:
    """Return the case file as Markdown; texts of people are escaped, so that they stay texts."""
    return "\n".join(f"## {head}\n" + "".join(f"- {_escaped(row)}\n" for row in rows) for head, rows in _parts(case))


def plain(case: CaseFile) -> str:
    """Return the case file as plain text, to be pasted anywhere."""
    return "\n".join(f"{head}\n" + "".join(f"  {row}\n" for row in rows) for head, rows in _parts(case))


def _escaped(row: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in row)


def _parts(case: CaseFile) -> list[tuple[str, list[str]]]:
    """Return the headings with their lines; what is empty is left out."""
    lang = case.lang

    def part(key: str, rows: list[str]) -> tuple[str, list[str]]:
        return say(lang, f"case.{key}"), rows

    unfilled = say(lang, "case.to-fill")
    colon = say(lang, "case.colon")
    parts = [
        part("problem", [case.problem, *([] if case.ours else [say(lang, "case.not-ours")])]),
        part("state", _state(case)),
        part("suspected", list(case.suspected)),
        part("checked", [f"{each.asked} {each.answered}" for each in case.checked]),
        part("tried", [f"{each.asked} → {each.answered}" for each in case.tried]),
        part("contact", [row for each in case.end.contacts for row in _contact(each, lang)] if case.end else []),
        part("prepare", [f"{item.text}{colon}{value or unfilled}" for item, value in case.prepared]),
        part("never", list(case.never)),
    ]
    return [(head, rows) for head, rows in parts if rows]


def _state(case: CaseFile) -> list[str]:
    rows = [say(case.lang, "case.started", at=case.started[:10])]
    if case.end is None:
        return [*rows, say(case.lang, "case.open")]
    rows.append(case.end.text)
    if case.end.wait:
        rows.append(say(case.lang, "case.until", day=day(case.end.wait.until, case.lang), length=case.end.wait.length))
        if not case.end.wait.certain:
            rows.append(say(case.lang, "case.uncertain"))
    return rows


def _contact(line: Line, lang: Lang) -> list[str]:
    number = f"{line.name}{say(lang, 'case.colon')}{line.number or line.way}"
    hours = [line.hours] if line.hours else []
    verified = say(lang, "case.verified", on=line.verified_on, tier=line.tier)
    stale = [say(lang, "case.stale")] if line.stale else []
    caveat = [line.caveat] if line.caveat else []
    return [say(lang, "case.comma").join([number, line.purpose, *hours, verified, *caveat, *stale])]


# --- as JSON, and back


def to_json(case: CaseFile, session: Session, saved: Saved) -> dict[str, Any]:
    """Return the case file as JSON takes it; `session` in it is what `open` goes on from."""
    end = case.end
    return {
        "case": FORMAT,
        "language": case.lang,
        "problem": case.problem,
        "started": case.started,
        "checked": [{"asked": each.asked, "answered": each.answered} for each in case.checked],
        "tried": [{"asked": each.asked, "answered": each.answered} for each in case.tried],
        "suspected": list(case.suspected),
        "end": None if end is None else {"flow": end.flow, "node": end.node, "end": end.kind, "text": end.text},
        "until": end.wait.until.isoformat() if end and end.wait else None,
        "contacts": [
            {"name": each.name, "number": each.number, "way": each.way, "tier": each.tier} for each in end.contacts
        ]
        if end
        else [],
        "prepare": [{"id": item.id, "label": item.text, "value": value} for item, value in case.prepared],
        "never": list(case.never),
        "session": {
            "flow": saved.flow,
            "answers": [list(each) for each in session.answers],
            "presets": dict(saved.presets),
            "filled": dict(saved.filled),
        },
    }


@frozen
class Reopened:
    """What a case file says of its session."""

    flow: str
    answers: tuple[Answer, ...]
    presets: Mapping[str, str]
    filled: Mapping[str, str]


def from_json(data: bytes, name: str) -> Reopened:
    """Return the session of a case file; raises `Failure` (65) for anything that is not one."""
    try:
        case = json.loads(data)
        if case["case"] != FORMAT:
            raise ValueError(case["case"])  # noqa: TRY301 - told as every other way of being none
        session = case["session"]
        return Reopened(
            _text(session["flow"]),
            tuple((_text(key), _text(answer)) for key, answer in session["answers"]),
            _texts(session["presets"]),
            _texts(session["filled"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Failure(both("case.bad", file=visible(name)), BAD_DATA, both("case.bad-hint")) from error


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 4000:  # noqa: PLR2004 - the longest text of a pack
        raise TypeError(value)
    return value


def _texts(value: Mapping[str, object]) -> dict[str, str]:
    return {_text(key): _text(each) for key, each in value.items()}
