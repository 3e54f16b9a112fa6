"""What a user has set: language, wallet, bank, face; lines of `key=value` in the state folder."""

from collections.abc import Mapping
from pathlib import Path

from walletdoc.privatefile import make_folder, open_folder, or_failure, put
from walletdoc.text import Lang

KEYS = ("language", "wallet", "bank", "face")
FACES = ("rich", "plain")
NAME = "config"
LIMIT = 4096


def read(folder: Path) -> dict[str, str]:
    """Return what is set; what can't be read counts as not set, since help must not fail for want of a setting."""
    try:
        with (folder / NAME).open("rb") as file:
            lines = file.read(LIMIT).decode(errors="replace").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key: value for key, _, value in pairs if key in KEYS and value}


def language(flag: str | None, environ: Mapping[str, str], set_: Mapping[str, str]) -> Lang:
    """Return the language: the flag, `WALLETDOC_LANG`, what is set, then what the system says; zh* is Chinese."""
    system = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    chosen = flag or environ.get("WALLETDOC_LANG") or set_.get("language") or system
    return "zh" if chosen.lower().startswith("zh") else "en"


def presets(set_: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that are set."""
    return {fact: set_[fact] for fact in ("wallet", "bank") if fact in set_}


def write(folder: Path, settings: Mapping[str, str]) -> None:
    """Put down what is set, whole or not at all, for this user alone; an empty value is not set. Raises Failure 74."""
    lines = "".join(f"{key}={settings[key]}\n" for key in KEYS if settings.get(key))
    with or_failure(folder / NAME):
        make_folder(folder)
        with open_folder(folder) as at:
            put(at, NAME, lines.encode())
