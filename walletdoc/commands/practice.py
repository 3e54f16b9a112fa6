"""`walletdoc practice`: a simulated customer calls; `practice report`, `practice exam`, `practice verify FILE`."""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from walletdoc.answers import Line, ScriptAnswers, line_in
from walletdoc.commands.arguments import JsonOption, complete_flow
from walletdoc.commands.arguments import named as flow_named
from walletdoc.config import FACES
from walletdoc.context import Context, current
from walletdoc.failure import FINDINGS, USAGE, Failure
from walletdoc.library import Library
from walletdoc.locales import both, say
from walletdoc.page import Line as PageLine
from walletdoc.page import show, show_json
from walletdoc.practice import history
from walletdoc.practice.bestway import Plans
from walletdoc.practice.caller import LEVELS
from walletdoc.practice.choose import exam_calls, next_call, of_flow
from walletdoc.practice.exam import MOST_CALLS, findings, from_json
from walletdoc.practice.history import History, named
from walletdoc.practice.office import YOU, Office, Setting
from walletdoc.practice.progress import as_csv, as_json, page, progress
from walletdoc.practice.score import PASS
from walletdoc.practice.shift import Exam, Shift, new_id
from walletdoc.readfile import read
from walletdoc.scripted import answer_lines, chosen_face
from walletdoc.text import visible

_lang = current().lang
_ACTIONS = ("report", "exam", "verify")
_NOTE = re.compile(r"\s*(?P<key>(?:call-\d+/)?note)\s*[=＝](?P<words>.*)", re.DOTALL)


def _help(name: str) -> str:
    return say(_lang, f"practice.help-{name}")


ActionArgument = Annotated[str | None, typer.Argument(metavar="[" + "|".join(_ACTIONS) + "]", help=_help("action"))]
FileArgument = Annotated[Path | None, typer.Argument(metavar="[FILE]", help=_help("file"))]
TraineeOption = Annotated[str, typer.Option("--trainee", metavar="NAME", help=_help("trainee"))]
FlowOption = Annotated[
    str | None, typer.Option("--flow", metavar="FLOW", help=_help("flow"), autocompletion=complete_flow)
]
CauseOption = Annotated[str | None, typer.Option("--cause", metavar="CAUSE", help=_help("cause"))]
LevelOption = Annotated[int | None, typer.Option("--level", min=LEVELS[0], max=LEVELS[-1], help=_help("level"))]
SeedOption = Annotated[int | None, typer.Option("--seed", metavar="S", help=_help("seed"))]
CallsOption = Annotated[int, typer.Option("--calls", metavar="N", min=1, max=MOST_CALLS, help=_help("calls"))]
PassOption = Annotated[int, typer.Option("--pass", metavar="PERCENT", min=0, max=100, help=_help("pass"))]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help=_help("out"))]
AnswerOption = Annotated[list[str] | None, typer.Option("--answer", metavar="KEY=VALUE", help=_help("answer"))]
AnswersOption = Annotated[str | None, typer.Option("--answers", metavar="FILE|-", help=_help("answers"))]
FaceOption = Annotated[str | None, typer.Option("--face", metavar="|".join(FACES), help=_help("face"))]
CsvOption = Annotated[bool, typer.Option("--csv", help=_help("csv"))]
NewOption = Annotated[bool, typer.Option("--new", help=_help("new"))]
NoSaveOption = Annotated[bool, typer.Option("--no-save", help=_help("no-save"))]
NowOption = Annotated[str | None, typer.Option("--now", metavar="TIME", help=_help("now"))]


