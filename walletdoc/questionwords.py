"""Words about a question that faces share: where it is asked, what is said when no answer was given beforehand."""

from walletdoc.answers import Asked, takes
from walletdoc.locales import say
from walletdoc.question import Question
from walletdoc.text import Lang


def asked(question: Question) -> Asked:
    """Return where a question is asked."""
    return Asked(question.key, question.flow, question.node, question.step)


def missing(question: Question, lang: Lang) -> str:
    """Return what to say where no answer was given: the name to give it by, and what it takes."""
    takes_ = takes((choice.id for choice in question.choices), question.between)
    return say(lang, "script.missing", name=asked(question).name, takes=takes_)
