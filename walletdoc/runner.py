"""Owns the loop: shows a question on a face, folds the answer into the session, writes it down, goes on."""

from collections.abc import Callable
from datetime import date

from walletdoc import engine
from walletdoc.ending import ending
from walletdoc.engine import Refused, Replay, Session, visits
from walletdoc.face import Answered, Back, Change, Done, Face, Fill, Given, Parting, Quit, Reply, Restart
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.question import Choice, question
from walletdoc.sessions import Recorder
from walletdoc.text import Lang
from walletdoc.wording import Wording


class Runner:
    """One session on one face."""

    def __init__(self, face: Face, library: Library, lang: Lang, recorder: Recorder, today: Callable[[], date]) -> None:
        """Take what a session needs; `today` is asked when an end is reached, since a session may go on past midnight."""
        self.face = face
        self.library = library
        self.lang = lang
        self.recorder = recorder
        self.today = today

    def run(self, session: Session) -> bool:
        """Walk a session to its end; return whether that was reached, rather than saved for later.

        Raises what the face raises, and `Failure` (74) when an answer could not be written down.
        """
        self.recorder.follow(session, self.library)
        while True:
            if session.place.is_end:
                on = self.recorder.saved.ended or self.today()
                self.recorder.end(on)
                shown = ending(session, self.library, self.lang, on)
                reply: Reply | Parting = self.face.end(shown)
            else:
                reply = self.face.ask(question(session, self.library, self.lang), self._earlier(session))
            match reply:
                case Done():
                    return True
                case Quit():
                    return False
                case Fill():
                    self._fill(shown.prepare)
                case _:
                    session = self._after(session, reply)

    def _after(self, session: Session, reply: Answered | Back | Change | Restart) -> Session:
        """Return the session after what was said; one that was refused is as it was."""
        try:
            match reply:
                case Answered(answer):
                    after = engine.respond(session, answer)
                case Back():
                    after = engine.back(session)
                    if after.answers == session.answers:
                        self.face.tell(say(self.lang, "run.at-start"))
                case Change(key, None):
                    after = self._ask_again(session, key)
                case Change(key, str(answer)):
                    after = self._changed(engine.change(session, key, answer))
                case Restart():
                    after = engine.start(session.tables, session.presets)
        except Refused as refused:
            self.face.refuse(refused.message.of(self.lang))
            return session
        self.recorder.follow(after, self.library)
        return after

    def _ask_again(self, session: Session, key: str) -> Session:
        """Ask an earlier question again; anything but an answer leaves all as it was."""
        there = engine.rewind(session, key)
        while True:
            reply = self.face.ask(question(there, self.library, self.lang), ())
            if not isinstance(reply, Answered):
                return session
            try:
                return self._changed(engine.change(session, key, reply.answer))
            except Refused as refused:
                self.face.refuse(refused.message.of(self.lang))

    def _changed(self, changed: Replay) -> Session:
        """Say what of the later answers was kept."""
        if changed.dropped:
            self.face.tell(say(self.lang, "run.dropped", count=len(changed.dropped)))
        return changed.session

    def _earlier(self, session: Session) -> tuple[Given, ...]:
        words = Wording(self.library, session, self.lang)
        given = [visit for visit in visits(session) if not visit.known]
        return tuple(Given(at.place.key, words.asked(at.place), words.answer(at.place, at.answer)) for at in given)

    def _fill(self, items: tuple[Choice, ...]) -> None:
        """Ask for each thing to have ready, and keep it without its secrets."""
        from walletdoc.redact import redact  # its patterns cost start-up time, and few sessions come here

        for item in items:
            given = (self.face.fill(item) or "").strip()
            if given:
                kept = redact(given)
                if kept != given:
                    self.face.tell(say(self.lang, "run.masked"))
                self.recorder.fill(item.id, kept)
