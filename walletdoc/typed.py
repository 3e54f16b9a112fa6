"""What a person means by what they typed: full-width digits, capitals and blanks make no difference."""

import re
from unicodedata import normalize

from walletdoc.question import Choice, Question
from walletdoc.terminal import unmarked

UNSURE_KEY = "u"  # a number leaves no room for a position
_POSITION = re.compile(r"([0-9]{1,4})[.、)。]?")
_NUMBER = re.compile(r"-?[0-9]{1,9}")


def folded(text: str) -> str:
    """Return a text as it is compared: compatible forms, small letters, single blanks."""
    return " ".join(normalize("NFKC", text).casefold().split())


def choice_of(typed: str, choices: tuple[Choice, ...]) -> str | None:
    """Return the id of the choice that is meant by its position from 1 on, its id, or its whole text; None for none."""
    wanted = folded(typed)
    position = _POSITION.fullmatch(wanted)
    if position and 1 <= int(position[1]) <= len(choices):
        return choices[int(position[1]) - 1].id
    if any(wanted == choice.id for choice in choices):
        return wanted
    named = [choice.id for choice in choices if wanted and wanted == folded(unmarked(choice.text))]
    return named[0] if len(named) == 1 else None


def number_of(typed: str, between: tuple[int, int]) -> str | None:
    """Return the digits of a whole number within bounds; None for anything else."""
    wanted = folded(typed)
    if not _NUMBER.fullmatch(wanted):
        return None
    low, high = between
    return str(int(wanted)) if low <= int(wanted) <= high else None


def answer_to(question: Question, typed: str) -> str | None:
    """Return the answer to a question that was typed; None where it is none."""
    if question.between is None:
        return choice_of(typed, question.choices)
    if question.choices and folded(typed) in {UNSURE_KEY, question.choices[0].id, folded(question.choices[0].text)}:
        return question.choices[0].id
    return number_of(typed, question.between)
