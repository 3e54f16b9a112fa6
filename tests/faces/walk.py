"""What runs behind a pseudo-terminal in the tests of the rich face, and a line that says how it went."""

import json
import os
import sys
from datetime import date
from pathlib import Path

from walletdoc import engine, sessions
from walletdoc.engine import Tables
from walletdoc.face import EndOfInput
from walletdoc.faces.rich import RichFace
from walletdoc.library import Library
from walletdoc.runner import Runner
from walletdoc.signals import Interrupted, ending_signals
from walletdoc.streams import prepare

TODAY = date.fromisoformat(os.environ.get("WALK_TODAY", "2026-11-25"))


def library(pack=None):
    cache = os.environ.get("WALK_CACHE")
    return Library(Path(pack) if pack else None, Path(cache) if cache else None)


def walk(lang, flow, pack=None):
    """Walk a flow as the program does, nothing saved."""
    report(lambda: _walk(lang, flow, library(pack)))


def _walk(lang, flow, packs):
    session = engine.start(Tables(packs, flow))
    recorder = sessions.begin(None, flow, packs, None, {})
    ended = Runner(RichFace(lang), packs, lang, recorder, lambda: TODAY).run(session)
    return {"ended": ended, "answers": dict(recorder.saved.answers), "filled": dict(recorder.saved.filled)}


def report(step):
    """Do something on the terminal, with signals as in the program, and say what came of it."""
    prepare()
    try:
        with ending_signals():
            said = step()
    except Interrupted as interrupted:
        said = interrupted.code
    except (KeyboardInterrupt, EndOfInput) as left:
        said = type(left).__name__
    sys.stdout.write(f"RESULT {json.dumps(said, default=repr)}\n")
