"""What stands to be chosen beside the turns: tone, flow, end, cause, whom to contact, what to prepare, how long to wait."""

from walletdoc.contacts import ROLES
from walletdoc.flow import Period
from walletdoc.library import Library
from walletdoc.practice.bestway import PASSED_ON, Call, Right
from walletdoc.practice.chance import Draw

KINDS = ("fixed", "hand-off", "wait", "stop", "info", PASSED_ON)
UNKNOWN = "unknown"
NOBODY, SEARCHED = "nobody", "searched"
WHENEVER = "whenever"
LISTS = ("all", "few", "others", "secret")
"""What a list of things to prepare may be: all that is needed, only some, things beside it, and secrets with it."""
_LETTERS = "abcd"
_PERIODS = (
    "minutes-30",
    "hours-2",
    "hours-24",
    "working-days-1",
    "working-days-3",
    "working-days-7",
    "working-days-15",
)
_NEAR = 6  # flows that are easily taken for the right one, from which the wrong ones are drawn
_FLOWS, _CAUSES, _CONTACTS, _WAITS = 4, 4, 3, 3  # wrong ones beside the right one
_TONE = {
    "greet": ("calm-word", "blame", "promise"),
    "soothe": ("explain", "scold", "promise"),
    "secret": ("stop", "take", "ignore"),
    "scam": ("hang-up", "play-along", "call-back", "go-on"),
}


def choices_at(call: Call, stage: str, guessed: tuple[str, ...]) -> tuple[str, ...]:  # noqa: PLR0911 - one for each stage
    """Return the choices of a stage, shuffled where their order could tell; `guessed` are flows that it is not."""
    draw = Draw(stage, call.spec.seed, call.spec.flow, call.spec.cause)
    if stage in _TONE:
        return draw.shuffled(_TONE[stage])
    match stage:
        case "flow":
            others = draw.shuffled(call.plans.near(call.spec.flow)[:_NEAR])[:_FLOWS]
            return tuple(id_ for id_ in draw.shuffled((call.spec.flow, *others)) if id_ not in guessed)
        case "end":
            return KINDS
        case "cause":
            return (*_causes(call, draw), UNKNOWN)
        case "to":
            return (*draw.shuffled((*_contacts(call, draw), SEARCHED)), NOBODY)
        case "prepare":
            return tuple(_LETTERS)
        case "until":
            return (*_waits(call, draw), WHENEVER)
        case "target":
            right = call.way.right.target
            beside = call.plans.near(right) if right else call.plans.near(call.spec.flow)
            rest = [id_ for id_ in beside if id_ not in {right, call.spec.flow}]
            return draw.shuffled((*([right] if right else []), *rest[:_FLOWS]))
        case _:
            return ()


def right_at(call: Call, stage: str, *, fixed: bool) -> str:  # noqa: PLR0911 - as above
    """Return what is right at a stage; nothing where nothing is."""
    if stage in _TONE:
        return _TONE[stage][0]
    if stage == "flow":
        return call.spec.flow
    right = call.way.right
    match stage:
        case "end":
            return "fixed" if fixed else right.kind
        case "cause":
            return call.spec.cause if fixed or right.certain else UNKNOWN
        case "to":
            return next(iter(right.to), NOBODY)
        case "prepare":
            return _letter(call, "all")
        case "until":
            return period_id(call.library, right.period) if right.period else ""
        case "target":
            return right.target or ""
        case _:
            return ""


def _causes(call: Call, draw: Draw) -> tuple[str, ...]:
    others = draw.shuffled(cause for cause in call.flow.causes if cause != call.spec.cause)
    return draw.shuffled((call.spec.cause, *others[:_CAUSES]))


def _contacts(call: Call, draw: Draw) -> tuple[str, ...]:
    right = call.way.right.to
    registry = call.library.registries.contacts
    meant = {*right, *(registry[id_].role for id_ in right if id_ in registry)}
    roles = draw.shuffled(role for role in ROLES if role not in meant)
    lines = draw.shuffled(id_ for id_, each in registry.items() if id_ not in ROLES and each.role not in meant)
    named = any(id_ not in ROLES for id_ in right)  # the one that is named must not be the only one of its kind
    first, then = (lines, roles) if named else (roles, lines)
    return (*right, *first[: _CONTACTS - 1], *then[:1])


# --- what to prepare


def _letter(call: Call, kind: str) -> str:
    order = Draw("lists", call.spec.seed, call.spec.flow, call.spec.cause).shuffled(LISTS)
    return _LETTERS[order.index(kind)]


def items_of(call: Call, letter: str) -> tuple[tuple[str, ...], bool]:
    """Return the things to prepare on one of the four lists, and whether secrets stand on it too."""
    right: Right = call.way.right
    draw = Draw("items", call.spec.seed, call.spec.flow, call.spec.cause)
    others = draw.shuffled(id_ for id_ in call.library.registries.prepare if id_ not in right.prepare)
    most, half = max(len(right.prepare) - 1, 0), (len(right.prepare) + 1) // 2
    # Each wrong list shares most of its things with the right one, so that neither length nor company gives it away.
    by_kind = {
        "all": right.prepare,
        "few": right.prepare[:most] or others[:1],
        "others": (*right.prepare[:half], *others[1 : 1 + max(len(right.prepare) - half, 1)]),
        "secret": (*right.prepare[len(right.prepare) - most :], others[-1]),
    }
    kind = next(kind for kind in LISTS if _letter(call, kind) == letter)
    return by_kind[kind], kind == "secret"


# --- how long to wait


def period_id(library: Library, period: Period) -> str:
    """Return a period as a choice names it, such as `working-days-3`."""
    time = library.registries.times[period.time] if period.time else period
    for unit, count in (("working-days", time.working_days), ("hours", time.hours), ("minutes", time.minutes)):
        if count is not None:
            return f"{unit}-{count}"
    return WHENEVER


def _waits(call: Call, draw: Draw) -> tuple[str, ...]:
    period = call.way.right.period
    right = () if period is None else (period_id(call.library, period),)
    others = draw.shuffled(each for each in _PERIODS if each not in right)[:_WAITS]
    return draw.shuffled((*right, *others))
