"""Times a round of 45 workbooks: issuing and collecting, each beside the plain library doing only the writing or the reading.

Usage: python benchmarks/round.py [RUNS]. Every figure is of whole processes: wall seconds, and the largest process's peak memory. The
pairs run in turn, and the ratio is taken pair by pair, so that it holds where the machine's speed drifts.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fazhi_xl.form.identity import Edition  # noqa: E402
from fazhi_xl.form.manifest import file_name  # noqa: E402
from fazhi_xl.form.meanings import to_formula  # noqa: E402 - the project is not installed; its folder comes first
from fazhi_xl.form.model import Address, Computed, Field, Form, Given, Label, Points, Sheet, Slot  # noqa: E402
from fazhi_xl.form.unit_form import unit_forms  # noqa: E402
from fazhi_xl.notice.assignment import assign  # noqa: E402
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign  # noqa: E402

Measured = tuple[float, float]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _prepare(place)
        out = place / "issued"
        build = [str(ROOT / "build_workbooks.py"), "--out", str(out), "--force", "--quiet"]
        written = [str(ROOT / "benchmarks/plain_write.py"), str(place / "books.json"), str(place / "plain")]
        _compare("45 workbooks issued", build, "plain XlsxWriter", written, runs)
        played = place / "played" / "演练"
        collect = [str(ROOT / "collect.py"), "--out", str(played), "--quiet"]
        read = [str(ROOT / "benchmarks/plain_read.py"), str(played / "回收")]
        _compare("45 units' returns collected", collect, "plain openpyxl", read, runs, anew=played / ".cache.sqlite")


def _prepare(place: Path) -> None:
    """Describe the forms for the plain writer, and play a round for the readers."""
    (place / "books.json").write_text(json.dumps(described_forms(), ensure_ascii=False), "utf-8")
    _measure([str(ROOT / "collect.py"), "--rehearse", "--out", str(place / "played"), "--quiet"])


def described_forms() -> dict[str, list[object]]:
    """Give the cells of each unit's form by the name of its file, sheet by sheet."""
    notice = open_campaign(DEFAULT)
    forms = unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"benchmark")
    return {file_name(notice, form.unit): [_described(form, sheet) for sheet in form.shape.sheets] for form in forms}


def _described(form: Form, sheet: Sheet) -> list[object]:
    own = [(place, content) for place, _, content in form.shape.cells() if place.sheet == sheet.name]
    cells = [[place.row - 1, place.column - 1, *_content(form, place, content)] for place, content in own]
    inputs = [[place.row - 1, place.column - 1] for place, content in own if isinstance(content, Field)]
    return [sheet.name, cells, inputs]


def _content(form: Form, place: Address, content: object) -> tuple[str, object]:
    match content:
        case Computed(expr):
            return "formula", "=" + to_formula(expr, lambda field: form.shape.places[field].seen_from(place.sheet))
        case Label(text):
            return "value", text
        case Slot(name):
            return "value", form.slots[name]
        case Points(hundredths):
            return "value", hundredths / 100
        case Given(value):
            return "value", value
        case _:
            return "input", None


def _compare(
    what: str, ours: Sequence[str], other: str, plain: Sequence[str], runs: int, anew: Path | None = None
) -> None:
    """Compare two commands; `anew` is what keeps ours from doing all of its work again."""
    pairs = [(_measure(ours, anew), _measure(plain)) for _ in range(runs + 1)][1:]  # the first pair warms up
    for name, figures in ((what, [mine for mine, _ in pairs]), (other, [its for _, its in pairs])):
        seconds, memory = sorted(s for s, _ in figures), max(m for _, m in figures)
        spread = f"{seconds[0]:.2f} to {seconds[-1]:.2f}"
        print(f"{name:30} {median(seconds):6.2f} s ({spread}), peak {memory:5.0f} MB")
    print(f"{'ratio, pair by pair':30} {median(mine[0] / its[0] for mine, its in pairs):6.2f}\n")


def _measure(command: Sequence[str], anew: Path | None = None) -> Measured:
    """Run a Python program; give wall seconds, and the peak memory of its largest process in MB."""
    if anew:
        anew.unlink(missing_ok=True)
    begun = time.perf_counter()
    quiet = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, 1)]
    process = os.posix_spawn(sys.executable, [sys.executable, *command], os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    os.close(quiet)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        message = f"failed: {' '.join(command)}"
        raise RuntimeError(message)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
