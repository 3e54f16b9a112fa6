"""`walletdoc schema`."""

import json

import pytest

from walletdoc.schema import FILES, json_schema


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_of_a_kind_is_json_and_nothing_else(program, kind):
    done = program.call("schema", kind)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == json_schema(kind)


def test_the_flow_is_meant_if_nothing_is_said(program):
    done = program.run("schema")
    assert done.code == 0
    assert json.loads(done.out) == json_schema("flow")


@pytest.mark.parametrize(("lang", "says"), [("zh", "没有“nothing”这种文件"), ("en", "no kind of file 'nothing'")])
def test_a_kind_that_there_is_not_is_refused(program, lang, says):
    done = program.call("schema", "nothing", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert ", ".join(FILES) in done.err
