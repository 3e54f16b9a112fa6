"""Good flows damaged: one fault each, of many kinds, with the rule that is to find it and the lines where.

A kind of fault is a function that yields every way to make it in one file: the lines of the damaged file, and the lines
(from 1) of which one must be told. The texts of the shipped flows are edited as an author's slip would.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Lines = list[str]
Ways = Iterator[tuple[Lines, set[int]]]
Kind = Callable[[Lines], Ways]

NODE = re.compile(r"  [a-z0-9-]+:")
LONG = "一" * 4001


@dataclass(frozen=True)
class Damage:
    """A damaged file: what was done to it, the rule that is to find that, and the lines of which one is to be told."""

    file: str
    rule: str
    text: str
    lines: set[int]


def damages(file: str, text: str, kinds: Sequence[tuple[str, Kind]], each: int) -> Iterator[Damage]:
    """Yield at most so many ways of each kind of fault in one file, drawn with a seed."""
    lines = text.split("\n")
    for number, (rule, kind) in enumerate(kinds):
        ways = list(kind(lines))
        draw = random.Random(f"{file} {rule} {number}")
        for damaged, at in draw.sample(ways, min(each, len(ways))):
            yield Damage(file, rule, "\n".join(damaged), at)


# --- how files are edited


def changed(pattern: str, new: str | Callable[[re.Match[str]], str], *, at: str = "line", near: int = 0) -> Kind:
    """Change a line once; told there (or up to so many lines above; -1: in the next line), or at the node that it is in."""

    def kind(lines: Lines) -> Ways:
        for index, line in enumerate(lines):
            match = re.search(pattern, line)
            if match:
                made = (
                    line[: match.start()] + (new(match) if callable(new) else match.expand(new)) + line[match.end() :]
                )
                around = range(near + 1) if near >= 0 else (near,)
                told = {index + 1 - back for back in around} if at == "line" else {owner(lines, index)}
                yield [*lines[:index], made, *lines[index + 1 :]], told

    return kind


def cut(pattern: str, *, at: str = "node", of: str = "") -> Kind:
    """Take a line out, with what is below it; told at the node, in nodes with a line of a pattern."""

    def kind(lines: Lines) -> Ways:
        for index, line in enumerate(lines):
            if re.match(pattern, line) and (not of or re.search(of, "\n".join(node_of(lines, index)), re.MULTILINE)):
                above = owner(lines, index) if at == "node" else parent(lines, index)
                yield [*lines[:index], *lines[end(lines, index) :]], {above}

    return kind


def end(lines: Lines, index: int) -> int:
    """Return where what is below a line ends."""
    depth = indent(lines[index])
    for at in range(index + 1, len(lines)):
        if lines[at].strip() and indent(lines[at]) <= depth:
            return at
    return len(lines)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def parent(lines: Lines, index: int) -> int:
    """Return the line (from 1) that a line is below of."""
    return next(
        (at + 1 for at in range(index - 1, -1, -1) if lines[at].strip() and indent(lines[at]) < indent(lines[index])), 1
    )


def owner(lines: Lines, index: int) -> int:
    """Return the line (from 1) of the node or cause that a line is in."""
    return next((at + 1 for at in range(index, -1, -1) if NODE.match(lines[at])), 1)


def node_of(lines: Lines, index: int) -> Lines:
    first = owner(lines, index) - 1
    return lines[first : end(lines, first)]


def line_of(lines: Lines, text: str, start: int = 0) -> int:
    """Return the first line (from 1) that begins with a text."""
    return next(at + 1 for at, line in enumerate(lines) if at >= start and line.startswith(text))


def nodes(lines: Lines) -> dict[str, int]:
    """Return the index of the line of each node."""
    begin = line_of(lines, "nodes:")
    return {line.strip().partition(":")[0]: at for at, line in enumerate(lines) if at >= begin and NODE.match(line)}


# --- faults of their own shape


def twice(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        if re.match(r"    (weight|basis|minutes): ", line):
            yield [*lines[: index + 1], line, *lines[index + 1 :]], {index + 2}


def another_node(lines: Lines) -> Ways:
    forgotten = '  forgotten: {end: info, say: {zh: "没有人来过。", en: "Nobody was here."}}'
    yield [*lines, forgotten], {len(lines) + 1}


def another_cause(lines: Lines) -> Ways:
    begin = line_of(lines, "start:") - 1
    cause = [
        "  never-named:",
        '    title: {zh: "没人提过", en: "Never named"}',
        "    weight: 1",
        "    basis: judgement",
    ]
    yield [*lines[:begin], *cause, *lines[begin:]], {begin + 1}


def swapped_exits(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        ends = re.match(r"    fixed: (.*)", line)
        other = next(
            (at for at in range(index, end(lines, owner(lines, index) - 1)) if lines[at].startswith("    not-fixed: ")),
            0,
        )
        if ends and other:
            copy = list(lines)
            copy[index], copy[other] = lines[other].replace("not-fixed", "fixed"), line.replace("fixed", "not-fixed")
            yield copy, {index + 1}


def fix_dropped(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        fixes = re.search(r"fixes: \[(.*?)\],? ?", line)
        if fixes:
            made = line.replace(fixes[0], "")
            yield [*lines[:index], *([made] if made.strip() else []), *lines[index + 1 :]], causes_at(lines, fixes[1])


def cause_not_named(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        named = re.match(r"    causes: \[(.*)\]", line)
        if named:
            yield [*lines[:index], *lines[index + 1 :]], causes_at(lines, named[1])


def causes_at(lines: Lines, names: str) -> set[int]:
    begin = line_of(lines, "causes:")
    return {line_of(lines, f"  {name}:", begin) for name in names.split(", ")}


def elsewhere_named(lines: Lines) -> Ways:
    every = [
        line.strip(" :") for line in lines[line_of(lines, "causes:") : line_of(lines, "start:")] if NODE.match(line)
    ]
    for index, line in enumerate(lines):
        named = re.match(r"    causes: \[(.*)\]", line)
        for cause in every if named else ():
            if cause not in named[1].split(", "):
                yield [*lines[:index], line.replace("]", f", {cause}]"), *lines[index + 1 :]], {index + 1}


def treated_named(lines: Lines) -> Ways:
    """Name a cause at the end that its own try leads to when it did not help."""
    places = nodes(lines)
    for index, line in enumerate(lines):
        fixes, block = re.match(r"    fixes: \[([a-z-]+)", line), "\n".join(node_of(lines, index))
        target = re.search(r"^    not-fixed: (.*)$", block, re.MULTILINE)
        if fixes and target:
            head = places[target[1]]
            for at in range(head, end(lines, head)):
                if lines[at].startswith("    causes: ["):
                    yield [*lines[:at], lines[at].replace("]", f", {fixes[1]}]"), *lines[at + 1 :]], {at + 1}


def usual_truth(lines: Lines) -> Ways:
    for id_, head in nodes(lines).items():
        usual = re.search(r"^    usual: (.*)$", "\n".join(lines[head : end(lines, head)]), re.MULTILINE)
        for index, line in enumerate(lines if usual else []):
            if (
                line.startswith("    truth: {")
                and not re.search(rf"[{{ ]{id_}:", line)
                and len(line) > len("    truth: {}")
            ):
                yield [*lines[:index], line.replace("{", f"{{{id_}: {usual[1]}, ", 1), *lines[index + 1 :]], {index + 1}


def unknown_wallet(lines: Lines) -> Ways:
    """Ask another fact where the wallet is asked, if that is the only place where it is."""
    text = "\n".join(lines)
    if text.count("fact: wallet") > 1 or re.search("call: (?:change-wallet-phone|freeze-wallet)", text):
        return
    told = {at + 1 for at, line in enumerate(lines) if "{wallet." in line or re.search(r"to: \[.*wallet", line)}
    for index, line in enumerate(lines):
        if told and re.match(r"  [a-z0-9-]+: \{fact: wallet, go: ", line):
            yield [*lines[:index], line.replace("fact: wallet", "fact: urged"), *lines[index + 1 :]], told


def paid_without_knowing(lines: Lines) -> Ways:
    told = {at + 1 for at, line in enumerate(lines) if "retries-payment: true" in line}
    for index, line in enumerate(lines):
        match = re.search(r"fact: money-taken, to: \{.*no: ([a-z-]+)", line)
        if match and told:
            made = re.sub(r"unsure: [a-z-]+", f"unsure: {match[1]}", line)
            yield [*lines[:index], made, *lines[index + 1 :]], told


OPTION = re.compile(r'      [a-z0-9-]+: \{say: (\{zh: "([^"]*)", en: "([^"]*)"\}), go: ')


def options(lines: Lines) -> Iterator[tuple[int, re.Match[str], re.Match[str]]]:
    for index in range(len(lines) - 1):
        one, other = OPTION.match(lines[index]), OPTION.match(lines[index + 1])
        if one and other:
            yield index + 1, one, other


def same_option(lines: Lines) -> Ways:
    for at, one, other in options(lines):
        yield [*lines[:at], lines[at].replace(other[1], one[1]), *lines[at + 1 :]], {at + 1}


def like_option(lines: Lines) -> Ways:
    for at, one, other in options(lines):
        word = next((each for each in one[3].split() if each.isalpha() and len(each) > 6 and each.islower()), None)
        if word:
            slip = one[3].replace(word, word[:-2] + "x" + word[-1])
            yield [*lines[:at], lines[at].replace(f'en: "{other[3]}"', f'en: "{slip}"'), *lines[at + 1 :]], {at + 1}


def gone(lines: Lines) -> Ways:
    """Make a try destructive that others come after."""
    places = nodes(lines)
    for head in places.values():
        block = lines[head : end(lines, head)]
        on = next((line.removeprefix("    not-fixed: ") for line in block if line.startswith("    not-fixed: ")), "")
        if on in places and lines[head + 1].startswith("    try: ") and lines[places[on] + 1].startswith("    try: "):
            kept = [line for line in block if not line.startswith("    risk: ")]
            risky = [
                *kept[:2],
                "    risk: destructive",
                '    warning: {zh: "会清掉记录。", en: "This clears the records."}',
            ]
            rest = [line for line in kept[2:] if not line.startswith("    warning: ")]
            yield [*lines[:head], *risky, *rest, *lines[end(lines, head) :]], {head + 1}


def unwarned(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        block = "\n".join(node_of(lines, index))
        if line.startswith("    try: ") and "    warning:" not in block and "    risk:" not in block:
            yield [*lines[: index + 1], "    risk: destructive", *lines[index + 1 :]], {index + 2}


def unprotected(lines: Lines) -> Ways:
    if "urgency: emergency" in lines and "call: freeze-wallet" not in "\n".join(lines):
        yield [line for line in lines if line != "    protects: true"], set(range(1, len(lines)))
    elif "protects: true" not in "\n".join(lines):
        yield [re.sub("^urgency: .*", "urgency: emergency", line) for line in lines], {line_of(lines, "urgency:")}


def without_steps(lines: Lines) -> Ways:
    for head in nodes(lines).values():
        block = lines[head : end(lines, head)]
        kept: Lines = []
        skipping = False
        for line in block:
            skipping = (skipping and indent(line) > 4) or bool(re.match("    (steps|how):", line))
            kept += [] if skipping else [line]
        if len(kept) < len(block) and re.match("    (try|do): ", block[1]):
            yield [*lines[:head], *kept, *lines[end(lines, head) :]], {head + 1}


def few_phrases(lines: Lines) -> Ways:
    for lang in ("zh", "en"):
        at = line_of(lines, f"  {lang}:", line_of(lines, "phrases:"))
        yield [*lines[: at + 4], *lines[end(lines, at - 1) :]], {at}


def phrase_twice(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        if line.startswith('    - "'):
            yield [*lines[: index + 1], line, *lines[index + 1 :]], {index + 2}


def undecodable(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        if "zh: " in line:
            yield [*lines[:index], line.replace("zh: ", "zh: \udcff", 1), *lines[index + 1 :]], {index + 1}


def no_way_in(lines: Lines) -> Ways:
    yield from changed(r"^start: (.*)$", r"start: \1-x")(lines)
    yield from changed(r"go: ([a-z-]+)\}", r"go: \1-x}")(lines)


def to_start(lines: Lines) -> Ways:
    start = lines[line_of(lines, "start: ") - 1].removeprefix("start: ")
    yield from changed(r"^    (not-fixed|done): .*", rf"    \1: {start}")(lines)


def since_start(lines: Lines) -> Ways:
    start = lines[line_of(lines, "start: ") - 1].removeprefix("start: ")
    yield from changed(r"^    since: .*", f"    since: {start}")(lines)


def taken_dropped(lines: Lines) -> Ways:
    for index, line in enumerate(lines):
        if line.startswith("    taken: "):
            told = line_of(lines, "    retries-payment: true", owner(lines, index))
            yield [*lines[:index], *lines[index + 1 :]], {told - (told > index)}


def nothing_never(lines: Lines) -> Ways:
    begin = line_of(lines, "never:")
    index = line_of(lines, "  en:", begin) - 1
    yield [*lines[:index], "  en: []", *lines[end(lines, index) :]], {begin}


TEXT = r"^    (?:ask|try|do|how|why|say|prevent): \{"
FLOW_FAULTS: tuple[tuple[str, Kind], ...] = (
    # reading
    ("yaml", changed(r'en: "([^"]*, [^"]*)"\}', r"en: \1}")),
    ("yaml", changed(r'zh: "([^"]*)", en: "', r'zh: "\1, en: "')),
    ("strict", changed(r'(zh|en): "', r'\1: &x "')),
    ("strict", changed(r"^    weight: (\d+)", r"    weight: !!int \1")),
    ("duplicate-key", twice),
    ("hidden-character", changed(r'(zh: ".)', "\\1\u200b")),
    ("encoding", undecodable),
    ("limit", changed(r'zh: "[^"]*"', f'zh: "{LONG}"')),
    ("schema", changed(r"^    minutes:", "    minuts:")),
    ("schema", changed(r"^    weight: \d+", "    weight: many")),
    ("schema", cut(r"    title:", at="parent")),
    ("schema", cut(r"    fixed:", at="parent", of="^    try:")),
    # references
    ("unknown-node", no_way_in),
    ("unknown-option", changed(r"^    usual: ([a-z-]+)$", r"    usual: \1-x")),
    ("unknown-cause", changed(r"^    (fixes|causes): \[([a-z-]+)", r"    \1: [\2-x")),
    ("unknown-fact", changed(r"\{fact: ([a-z-]+),", r"{fact: \1-x,")),
    ("unknown-step", changed(r"call: ([a-z-]+)", r"call: \1-x")),
    ("unknown-flow", changed(r"switch: ([a-z-]+)", r"switch: \1-x")),
    ("unknown-contact", changed(r"^    to: \[([a-z0-9-]+)", r"    to: [\1-x")),
    ("unknown-prepare", changed(r"^    prepare: \[([a-z-]+)", r"    prepare: [\1-x")),
    ("unknown-time", changed(r"for: \{time: ([a-z-]+)", r"for: {time: \1-x")),
    ("number-range", changed(r"ranges: \[(.*), \{go: [a-z-]+\}\]", r"ranges: [\1]")),
    ("number-range", changed(r"between: \[(\d+), (\d+)\]", r"between: [\2, \1]")),
    ("fact-ways", changed(r", unsure: [a-z-]+\}\}", "}}")),
    ("retry-without-taken", taken_dropped),
    ("wait-since", since_start),
    ("wait-for", cut(r"    for:")),
    ("end-says-nothing", cut(r"    say:", of="^    end:")),
    ("truth", changed(r"truth: \{((?!fact)[a-z-]+):", r"truth: {\1-x:")),
    ("truth", changed(r"truth: \{(?P<key>[a-z.-]+): [a-z-]+\}", r"truth: {\g<key>: no-such}")),
    ("id-is-file-name", changed(r"^flow: (.*)$", r"flow: \1-x")),
    ("unused-ignore", changed(r"^(  [a-z-]+:(?: .*)?)$", r"\1  # walletdoc: ignore[wide-label] was too wide once")),
    ("bad-ignore", changed(r"^(  [a-z-]+:(?: .*)?)$", r"\1  # walletdoc: ignore[wide-lable] it is not")),
    # shape
    ("unreachable-node", another_node),
    ("circle", to_start),
    ("idle-range", changed(r"ranges: \[\{below: (\d+), go: ([a-z-]+)\}", r"ranges: [{below: -7, go: \2}, {below: \1, go: \2}")),
    ("fact-not-known", unknown_wallet),
    ("unmapped-end", changed(r"(\{call: .*), not-fixed: [a-z-]+", r"\1")),
    ("unmapped-end", cut(r"    not-fixed:", of="^    call:")),
    # proof
    ("cause-lost", fix_dropped),
    ("cause-lost", cause_not_named),
    ("cause-again", treated_named),
    ("cause-never-here", elsewhere_named),
    ("fixed-exit", swapped_exits),
    ("truth-is-usual", usual_truth),
    ("unused-cause", another_cause),
    # language
    ("missing-translation", changed(r'(say|title|ask|try|do|how|why): \{zh: "([^"]*)", en: "[^"]*"\}', r'\1: {zh: "\2", en: "\2"}')),
    ("placeholders-differ", changed(r'^(      en: ".*)\{(?:wallet|bank)\.[a-z]+\}', r"\1it", near=2)),
    ("list-lengths-differ", changed(r'^(      en: \[.*), "[^"]*"\]$', r"\1]", near=2)),
    ("unknown-placeholder", changed(r"\{(wallet|bank)\.[a-z]+\}", r"{\1.nam}")),
    ("chinese-in-english", changed(TEXT + r'zh: ".*", en: "[^" ]* ', lambda match: f"{match[0]}支付 ")),
    ("english-in-chinese", changed(TEXT + r'zh: "[^"]{5}', lambda match: f"{match[0]} please open the bill ")),
    ("half-width-punctuation", changed(TEXT + r'zh: "[^"]*[\u4e00-\u9fff]，', lambda match: match[0][:-1] + ",")),
    ("broken-emphasis", changed(TEXT + r'zh: "[^"]{2}', lambda match: f"{match[0]}**“好”**的")),
    ("markup", changed(TEXT + r'zh: ".*", en: "', lambda match: f"{match[0]}[here](page) ")),
    ("long-sentence", changed(TEXT + r'zh: "[^"。！？]{8,}', lambda match: match[0] + "而且还要再看一看" * 6)),
    ("wide-label", changed(r'say: (\{zh: "[^"]*", en: ")[^"]*("\}), go', r"say: \1It says that something else is wrong with it, and so on\2, go")),
    ("duplicate-option", same_option),
    ("similar-option", like_option),
    # safety
    ("number-in-text", changed(TEXT + r'zh: "', lambda match: f"{match[0]}打九五一八八，")),
    ("number-in-text", changed(TEXT + r'zh: ".*", en: "', lambda match: f"{match[0]}Call 400-123-4567. ")),
    ("address-in-text", changed(TEXT + r'zh: ".*", en: "', lambda match: f"{match[0]}See www.example.com. ")),
    ("asks-for-secret", changed(r'^    ask: \{zh: "[^"]*"', '    ask: {zh: "你的支付密码是什么？"')),
    ("retry-before-money", paid_without_knowing),
    ("destructive-without-warning", unwarned),
    ("destructive-first", gone),
    ("late-protection", unprotected),
    ("hand-off-without-contact", cut(r"    to:", of="^    end: hand-off")),
    ("hand-off-without-prepare", cut(r"    prepare:", of="^    end: hand-off")),
    # craft
    ("no-how-or-why", cut(r"    (how|why):", of="^    ask:")),
    ("no-unsure", cut(r"      unsure:", at="parent")),
    ("no-prevent", cut(r"    prevent:", of="^    end: fixed")),
    ("no-steps", without_steps),
    ("no-minutes", cut(r"    minutes:", of="^    (try|do):")),
    ("few-phrases", few_phrases),
    ("shared-phrase", phrase_twice),
)  # fmt: skip
"""Kinds of faults in flows."""

STEP_FAULTS: tuple[tuple[str, Kind], ...] = (
    ("step-end", changed(r"end: not-fixed", "end: info")),
    ("step-fixes", changed(r"^(    fixed: .*)", r"\1\n    fixes: [any]", near=-1)),
    ("fixed-exit", swapped_exits),
    ("list-lengths-differ", changed(r'^(      en: \[.*), "[^"]*"\]$', r"\1]", near=2)),
)
"""Kinds of faults in steps."""

STALE = changed(r"^    verified-on: .*", "    verified-on: 2024-01-01")
REGISTRY_FAULTS: dict[str, tuple[tuple[str, Kind], ...]] = {
    "contacts.yaml": (
        ("stale-contact", STALE),
        ("date", changed(r"^    verified-on: .*", "    verified-on: 2026-02-30")),
        ("schema", changed(r"^    tier: [ABC]", "    tier: D")),
    ),
    "times.yaml": (
        ("stale-time", STALE),
        ("date", changed(r"^    verified-on: .*", "    verified-on: 2026-13-01")),
        ("schema", changed(r"^    valid-for: .*", "    valid-for: a year")),
    ),
    "facts.yaml": (
        ("unknown-contact", changed(r"contact: ([a-z-]+)", r"contact: \1-x")),
        ("unknown-option", changed(r"^    usual: (.*)", r"    usual: \1-x")),
        ("no-unsure", cut(r"      unsure:", at="parent")),
    ),
    "prepare.yaml": (("no-never", nothing_never),),
}
"""Kinds of faults in what stands beside the flows."""
