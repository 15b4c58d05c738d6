"""The two commands: options, exit statuses, what is printed; no logic.

An old Python reads this module, too, before it can say that it is too old: see `python`.
"""

import atexit
import gc
import sys
import warnings
from typing import TYPE_CHECKING

from fazhi_xl.cli.python import absent, unfit

if TYPE_CHECKING:
    from collections.abc import Callable

# Nearly all that a run makes lives to its end; looking for garbage in it at the usual pace takes a fifth of the time.
RARE_COLLECTIONS = 1_000_000, 50, 50
gc.set_threshold(*RARE_COLLECTIONS)
if hasattr(gc, "freeze"):
    atexit.register(gc.freeze)  # and at the end, nothing of it has to be looked through

INTERRUPTED, WRONG_USE = "已中断。已经写好的文件是完整的,重新运行即可。", 2


def build() -> int:
    """Run build_workbooks.py; gives its exit status."""
    return _started(_build)


def collect() -> int:
    """Run collect.py; gives its exit status."""
    return _started(_collect)


def _started(command: "Callable[[], int]") -> int:
    """Run a command, which loads its modules first: half a second in which it can be interrupted, too."""
    try:
        said = unfit(sys.version_info[:3])
        if not said:
            _silence()
            return command()
    except KeyboardInterrupt:
        said = INTERRUPTED
    except ImportError as error:
        said = absent(error)
    print(said, file=sys.stderr)
    return WRONG_USE


def _silence() -> None:
    """Keep what libraries say to programmers, in English, from the office; `python -W` has it said."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _build() -> int:
    from fazhi_xl.cli.build_command import main  # noqa: PLC0415 - see `_started`

    return main()


def _collect() -> int:
    from fazhi_xl.cli.collect_command import main  # noqa: PLC0415 - see `_started`

    return main()
