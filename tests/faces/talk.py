"""Whole conversations with a face in one process: lines go in, what it wrote comes out; nothing is saved."""

import json
from datetime import date
from functools import cache
from io import StringIO

from walletdoc import engine, sessions
from walletdoc.answers import parse
from walletdoc.ending import ending
from walletdoc.engine import Tables
from walletdoc.face import EndOfInput
from walletdoc.faces.jsonl import JsonlFace
from walletdoc.faces.plain import PlainFace
from walletdoc.faces.script import ScriptFace
from walletdoc.library import Library
from walletdoc.question import question
from walletdoc.runner import Runner

TODAY = date(2026, 11, 25)
THEIRS = """
    first:
      ask: {zh: "一", en: "**one**"}
      usual: a
      options:
        a: {say: {zh: "甲", en: "A"}, go: second}
        b: {say: {zh: "乙", en: "B"}, go: last}
    second:
      ask: {zh: "二", en: "two"}
      usual: a
      options:
        a: {say: {zh: "甲", en: "A"}, go: last}
        b: {say: {zh: "乙", en: "B"}, go: last}
    last: {end: info, causes: [one], say: {zh: "完", en: "**Over**, it is"}}
"""


@cache
def shipped() -> Library:
    return Library()


@cache
def tables(flow: str) -> Tables:
    return Tables(shipped(), flow)


def run(face, flow="pay-failed", library=None, lang="zh", presets=None):
    """Return whether the end was reached; raises what the face raises."""
    library = library or shipped()
    walked = tables(flow) if library is shipped() else Tables(library, flow)
    session = engine.start(walked, presets or {})
    recorder = sessions.begin(None, flow, library, None, session.presets)
    return Runner(face, library, lang, recorder, lambda: TODAY).run(session)


def plain(*typed, flow="pay-failed", lang="zh", library=None):
    """Return what the plain face wrote, and how it ended: True, False, or the exception's name."""
    sink = StringIO()
    face = PlainFace(lang, StringIO("".join(f"{line}\n" for line in typed)), sink)
    outcome = _outcome(face, flow, lang, library)
    return sink.getvalue(), outcome


def jsonl(*lines, flow="pay-failed", lang="zh", library=None, script=None):
    """Return the events that came out, and how it ended; a line that is no text is sent as JSON."""
    said = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    sink = StringIO()
    answers = None if script is None else parse(script)
    face = JsonlFace(lang, StringIO("".join(f"{line}\n" for line in said)), sink, answers)
    outcome = _outcome(face, flow, lang, library)
    return [json.loads(line) for line in sink.getvalue().splitlines()], outcome


def script(*lines, flow="pay-failed", lang="en", library=None):
    """Return what the script face wrote; raises what it raises."""
    sink = StringIO()
    assert run(ScriptFace(lang, parse(lines), sink), flow, library, lang) is True
    return sink.getvalue()


def _outcome(face, flow, lang, library):
    try:
        return run(face, flow, library, lang)
    except EndOfInput:
        return "EndOfInput"


def at(*answers, flow="pay-failed", lang="zh", library=None):
    """Return the question that comes after these answers, or the end."""
    session = engine.start(Tables(library, flow) if library else tables(flow))
    for answer in answers:
        session = engine.respond(session, answer)
    if session.place.is_end:
        return ending(session, library or shipped(), lang, TODAY)
    return question(session, library or shipped(), lang)
