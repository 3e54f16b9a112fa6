"""The graph: where a node leads is where its edges lead; an order has each node before those that it leads to."""

import pytest

from walletdoc.flow import edges
from walletdoc.graph import order, targets
from walletdoc.library import Library

LIBRARY = Library()
OWNERS = [LIBRARY.flow(file.id) if file.group != "steps" else LIBRARY.step(file.id) for file in LIBRARY.files.values()]
IDS = list(LIBRARY.files)


@pytest.mark.parametrize("owner", OWNERS, ids=IDS)
def test_a_node_leads_where_its_edges_lead(owner):
    for node in owner.nodes.values():
        assert targets(node) == [edge.target for edge in edges(node)]


@pytest.mark.parametrize("owner", OWNERS, ids=IDS)
def test_in_order_each_node_is_before_those_that_it_leads_to(owner):
    nodes = order(owner)
    assert nodes is not None
    assert sorted(nodes) == sorted(owner.nodes)
    places = {id_: at for at, id_ in enumerate(nodes)}
    assert all(places[id_] < places[target] for id_, node in owner.nodes.items() for target in targets(node))
