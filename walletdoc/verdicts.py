"""The verdicts on all files of a pack: kept where nothing that they depend on has changed, the others made afresh."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from walletdoc import cache
from walletdoc.contents import Digests, key
from walletdoc.failure import Failure
from walletdoc.forked import processors, spread
from walletdoc.judge import Judge
from walletdoc.packfiles import STEPS, File
from walletdoc.plan import UNREADABLE, Plan, of_file
from walletdoc.readfile import read
from walletdoc.verdict import Verdict, from_plain, to_plain

MANY = 32  # files from which on several processes are worth their start
_BETWEEN = 50_000  # new objects


def verdicts(plan: Plan, judge: Judge, read_as: Digests, folder: Path | None, processes: int | None) -> list[Verdict]:
    """Return the verdict on each file of a plan, in its order; `folder` is where verdicts are kept."""
    files = plan.all_files
    keys = _keys(plan, judge.as_of, read_as) if folder else []
    kept: Mapping[str, Any] = (cache.load_plain(folder, plan.name("verdicts")) if folder else None) or {}
    fresh = [at for at in range(len(files)) if not folder or keys[at] not in kept]

    def work(at: int) -> object:
        file = files[fresh[at]]
        return to_plain(_verdict(file, judge, by_name=file not in plan.named))

    with _tidy():
        made = dict(zip(fresh, spread(work, len(fresh), _processes(len(fresh), processes)), strict=True))
    plain: Sequence[Any] = [made[at] if at in made else kept[keys[at]] for at in range(len(files))]
    if folder and made:
        cache.store_plain(folder, plan.name("verdicts"), dict(zip(keys, plain, strict=True)))
    return [from_plain(each) for each in plain]


@contextmanager
def _tidy() -> Iterator[None]:
    """Let garbage be looked for, and not often: a file's values are no circles, and go when the file is done with."""
    was, before = gc.isenabled(), gc.get_threshold()
    gc.set_threshold(_BETWEEN, *before[1:])
    gc.enable()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not was:
            gc.disable()


def _keys(plan: Plan, as_of: date, read_as: Digests) -> list[str]:
    """Return by which key the verdict on each file is kept: on its content, the registries, the steps, and all ids."""
    steps = [each.path for each in plan.all_files if each.group == STEPS]
    beside = {path: read_as[path] for path in (*(path for _, path, _ in plan.registries), *steps)}
    common = key(beside, as_of, sorted(each.key for each in plan.all_files))
    return [key({each.path: read_as[each.path]}, common) for each in plan.all_files]


def _processes(count: int, most: int | None) -> int:
    if count < MANY:
        return 1
    return processors() if most is None else most


def _verdict(file: File, judge: Judge, *, by_name: bool) -> Verdict:
    try:
        data = read(file.path)
    except Failure as failure:
        return Verdict((of_file(file.path, UNREADABLE, failure.message),))
    return judge.judge(file, data, by_name=by_name)
