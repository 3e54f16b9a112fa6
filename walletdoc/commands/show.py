"""`walletdoc show FLOW`: a whole flow as a numbered booklet, to be read on paper."""

from walletdoc.commands.arguments import FlowArgument, named
from walletdoc.context import current
from walletdoc.exporters.booklet import booklet
from walletdoc.page import show

PAPER = 76  # columns of a printed page


def command(flow: FlowArgument) -> None:
    """Print a flow."""
    context = current()
    library = context.library
    show(booklet(named(library, flow), library, context.lang, context.today), PAPER)
