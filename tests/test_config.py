"""What is set: read leniently, written whole and for this user alone."""

import os
import stat
from contextlib import suppress

import pytest

from tests.faults import failing, hooked
from walletdoc.config import KEYS, language, presets, read, write
from walletdoc.failure import Failure


def test_what_is_written_is_read_again(tmp_path):
    settings = {"language": "zh", "wallet": "alipay", "bank": "other", "face": "plain"}
    write(tmp_path / "state", settings)
    assert read(tmp_path / "state") == settings
    write(tmp_path / "state", {"wallet": "", "face": "rich"})
    assert read(tmp_path / "state") == {"face": "rich"}


@pytest.mark.parametrize("mask", [0, 0o022, 0o077, 0o777])
def test_it_is_for_this_user_alone(tmp_path, mask):
    before = os.umask(mask)
    try:
        write(tmp_path / "new" / "state", {"face": "plain"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "state").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "state" / "config").stat().st_mode) == 0o600


def test_a_link_in_the_way_is_replaced_and_what_it_led_to_is_left(tmp_path):
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "config").symlink_to(other)
    write(tmp_path / "state", {"face": "plain"})
    assert other.read_text(encoding="utf-8") == "mine"
    assert read(tmp_path / "state") == {"face": "plain"}


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "state").symlink_to(tmp_path / "real")
    with pytest.raises(Failure) as raised:
        write(tmp_path / "state", {"face": "plain"})
    assert raised.value.code == 74
    assert not list((tmp_path / "real").iterdir())


@pytest.mark.parametrize("at", range(6))
def test_a_write_that_fails_leaves_what_was_set(tmp_path, at):
    write(tmp_path, {"wallet": "alipay"})
    with hooked(failing(at, 28)), suppress(Failure):
        write(tmp_path, {"wallet": "wechat"})
    assert read(tmp_path) in ({"wallet": "alipay"}, {"wallet": "wechat"})
    assert [file.name for file in tmp_path.iterdir()] == ["config"]


@pytest.mark.parametrize(
    ("content", "settings"),
    [
        (b"", {}),
        (b"language=zh", {"language": "zh"}),
        (b"wallet=\nface=plain\n", {"face": "plain"}),
        (b"password=1234\nwallet=alipay\n", {"wallet": "alipay"}),
        (b"wallet\n=\n\xff\xfe=x\n", {}),
        (b"wallet=\xff\n", {"wallet": "\ufffd"}),
        (b"x" * 100_000, {}),
    ],
)
def test_what_can_t_be_read_is_not_set(tmp_path, content, settings):
    (tmp_path / "config").write_bytes(content)
    assert read(tmp_path) == settings


def test_what_is_no_file_is_not_set(tmp_path):
    assert read(tmp_path / "nowhere") == {}
    (tmp_path / "config").mkdir()
    assert read(tmp_path) == {}


@pytest.mark.parametrize(
    ("flag", "environ", "settings", "expected"),
    [
        (None, {}, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, {}, "zh"),
        (None, {"LANG": "zh_CN", "LC_MESSAGES": "de_DE"}, {}, "en"),
        (None, {"LC_MESSAGES": "zh_HK", "LANG": "C"}, {}, "zh"),
        (None, {"LC_ALL": "C", "LC_MESSAGES": "zh_HK"}, {}, "en"),
        (None, {"LC_ALL": "", "LANG": "ZH"}, {}, "zh"),
        (None, {"LANG": "zh_CN"}, {"language": "en"}, "en"),
        (None, {"WALLETDOC_LANG": "zh"}, {"language": "en"}, "zh"),
        ("en", {"WALLETDOC_LANG": "zh"}, {"language": "zh"}, "en"),
    ],
)
def test_the_nearest_language_counts(flag, environ, settings, expected):
    assert language(flag, environ, settings) == expected


def test_only_facts_are_presets():
    assert presets(dict.fromkeys(KEYS, "x")) == {"wallet": "x", "bank": "x"}
