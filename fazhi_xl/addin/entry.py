"""The entry point of the console's button."""

from __future__ import annotations

import sys

from fazhi_xl.addin.actions import run
from fazhi_xl.errors import FazhiError
from fazhi_xl.text.commands import Command


def main() -> None:
    """Carry out the action that the console asks for. Ends with status 1 and one line where there is no console."""
    try:
        from fazhi_xl.addin.xlwings_host import calling_book  # noqa: PLC0415 - only the console loads xlwings

        host = calling_book()
    except ImportError:
        sys.exit(f"这个 Python 里没有 xlwings。请运行 {Command.INSTALL_CONSOLE} 重新生成工作台。")
    except FazhiError as error:
        sys.exit(str(error))
    run(host)
