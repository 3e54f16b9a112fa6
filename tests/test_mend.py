"""A damaged journal: found whatever the damage, its good records kept, its file set aside, nothing lost on the way."""

import errno
import itertools
from pathlib import Path

import pytest

from tests.faults import Child, contents, failing, hooked, killing, no_sync, restore
from walletdoc.failure import BAD_DATA, CANNOT_WRITE, Failure
from walletdoc.journal import Journal, Records, create, delete, names, open_, open_or_create, read
from walletdoc.mend import MAX_FILE, Mended

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

RECORDS: list[dict[str, object]] = [{"flow": "付款"}, {"answer": "余额"}, {"answer": "yes"}, {"n": 5}]
FILE, LOCK = "a.jsonl", "a.lock"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of an undamaged journal."""
    folder = tmp_path_factory.mktemp("whole")
    with create(folder, "a", RECORDS[0]) as journal:
        for record in RECORDS[1:]:
            journal.append(record)
    return contents(folder)


def opened(folder: Path) -> tuple[list[dict[str, object]], Mended | None]:
    with hooked(no_sync()):
        journal, records, mended = open_(folder, "a")
        journal.close()
    return records, mended


def check(folder: Path, files: dict[str, bytes], expected: int, lost: int | None) -> None:
    """Hold that a journal damaged like this is found so, keeps so many records, and is whole afterwards."""
    restore(folder, files)
    assert not read(folder, "a").whole
    assert list(read(folder, "a").records) == RECORDS[:expected]
    if not expected:
        with pytest.raises(Failure) as raised:
            opened(folder)
        assert raised.value.code == BAD_DATA
        assert "a.broken-1" in raised.value.message.zh
        assert "a.broken-1" in raised.value.message.en
        assert contents(folder) == {"a.broken-1": files[FILE]}
        return
    assert opened(folder) == (RECORDS[:expected], Mended(folder / "a.broken-1", expected, lost))
    assert (folder / "a.broken-1").read_bytes() == files[FILE]
    assert opened(folder) == (RECORDS[:expected], None)
    assert read(folder, "a").whole


def lines_before(data: bytes, at: int) -> int:
    return data[:at].count(b"\n")


def test_every_bit_flip(tmp_path: Path, whole: dict[str, bytes]) -> None:
    data = whole[FILE]
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        kept = lines_before(data, bit // 8)
        if bit % 8 in {0, 5}:  # a wrong digit, and another case; that all are found is shown at once with read
            check(tmp_path, {**whole, FILE: bytes(flipped)}, kept, len(RECORDS) - kept)
        else:
            restore(tmp_path, {**whole, FILE: bytes(flipped)})
            assert read(tmp_path, "a") == Records(tuple(RECORDS[:kept]), whole=False)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_cut_anywhere(tmp_path: Path, whole: dict[str, bytes], *, sealed: bool) -> None:
    data = whole[FILE]
    for size in range(len(data)):
        files = {FILE: data[:size]} | ({LOCK: whole[LOCK]} if sealed else {})
        kept = lines_before(data, size)
        if not sealed and size and data[size - 1] == ord("\n"):
            continue  # with its seal gone too, a journal cut at a line end is a shorter journal
        check(tmp_path, files, kept, len(RECORDS) - kept if sealed else None)


def test_a_torn_tail_that_nobody_was_told_of_loses_nothing(tmp_path: Path, whole: dict[str, bytes]) -> None:
    check(tmp_path, {**whole, FILE: whole[FILE] + b'["00000000",{"ans'}, len(RECORDS), 0)
    check(tmp_path, {**whole, FILE: whole[FILE] + bytes(512)}, len(RECORDS), 0)
    check(tmp_path, {**whole, FILE: whole[FILE] + b'["00000000",{}]\n'}, len(RECORDS), None)


def test_zeroed_sectors(tmp_path: Path) -> None:
    with hooked(no_sync()), create(tmp_path, "a", {"flow": "x"}) as journal:
        for number in range(300):
            journal.append({"answer": f"选项 {number}"})
    files = contents(tmp_path)
    whole = read(tmp_path, "a").records
    for start in range(0, len(files[FILE]), 512):
        data = bytearray(files[FILE])
        data[start : start + 512] = bytes(len(data[start : start + 512]))
        restore(tmp_path, {**files, FILE: bytes(data)})
        kept = lines_before(files[FILE], start)
        found = read(tmp_path, "a")
        assert found.records == whole[:kept]
        assert not found.whole


def test_damage_to_the_seal_costs_nothing(tmp_path: Path, whole: dict[str, bytes]) -> None:
    seal = whole[LOCK]
    for bit in range(len(seal) * 8):
        flipped = bytearray(seal)
        flipped[bit // 8] ^= 1 << bit % 8
        restore(tmp_path, {**whole, LOCK: bytes(flipped)})
        assert read(tmp_path, "a") == Records(tuple(RECORDS), whole=True)
        if bit % 8 == 0:
            assert opened(tmp_path) == (RECORDS, None)
    for size in range(len(seal)):
        restore(tmp_path, {**whole, LOCK: seal[:size]})
        assert opened(tmp_path) == (RECORDS, None)


def test_another_journal_in_its_place_is_found(tmp_path: Path, whole: dict[str, bytes]) -> None:
    with create(tmp_path, "b", {"flow": "other"}) as journal:
        for record in RECORDS:
            journal.append(record)
    other = (tmp_path / "b.jsonl").read_bytes()
    restore(tmp_path, {**whole, FILE: other})
    assert not read(tmp_path, "a").whole
    records, mended = opened(tmp_path)
    assert mended == Mended(tmp_path / "a.broken-1", len(records), None)


def test_each_damaged_file_gets_a_number_of_its_own(tmp_path: Path, whole: dict[str, bytes]) -> None:
    restore(tmp_path, {**whole, "a.broken-x": b"", "a.broken-007": b"", "ab.broken-9": b""})
    for number in (1, 2, 3):
        with (tmp_path / FILE).open("ab") as file:
            file.write(b"junk %d" % number)
        _, mended = opened(tmp_path)
        assert mended is not None
        assert mended.aside.name == f"a.broken-{number}"
        assert mended.aside.read_bytes().endswith(b"junk %d" % number)


def test_a_file_over_the_limit_is_left_as_it_is(tmp_path: Path, whole: dict[str, bytes]) -> None:
    restore(tmp_path, whole)
    with (tmp_path / FILE).open("r+b") as file:
        file.truncate(MAX_FILE)
    _, mended = opened(tmp_path)  # at the limit it is only damaged
    assert mended is not None
    with (tmp_path / FILE).open("r+b") as file:
        file.truncate(MAX_FILE + 1)
    before = sorted(contents(tmp_path))
    with pytest.raises(Failure) as raised:
        opened(tmp_path)
    assert raised.value.code == BAD_DATA
    assert sorted(contents(tmp_path)) == before
    assert (tmp_path / FILE).stat().st_size == MAX_FILE + 1
    assert not read(tmp_path, "a").whole


def test_a_journal_with_nothing_left_can_be_begun_anew(tmp_path: Path, whole: dict[str, bytes]) -> None:
    restore(tmp_path, {**whole, FILE: b"\0" * 100})
    with pytest.raises(Failure):
        open_or_create(tmp_path, "a", {"new": 1})
    assert names(tmp_path) == ()
    journal, records, mended = open_or_create(tmp_path, "a", {"new": 1})
    journal.close()
    assert (records, mended) == ([{"new": 1}], None)
    assert read(tmp_path, "a").whole
    delete(tmp_path, "a")
    assert contents(tmp_path) == {}


DAMAGED = {
    "torn": (lambda data: data[:-5], 3),
    "flipped": (lambda data: data[:40] + b"?" + data[41:], 1),
    "zeroed": (lambda data: bytes(len(data)), 0),
    "cut at a line end": (lambda data: data[: data.rindex(b"\n", 0, -1) + 1], 3),
}


def go_on(folder: Path, good: list[dict[str, object]]) -> None:
    if not good:
        with pytest.raises(Failure):
            open_(folder, "a")
        return
    journal, records, _ = open_(folder, "a")
    assert records == good
    journal.append({"later": 1})
    journal.close()
    assert list(read(folder, "a").records) == [*good, {"later": 1}]


def survived(folder: Path, damaged: bytes, kept: int) -> None:
    """Hold that after a mending that was broken off nothing is lost, and that it can be done again."""
    good = RECORDS[:kept]
    files = contents(folder)
    assert damaged in files.values()
    if not kept and FILE not in files:
        return  # it had come as far as it can
    if FILE in files:
        assert list(read(folder, "a").records) == good
    with hooked(no_sync()):
        go_on(folder, good)
    assert list(contents(folder).values()).count(damaged) == 1
    assert not [name for name in contents(folder) if ".new-" in name]


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("when", ["before", "within", "after"])
def test_a_kill_at_any_call_while_mending(tmp_path: Path, whole: dict[str, bytes], kind: str, when: str) -> None:
    damage, kept = DAMAGED[kind]
    damaged = damage(whole[FILE])
    for at in itertools.count():
        restore(tmp_path, {**whole, FILE: damaged})

        def work(_: object, at: int = at) -> None:
            with hooked(killing(at, when)):
                open_(tmp_path, "a")[0].close()

        _, code = Child(work).end()
        survived(tmp_path, damaged, kept)
        if code >= 0:
            assert code == (0 if kept else BAD_DATA)
            assert at > 10
            break


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("times", [1, 10**6])
def test_a_fault_at_any_call_while_mending(tmp_path: Path, whole: dict[str, bytes], kind: str, times: int) -> None:
    damage, kept = DAMAGED[kind]
    damaged = damage(whole[FILE])
    for at in itertools.count():
        restore(tmp_path, {**whole, FILE: damaged})
        journal: Journal | None = None
        code = 0
        with hooked(failing(at, errno.ENOSPC, times=times, short=True)):
            try:
                journal, _, _ = open_(tmp_path, "a")
            except Failure as failure:
                code = failure.code
        if journal:
            journal.close()
        survived(tmp_path, damaged, kept)
        if code != CANNOT_WRITE and at > 30:
            break


def test_a_full_disk_does_not_keep_anybody_from_reading(tmp_path: Path, whole: dict[str, bytes]) -> None:
    restore(tmp_path, {**whole, FILE: whole[FILE][:-5]})
    with hooked(failing(0, errno.ENOSPC, times=10**6)):
        with pytest.raises(Failure) as raised:
            open_(tmp_path, "a")
        assert raised.value.code == CANNOT_WRITE
    assert list(read(tmp_path, "a").records) == RECORDS[:3]
    assert sorted(contents(tmp_path)) == sorted(whole)


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_nothing_stays_locked_or_open_after_a_failure(tmp_path: Path, whole: dict[str, bytes]) -> None:
    restore(tmp_path, {**whole, FILE: whole[FILE][:-5]})
    before = open_files()
    for at in range(30):
        with hooked(failing(at, errno.EIO)):
            try:
                open_(tmp_path, "a")[0].close()
            except Failure:
                continue
    assert open_files() == before
