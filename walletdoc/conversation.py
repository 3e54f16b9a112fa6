"""One conversation from start to stop: the record is opened, a face is chosen, the runner walks, the way back is said."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from walletdoc import engine, sessions
from walletdoc.config import presets
from walletdoc.context import Context, current
from walletdoc.engine import Session, Tables
from walletdoc.face import EndOfInput, Face, PersonFace
from walletdoc.failure import CANNOT_WRITE, NO_INPUT, Failure
from walletdoc.library import Library
from walletdoc.locales import both, say
from walletdoc.runner import Runner
from walletdoc.sessions import Recorder
from walletdoc.signals import Interrupted, ending_signals
from walletdoc.streams import complain
from walletdoc.text import Lang, Text, visible

INTERRUPTED = 130  # 128 and SIGINT


def screen_face(context: Context, name: str | None = None) -> PersonFace:
    """Return the face for a person: the one named or set, else rich on a terminal that can redraw, and plain elsewhere."""
    chosen = name or context.settings.get("face")
    if chosen is None:
        terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        chosen = "rich" if terminal else "plain"
    if chosen == "rich" and sys.stdin.isatty() and sys.stdout.isatty():
        from walletdoc.faces.rich import RichFace  # takes as long to load as all else

        return RichFace(context.lang)
    from walletdoc.faces.plain import PlainFace

    return PlainFace(context.lang, sys.stdin, sys.stdout)


def begin(context: Context, library: Library, session: Session, file: Path | None, *, save: bool) -> Recorder:
    """Return the record of a new session; says so where nothing can be kept, since help must not wait for a disk."""
    flow = session.tables.entry
    if save:
        try:
            return sessions.begin(context.state, flow, library, file, session.presets)
        except Failure as failure:
            if failure.code != CANNOT_WRITE:
                raise
            complain(failure.message.of(context.lang), say(context.lang, "run.not-saving"))
    return sessions.begin(None, flow, library, file, session.presets)


def start(context: Context, library: Library, flow: str, *, scripted: bool = False) -> Session:
    """Return a new session of a flow with what the user has set; a script says all itself, so that it runs anywhere alike."""
    return engine.start(Tables(library, flow), {} if scripted else presets(context.settings))


def converse(context: Context, library: Library, face: Face, session: Session, recorder: Recorder) -> int:
    """Walk a session to its end or to where it is left, and return the exit code; the record is let go of."""
    lang = context.lang
    try:
        with ending_signals():
            ended = Runner(face, library, lang, recorder, lambda: context.today).run(session)
        if not ended:
            _say_how_to_go_on(recorder, lang)
    except KeyboardInterrupt:
        return _left(recorder, context, INTERRUPTED)
    except Interrupted as interrupted:
        return _left(recorder, context, interrupted.code)
    except EndOfInput as end:
        complain(str(end) or say(lang, "run.no-input"))
        return _left(recorder, context, NO_INPUT)
    except Failure as failure:
        raise _with_way_on(failure, recorder) from failure
    finally:
        recorder.close()
    return 0


def keep_as_test(path: Path, session: Session, recorder: Recorder, library: Library) -> None:
    """Add what was answered to a test file, and say so; `session` is any of the conversation, for its flow and presets."""
    from walletdoc.flowtest.record import record  # reads YAML, for those who record

    last = engine.replay(session.tables, recorder.saved.answers, session.presets).session
    name = record(path, last, library)
    complain(say(current().lang, "run.recorded", name=name, file=visible(str(path))))


def _with_way_on(failure: Failure, recorder: Recorder) -> Failure:
    """Return a failure that also says how to go on, where there is a session that is not over."""
    saved = recorder.saved
    if not recorder.saving or not saved.answers or saved.ended:
        return failure
    way_on, hint = both("run.saved", id=saved.id), failure.hint
    if hint is not None:
        way_on = Text(zh=f"{hint.zh}\n{way_on.zh}", en=f"{hint.en}\n{way_on.en}")
    return Failure(failure.message, failure.code, way_on)


def _left(recorder: Recorder, context: Context, code: int) -> int:
    _say_how_to_go_on(recorder, context.lang)
    return code


def _say_how_to_go_on(recorder: Recorder, lang: Lang) -> None:
    if recorder.saving and recorder.saved.answers:
        complain(say(lang, "run.saved", id=recorder.saved.id))


def guarded(step: Callable[[], int]) -> int:
    """Run what asks before a session begins; Ctrl-C and a signal leave it quietly, the end of input says so."""
    try:
        with ending_signals():
            return step()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Interrupted as interrupted:
        return interrupted.code
    except EndOfInput as end:
        complain(str(end) or say(current().lang, "run.no-input"))
        return NO_INPUT
