"""What a question and an end look like: crumbs, banners, the text, steps, warnings, contacts; all of it in lines."""

from collections.abc import Collection

from rich.text import Text

from walletdoc.ending import Ending
from walletdoc.endwords import Part, Row, heading, parts
from walletdoc.faces.lines import bar, block, inside, labelled, panel, trail
from walletdoc.locales import say
from walletdoc.question import Question
from walletdoc.questionwords import remaining
from walletdoc.text import Lang

_END_STYLE = {"fixed": "green", "hand-off": "blue", "wait": "yellow", "stop": "red", "info": "cyan"}
_RISK_STYLE = {"reversible": "yellow", "destructive": "bold red"}
_ALARM = "bold white on red"
_CAUTION = "bold black on yellow"


class Screens:
    """The pages in one language; `drawn` says that the terminal has the characters for frames."""

    def __init__(self, lang: Lang, *, drawn: bool) -> None:
        """Keep both."""
        self.lang = lang
        self.drawn = drawn

    def question(self, question: Question, columns: int, opened: Collection[str]) -> list[Text]:
        """Return a question's page; of `why` and `how` what is opened is shown below the question."""
        most = inside(columns)
        lines = [Text(), *block(question.text, most, "bold"), Text()]
        for name, label, words in (("why", "why", question.why), ("how", how_label(question), question.how)):
            if name in opened and words:
                lines += [*self._labelled(f"face.{label}", words, most, "", "bold cyan"), Text()]
        if question.steps:
            lines += [*self._steps(question.steps, most), Text()]
        lines += self._cautions(question, most)
        style = "red" if question.emergency else "cyan"
        title, foot = trail(question.crumbs, columns - 6), remaining(question, self.lang)
        return [
            *self.banners(columns, emergency=question.emergency, ours=question.ours),
            *panel(lines, columns, style, title=title, foot=foot, drawn=self.drawn),
        ]

    def banners(self, columns: int, *, emergency: bool, ours: bool) -> list[Text]:
        """Return what must not be overlooked: an emergency, and steps that nobody verified."""
        return [
            *(bar(say(self.lang, "face.emergency"), columns, _ALARM) if emergency else ()),
            *(() if ours else bar(say(self.lang, "face.unverified"), columns, _CAUTION)),
        ]

    def _steps(self, steps: tuple[str, ...], columns: int) -> list[Text]:
        most = len(str(len(steps)))
        numbered = (block(step, columns, "", f"{at:>{most}}. ", "cyan") for at, step in enumerate(steps, 1))
        return [line for lines in numbered for line in lines]

    def _cautions(self, question: Question, columns: int) -> list[Text]:
        """Return what to mind before doing what is told: that it protects, that it is risky, how long it takes."""
        lines: list[Text] = []
        if question.protects:
            lines += block(say(self.lang, "face.protects"), columns, "bold green")
        if question.warning:
            lines += self._labelled("face.warning", question.warning, columns, "bold yellow", "bold yellow")
        if question.risk in _RISK_STYLE:
            lines += block(say(self.lang, f"face.risk-{question.risk}"), columns, _RISK_STYLE[question.risk])
        if question.kind in {"try", "do"} and question.minutes > 1:
            lines += block(say(self.lang, "face.takes", minutes=question.minutes), columns, "dim")
        return [*lines, Text()] if lines else []

    def _labelled(self, key: str, words: str, columns: int, style: str, label_style: str) -> list[Text]:
        label = say(self.lang, key) + say(self.lang, "face.colon")
        return labelled(label, words, columns, style, label_style)

    def end(self, ending: Ending, columns: int) -> list[Text]:
        """Return an end's page: what kind of end, what it says, then whatever else is needed, part by part."""
        most = inside(columns)
        style = _END_STYLE[ending.kind]
        lines = [*bar(heading(ending, self.lang), most, f"bold reverse {style}"), *block(ending.text, most, "bold")]
        for part in parts(ending, self.lang):
            lines += [Text(), *self._part(part, most, style)]
        urgent = ending.emergency and ending.kind in {"hand-off", "stop"}
        return [
            *self.banners(columns, emergency=urgent, ours=ending.ours),
            *panel(lines, columns, style, title=trail(ending.crumbs, columns - 6), drawn=self.drawn),
        ]

    def _part(self, part: Part, columns: int, style: str) -> list[Text]:
        lines = block(part.title[:1].upper() + part.title[1:], columns, f"bold {style}")
        listed = part.kind in {"prepare", "never", "causes"}
        for row in part.rows:
            lines += block(row.text, columns, "", "- ") if listed else self._row(row, columns, style)
        return lines

    def _row(self, row: Row, columns: int, style: str) -> list[Text]:
        """Return a row of words; a number stands out, and so does a warning."""
        if row.label is None:
            return block(row.text, columns)
        styles = {
            say(self.lang, "face.number-of"): (f"bold reverse {style}", "bold"),
            say(self.lang, "face.warning"): ("bold yellow", "bold yellow"),
        }
        words_style, label_style = styles.get(row.label, ("", "dim"))
        return labelled(row.label + say(self.lang, "face.colon"), row.text, columns, words_style, label_style)


def how_label(question: Question) -> str:
    """Return the message's name for how to find out, where something is asked, or how to do what is told."""
    return "how" if question.kind in {"try", "do"} else "how-ask"
