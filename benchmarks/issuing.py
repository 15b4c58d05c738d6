"""Times issuing by number of workbooks, beside plain XlsxWriter. Usage: python benchmarks/issuing.py [COUNT ...] (45, 450 and 4500).

Ours makes the 2020 notice's forms, compiles each shape once, and writes as many workbooks as are asked for, numbered on. XlsxWriter
writes the cells, formulas and validations of the same forms, without anything else, 45 at a time. Each is a process of its own, on one
core; they run in turn. Given are CPU milliseconds a workbook, start-up included, XlsxWriter's over ours, and the peak memory.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import count, cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.round import described_forms  # noqa: E402
from fazhi_xl.cli import RARE_COLLECTIONS  # noqa: E402 - the project is not installed; its folder comes first
from fazhi_xl.form.identity import Edition  # noqa: E402
from fazhi_xl.form.unit_form import unit_forms  # noqa: E402
from fazhi_xl.notice.assignment import assign  # noqa: E402
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign  # noqa: E402
from fazhi_xl.xlsx.writer.form import draw  # noqa: E402

_COUNTS, _OURS, _UNITS = (45, 450, 4_500), "--ours", 45
Spent = tuple[float, float]
"""CPU seconds, and megabytes at most."""


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == [_OURS]:
        issue(int(arguments[1]), Path(arguments[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "books.json").write_text(json.dumps(described_forms(), ensure_ascii=False), "utf-8")
        plain = [str(ROOT / "benchmarks/plain_write.py"), str(place / "books.json"), str(place / "plain")]
        for no in map(int, arguments or map(str, _COUNTS)):
            (its, _), (mine, memory) = _spent(plain), _spent([__file__, _OURS, str(no), str(place / "ours")])
            each, other = 1000 * mine / no, 1000 * its / _UNITS
            print(f"{no:6d}: {each:7.2f} ms, XlsxWriter {other:7.2f} ms, {other / each:6.1f} times; {memory:4.0f} MB")


def issue(number: int, folder: Path) -> None:
    """Write so many workbooks: the forms of all units again and again, each under a number of its own."""
    gc.set_threshold(*RARE_COLLECTIONS)  # as the command does
    notice = open_campaign(DEFAULT)
    forms = list(unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"benchmark"))
    drawn = {form.shape.name: draw(form.shape, notice.theme, title=DEFAULT) for form in forms}
    folder.mkdir(exist_ok=True)
    for no, form in zip(count(1), islice(cycle(forms), number), strict=False):
        slots: Mapping[str, str] = {**form.slots, "form_number": f"{form.number}-{no}"}
        (folder / f"{no}.xlsx").write_bytes(drawn[form.shape.name].fill(slots))


def _spent(command: Sequence[str]) -> Spent:
    """Run a Python program to its end."""
    process = os.posix_spawn(sys.executable, [sys.executable, *command], os.environ)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(" ".join(command))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
