"""A placeholder that nothing fills, or a brace that belongs to none.

A text may say `{wallet.name}`, with a role or a contact before the dot and `name`, `hotline`, `way` or `hours` after
it, or `{time.refund-card}`, with a time of `times.yaml`. Anything else in braces, and any placeholder in a title, a
phrase, a contact or a time, stays on the screen as it is; `hours` of a contact that states none come out as `…`.

Bad:
    nodes:
      call-wallet:
        say: {zh: "请{wallet.nmae}查这一笔。", en: "Ask {wallet.nmae} to trace it."}

Good:
    nodes:
      call-wallet:
        say: {zh: "请{wallet.name}查这一笔。", en: "Ask {wallet.name} to trace it."}
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from walletdoc.contacts import FIELDS, Contact, resolve
from walletdoc.diagnostic import Severity
from walletdoc.library import Library
from walletdoc.references import ROLES
from walletdoc.subject import Finding, PackSubject, Prose, Subject, Texts
from walletdoc.text import Text, brief

ZH = """没有东西可填的占位符，或者落单的花括号。

文字里可以写 `{wallet.name}`：点前面是角色或联系对象，点后面是 `name`、`hotline`、`way` 或 `hours`；也可以写
`{time.refund-card}`，即 `times.yaml` 里的时间。花括号里写别的，或者在标题、“phrases”、联系方式、时间表里写占位符，都会原样留在
屏幕上；联系对象没有写服务时间的，`hours` 会变成“…”。
"""
SEVERITY = Severity.ERROR

_BRACES = re.compile(r"\{([^{}\0\n]*)\}")
_BRACE = re.compile(r"[{}]")
_NAMED = re.compile(r"([a-z0-9-]+)\.([a-z0-9-]+)")
_NEVER_FILLED = frozenset({"title", "phrases", "contacts", "times", "never"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find placeholders of a flow or step that nothing fills."""
    yield from _unfilled(subject.texts, subject.library)


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find placeholders of the registries that nothing fills."""
    yield from pack.in_registries(lambda texts: _unfilled(texts, pack.library))


def _unfilled(texts: Texts, library: Library) -> Iterator[Finding]:
    known: dict[str, Text | None] = {}  # the same few come up again and again
    for prose in texts.prose.values():
        whole = 0
        for said, match in prose.find(_BRACES):
            whole += 1
            if match[0] not in known:
                known[match[0]] = _wrong(match[0], match[1], library)
            message = known[match[0]]
            if message is None and said.where[0] in _NEVER_FILLED:
                shown = brief(match[0])
                message = Text(zh=f"这里的“{shown}”不会被填上", en=f"'{shown}' is not filled in here")
            if message is not None:
                yield Finding(said.where, message)
        if prose.joined.count("{") + prose.joined.count("}") > 2 * whole:
            yield from _stray(prose)


def _stray(prose: Prose) -> Iterator[Finding]:
    for said in prose.texts:
        brace = _BRACE.search(_BRACES.sub("", said.text))
        if brace:
            text = Text(zh=f"落单的“{brace[0]}”，不属于任何占位符", en=f"a '{brace[0]}' that belongs to no placeholder")
            yield Finding(said.where, text)


def _wrong(whole: str, inside: str, library: Library) -> Text | None:
    """Return what is wrong with what stands in braces; None for a placeholder."""
    shown = brief(whole)
    named = _NAMED.fullmatch(inside)
    if named is None:
        zh = f"“{shown}”不是占位符，应写成“{{wallet.name}}”这样"
        return Text(zh=zh, en=f"'{shown}' is no placeholder; expected one such as '{{wallet.name}}'")
    name, field = named.groups()
    if name == "time":
        return _unknown(shown, field, library.registries.times, Text(zh="时间", en="time"))
    contacts = ("time", *ROLES, *library.registries.contacts)
    return (
        _unknown(shown, name, contacts, Text(zh="角色或联系对象", en="role or contact"))
        or _unknown(shown, field, FIELDS, Text(zh="栏目", en="field"))
        or (_without_hours(shown, name, library) if field == "hours" else None)
    )


def _unknown(shown: str, name: str, known: Collection[str], what: Text) -> Text | None:
    if name in known:
        return None
    close = get_close_matches(name, known, 1)
    hint = Text(zh=f"；是不是“{close[0]}”？", en=f"; did you mean '{close[0]}'?") if close else Text(zh="", en="")
    zh = f"“{shown}”：没有“{name}”这个{what.zh}{hint.zh}"
    return Text(zh=zh, en=f"'{shown}': there is no {what.en} '{name}'{hint.en}")


def _without_hours(shown: str, name: str, library: Library) -> Text | None:
    silent = next((each for each in _meant(name, library) if each.hours is None), None)
    if silent is None:
        return None
    zh = f"“{shown}”会变成“…”：{silent.organisation.zh}没有写服务时间"
    return Text(zh=zh, en=f"'{shown}' comes out as '…': no hours are stated for {silent.organisation.en}")


def _meant(name: str, library: Library) -> tuple[Contact, ...]:
    """Return every contact that a role or contact may stand for, whatever the answers."""
    contacts = library.registries.contacts
    fact = library.facts.get(name)
    named = [option.contact for option in fact.options.values() if option.contact] if fact else []
    return tuple(contacts[each] for each in named if each in contacts) or resolve(name, {}, {}, contacts)
