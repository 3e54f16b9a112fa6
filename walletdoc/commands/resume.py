"""`walletdoc resume [ID]`: go on where a session stopped."""

import typer

from walletdoc import engine, sessions
from walletdoc.commands.arguments import IdArgument
from walletdoc.context import Context, current
from walletdoc.conversation import converse, screen_face
from walletdoc.engine import Session
from walletdoc.face import Face
from walletdoc.flow import End
from walletdoc.locales import say
from walletdoc.mend import Mended
from walletdoc.text import visible


def command(id_: IdArgument = None) -> None:
    """Go on with the session touched last, or the one named."""
    context = current()
    recorder, mended = sessions.take_up(context.state, id_ or sessions.latest(context.state))
    face = screen_face(context)
    try:
        library, flow = recorder.saved.library(context.library)
        replayed = sessions.replay(recorder.saved, library, flow)
        if mended:
            face.tell(_mended(context, mended))
        changed = recorder.saved.changed(library)
        if changed:
            dropped = len(replayed.dropped)
            face.tell(say(context.lang, "resume.edited", flows=", ".join(changed), dropped=dropped))
        session = _afresh(context, replayed.session, face)
    except BaseException:
        recorder.close()
        raise
    raise typer.Exit(converse(context, library, face, session, recorder))


def _mended(context: Context, mended: Mended) -> str:
    lost = say(context.lang, "resume.lost-some" if mended.lost else "resume.lost-unknown", count=mended.lost or 0)
    return say(context.lang, "resume.mended", file=visible(str(mended.aside)), kept=mended.kept, lost=lost)


def _afresh(context: Context, session: Session, face: Face) -> Session:
    """Return the session at the question that a wait asks again."""
    end = session.place.node
    if not isinstance(end, End) or end.again is None:
        return session
    place = session.place
    node = place.flow.nodes.get(end.again)
    fact = getattr(node, "fact", None)
    key = f"fact.{fact}" if fact else f"{place.leg}.{place.flow.flow}/{end.again}"
    if key not in dict(session.answers):
        return session
    face.tell(say(context.lang, "resume.again"))
    return engine.rewind(session, key)
