"""State and cache lie where the system keeps such things, and nowhere where there is no home."""

from pathlib import Path

import pytest

from walletdoc import folders
from walletdoc.failure import CANNOT_WRITE, Failure
from walletdoc.folders import cache_folder, state_folder


@pytest.fixture(autouse=True)
def at_home(monkeypatch) -> None:
    monkeypatch.setenv("HOME", "/home/li")


@pytest.mark.parametrize(
    ("system", "environ", "state", "cache"),
    [
        ("linux", {}, "/home/li/.local/state/walletdoc", "/home/li/.cache/walletdoc"),
        ("linux", {"XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "/c"}, "/s/walletdoc", "/c/walletdoc"),
        (
            "freebsd14",
            {"XDG_STATE_HOME": "s", "XDG_CACHE_HOME": ""},
            "/home/li/.local/state/walletdoc",
            "/home/li/.cache/walletdoc",
        ),
        (
            "darwin",
            {"XDG_STATE_HOME": "/s"},
            "/home/li/Library/Application Support/walletdoc",
            "/home/li/Library/Caches/walletdoc",
        ),
        ("win32", {}, "/home/li/AppData/Local/walletdoc", "/home/li/AppData/Local/walletdoc/Cache"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/walletdoc", "/local/walletdoc/Cache"),
    ],
)
def test_each_system_has_its_folders(monkeypatch, system, environ, state, cache):
    monkeypatch.setattr(folders.sys, "platform", system)
    assert state_folder(environ) == Path(state)
    assert cache_folder(environ) == Path(cache)


def test_a_folder_for_state_can_be_named():
    assert state_folder({"WALLETDOC_STATE": "/a/b"}) == Path("/a/b")
    assert state_folder({"WALLETDOC_STATE": "b"}) == Path.cwd() / "b"
    assert state_folder({"WALLETDOC_STATE": ""}) == state_folder({})


def test_a_missing_home_is_a_failure_not_a_folder_named_tilde(monkeypatch):
    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", nobody)
    assert cache_folder({}) is None
    with pytest.raises(Failure) as failure:
        state_folder({})
    assert failure.value.code == CANNOT_WRITE
    assert failure.value.hint is not None
