"""Words about a question that faces share: where it is asked, what remains, what is said when no answer was given beforehand."""

from walletdoc.answers import Asked, takes
from walletdoc.locales import say
from walletdoc.question import Question
from walletdoc.text import Lang


def asked(question: Question) -> Asked:
    """Return where a question is asked."""
    return Asked(question.key, question.flow, question.node, question.step)


def remaining(question: Question, lang: Lang) -> str:
    """Return what is said of what remains, empty where that is not known.

    In an emergency no minutes: two hours at most is what a few calls add up to, and who reads that may not begin.
    """
    if question.remain is None:
        return ""
    questions, minutes = question.remain
    if question.emergency:
        return say(lang, "face.remain-emergency", questions=questions) if questions > 1 else ""
    if questions == 1:
        return say(lang, "face.remain-last", minutes=minutes)
    return say(lang, "face.remain", questions=questions, minutes=minutes)


def missing(question: Question, lang: Lang) -> str:
    """Return what to say where no answer was given: the name to give it by, and what it takes."""
    takes_ = takes((choice.id for choice in question.choices), question.between)
    return say(lang, "script.missing", name=asked(question).name, takes=takes_)