def command(  # noqa: PLR0913, PLR0917 - one for each option
    action: ActionArgument = None,
    file: FileArgument = None,
    trainee: TraineeOption = YOU,
    flow: FlowOption = None,
    cause: CauseOption = None,
    level: LevelOption = None,
    seed: SeedOption = None,
    calls: CallsOption = 10,
    pass_: PassOption = PASS,
    out: OutOption = None,
    answer: AnswerOption = None,
    answers: AnswersOption = None,
    face: FaceOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    new: NewOption = False,
    no_save: NoSaveOption = False,
    now: NowOption = None,
) -> None:
    """Take a call, show a report, hold an exam, or verify the result of one."""
    context = current()
    _refuse(action, file)
    library, among = _library(context)
    plans = Plans(library)
    who, time = named(trainee), _time(now)
    if action == "verify" and file is not None:
        raise typer.Exit(_verify(file, plans))
    if action == "report":
        _report(context, plans, who, time or datetime.now(UTC), as_="csv" if csv else "json" if json else "page")
        return
    lines = answer_lines(answer or [], answers)
    by_hand = not json and lines is None
    chosen = chosen_face(context, face, lines, _script, json=json)
    setting = Setting(who, chosen, by_hand, lines is not None, json, not no_save, time)
    office = Office(context, plans, setting)
    if action == "exam":
        if seed is None:
            raise Failure(both("practice.needs-seed"), USAGE)
        result = str((out or Path(f"exam-{who}-{seed}.json")).absolute())
        asked = Exam(seed, among or tuple(plans.entries), pass_, result, setting.time.isoformat(timespec="seconds"))
        specs = exam_calls(plans, among, calls, seed)
        raise typer.Exit(office.examine(Shift(new_id(), specs, hints=False, exam=asked), anew=new))
    wanted = None if flow is None else flow_named(library, flow)
    drawn = int.from_bytes(os.urandom(4), "big") >> 1 if seed is None else seed

    def fresh(past: History) -> Shift:
        if wanted is not None:
            spec = of_flow(plans, wanted, cause, drawn, level or LEVELS[0])
        else:
            spec = next_call(past, plans, among, setting.time, drawn, level)
        return Shift(new_id(), (spec,), hints=True)

    raise typer.Exit(office.practise(fresh, anew=new, certain=wanted is not None))


def _refuse(action: str | None, file: Path | None) -> None:
    """Refuse words that belong to no action; raises `Failure` (2)."""
    if action is not None and action not in _ACTIONS:
        raise Failure(both("practice.no-action", action=visible(action), actions=", ".join(_ACTIONS)), USAGE)
    if (action == "verify") != (file is not None):
        raise Failure(both("practice.which-file"), USAGE)


def _library(context: Context) -> tuple[Library, tuple[str, ...]]:
    """Return the packs, and the flows to draw from: `--flows` takes a folder, or ids of flows with commas between."""
    pack = context.pack
    if pack is None or pack.is_dir() or os.sep in str(pack):
        return context.library, ()
    flows = tuple(filter(None, str(pack).split(",")))
    library = Library(None, context.cache_folder)
    for flow in flows:
        library.flow(flow)
    return library, flows


def _time(now: str | None) -> datetime | None:
    """Return the time that was given, in UTC; raises `Failure` (2) for none."""
    if now is None:
        return None
    try:
        time = datetime.fromisoformat(now)
    except ValueError:
        raise Failure(both("practice.no-time", time=visible(now)), USAGE) from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _script(lines: Iterable[str]) -> ScriptAnswers:
    """Read answers; a note goes to the end of its line."""
    found: list[Line] = []
    for number, line in enumerate(lines, 1):
        note = _NOTE.fullmatch(line)
        given = Line(number, note["key"], note["words"].strip()) if note else line_in(number, line)
        found += [given] if given else []
    return ScriptAnswers(found)


def _report(context: Context, plans: Plans, trainee: str, now: datetime, *, as_: str) -> None:
    past = history.read(context.state, trainee)
    made = progress(past, PASS)
    match as_:
        case "csv":
            print(as_csv(past), end="")
        case "json":
            show_json(as_json(made, trainee))
        case _:
            show(page(made, trainee, plans, now, context.lang))
            others = [name for name in history.trainees(context.state) if name != trainee]
            if others:
                names = say(context.lang, "face.comma").join(map(visible, others))
                show((PageLine(), PageLine(say(context.lang, "practice.report-others", names=names))))


def _verify(file: Path, plans: Plans) -> int:
    """Work a result out again, and say what does not hold."""
    result, claimed = from_json(read(file), str(file))
    found = list(findings(result, claimed, plans))
    for each in found:
        print(each.of(_lang))
    if found:
        return FINDINGS
    key = "practice.verified-passed" if result.passed else "practice.verified-failed"
    exam = result.exam
    told = {"trainee": visible(result.trainee), "finished": visible(result.finished)}
    print(say(_lang, key, percent=result.percent, calls=len(result.played), least=exam.pass_, seed=exam.seed, **told))
    return 0
