"""Reads the returned workbooks, checks them, ranks the units. See README.md."""

import sys

from fazhi_xl.cli import collect

if __name__ == "__main__":
    sys.exit(collect())
