"""The rich face on a pseudo-terminal: what a person sees, and what their keys do."""

import json
import os
import signal
import time

import pytest

from tests.packs import flow, write
from tests.terminal import BACKSPACE, CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, PAGE_DOWN, UP, Terminal

COOKED = (True, True)
WALK = "from tests.faces.walk import walk; walk({lang!r}, {flow!r}, {pack!r})"
MONEY = {"zh": "这一笔的钱被扣走了吗？", "en": "Was the money for this payment taken?"}
MESSAGE = {"zh": "付款页面提示了什么？", "en": "What does the payment page say?"}
EARLIER = {"zh": "要改哪一个答案？", "en": "Which answer do you want to change?"}


@pytest.fixture
def terminal(warm_cache):
    """Start code on a terminal; what is still running at the end is ended."""
    started = []

    def start(code, env=None, **size):
        env = {"WALK_CACHE": str(warm_cache)} | (env or {})
        started.append(Terminal("-c", code, env=env, **size))
        return started[-1]

    yield start
    for each in started:
        each.process.close(force=True)


@pytest.fixture
def walk(terminal):
    def start(lang="zh", flow="pay-failed", pack=None, **more):
        return terminal(WALK.format(lang=lang, flow=flow, pack=pack and str(pack)), **more)

    return start


def result(screen):
    """Return what the program says came of it, the terminal being as it was."""
    assert screen.finish() == 0
    assert not screen.hidden
    said = screen.everything.split("RESULT ")[1].split("\n\n")[0]
    return json.loads(said.replace("\n", ""))
