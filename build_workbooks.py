"""Issues one locked task-decomposition workbook per unit. See README.md."""

import sys

from fazhi_xl.cli import build

if __name__ == "__main__":
    sys.exit(build())
