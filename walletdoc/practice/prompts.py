"""The desk's question that stands, as a face shows it."""

from walletdoc.locales import say
from walletdoc.practice.desk import Desk, choices
from walletdoc.practice.speech import Speech
from walletdoc.question import Choice, Question
from walletdoc.text import Lang

NOTE = "note"


def prompt(desk: Desk, lang: Lang, name: str, crumbs: tuple[str, ...]) -> Question:
    """Return what is asked of the trainee: what was said, then the question; a note has the kind `note` and no choices.

    `name` is that of the call, so that answers for several calls can be told apart.
    """
    speech = Speech(desk.call, lang)
    asked = say(lang, f"practice.ask-{desk.stage}")
    return Question(
        flow=name,
        node=desk.key,
        key=f"{name}/{desk.key}",
        kind=NOTE if desk.stage == NOTE else "ask",
        text="\n".join([*speech.heard(desk), asked]),
        choices=tuple(Choice(id_, speech.label(desk, desk.stage, id_)) for id_ in choices(desk)),
        steps=(),
        how=None,
        why=None,
        warning=None,
        between=None,
        known=(),
        crumbs=crumbs,
        remain=None,
        minutes=0,
        emergency=False,
        protects=False,
        risk="none",
        ours=desk.call.library.file(desk.call.spec.flow).ours,
        final=True,
    )
