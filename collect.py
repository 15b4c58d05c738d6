"""Reads the returned workbooks, checks them, ranks the units. See README.md."""

import sys

from fazhi_xl.cli.collect_command import main

if __name__ == "__main__":
    sys.exit(main())
