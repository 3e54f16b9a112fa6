"""What the user named is written whole or not at all, with the rights that it should have."""

import os
import stat

import pytest

from walletdoc.failure import Failure
from walletdoc.outfile import write_out


@pytest.fixture(autouse=True)
def _usual_rights():
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_private_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "a"
    path.write_text("before")
    write_out(path, "你好")
    assert (path.read_text(encoding="utf-8"), rights(path)) == ("你好", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_a_shared_file_has_the_usual_rights_or_keeps_its_own(tmp_path):
    path = tmp_path / "made" / "too" / "a"
    write_out(path, "a", shared=True)
    assert rights(path) == 0o644
    path.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(path)
    write_out(link, "b", shared=True)
    assert (path.read_text(), rights(path), link.is_symlink()) == ("b", 0o640, True)


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_no_file_is_written_to_as_it_is(tmp_path, shared):
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    write_out(link, "a", shared=shared)
    assert link.is_symlink()
    assert list(tmp_path.iterdir()) == [link]


def test_a_new_file_takes_no_others_place(tmp_path):
    path = tmp_path / "a"
    write_out(path, "a", shared=True, new=True)
    assert rights(path) == 0o644
    for taken in (path, tmp_path / "link"):
        if taken != path:
            taken.symlink_to(tmp_path / "gone")
        with pytest.raises(Failure, match="is there already") as failure:
            write_out(taken, "b", shared=True, new=True)
        assert failure.value.code == 2
    assert path.read_text() == "a"


def test_what_can_not_be_written_is_said_and_leaves_nothing(tmp_path):
    (tmp_path / "a").write_text("a")
    for options in ({}, {"shared": True}, {"shared": True, "new": True}):
        with pytest.raises(Failure) as failure:
            write_out(tmp_path / "a" / "b", "b", **options)
        assert failure.value.code == 74
    with pytest.raises(Failure):
        write_out(tmp_path, "b")
    with pytest.raises(UnicodeEncodeError):
        write_out(tmp_path / "b", "\ud800")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
