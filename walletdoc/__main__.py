"""`python -m walletdoc`."""

import sys

from walletdoc.cli import main

if __name__ == "__main__":
    sys.exit(main())
