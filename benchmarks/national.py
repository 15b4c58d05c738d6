"""Issues and collects a whole country: python benchmarks/national.py [DISTRICTS [UNITS]] (2850 and 45).

Every district has the forms of the 2020 notice, and of its first UNITS units a return, filled in with the same answers. Both commands are
run as users run them, `--districts`, the collect with `--report-only`, on all processors. The districts are done in waves, and what a
wave leaves is removed. Given are, of each command over all waves: wall and CPU seconds, workbooks a second, and the peak memory of all its
processes together (their proportional shares, looked at twice a second). Making up the returns is not counted.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # the project is not installed in a clone

from fazhi_xl.form.identity import Edition  # noqa: E402
from fazhi_xl.form.manifest import file_name  # noqa: E402 - found only now
from fazhi_xl.form.model import Form  # noqa: E402
from fazhi_xl.notice.model import Notice  # noqa: E402
from fazhi_xl.office.commands import invented_answers  # noqa: E402
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign  # noqa: E402
from fazhi_xl.office.workspace.folder import Workspace  # noqa: E402
from fazhi_xl.office.workspace.processes import default_jobs, spread  # noqa: E402
from fazhi_xl.office.workspace.shared_forms import SharedForms  # noqa: E402
from fazhi_xl.xlsx.writer.form import draw  # noqa: E402
from fazhi_xl.xlsx.writer.template import Template  # noqa: E402

_DISTRICTS, _UNITS, _WAVE = 2_850, 45, 400
_OF_A_WORKBOOK, _OF_A_DISTRICT = (
    130_000,
    6_000_000,
)  # bytes on the disk at most: issued, returned, kept; and what is not a workbook
_PAUSE = 0.5  # seconds between two looks at memory
_DONE = {0, 1}


@dataclass(slots=True, kw_only=True)
class Spent:
    """What a command has taken: seconds, and megabytes at most of all its processes."""

    wall: float = 0
    cpu: float = 0
    memory: float = 0

    def told(self, what: str, workbooks: int) -> str:
        return (
            f"{what:10} {self.wall:7.1f} s wall, {self.cpu:7.1f} s CPU, {workbooks / self.wall:6.0f} workbooks a second, "
            f"{self.memory:5.0f} MB at most"
        )


def main(arguments: list[str]) -> None:
    districts, units = (int(each) for each in (*arguments, *map(str, (_DISTRICTS, _UNITS)[len(arguments) :]))[:2])
    with tempfile.TemporaryDirectory(prefix="national-") as folder:
        place = Path(folder)
        _refuse_full_disk(place, min(districts, _WAVE), units)
        issuing, collecting, returns = Spent(), Spent(), Returns.of(units)
        for first in range(0, districts, _WAVE):
            names = [f"{no:04d}县" for no in range(first, min(first + _WAVE, districts))]
            _wave(place, names, returns, issuing, collecting)
            print(f"{first + len(names)} districts", file=sys.stderr, flush=True)
    print(f"{districts} districts, {os.cpu_count()} processors, --jobs {default_jobs()}")
    print(issuing.told("issued", districts * len(returns.notice.units)))
    print(collecting.told("collected", districts * units))


def _refuse_full_disk(place: Path, districts: int, units: int) -> None:
    wanted = districts * (_OF_A_DISTRICT + max(units, _UNITS) * _OF_A_WORKBOOK)
    if shutil.disk_usage(place).free < wanted:
        sys.exit(f"{place} needs {wanted / 1e9:.0f} GB free; TMPDIR names another folder")


def _wave(place: Path, names: list[str], returns: Returns, issuing: Spent, collecting: Spent) -> None:
    """Issue and collect some districts, add what that took, and remove them."""
    listed, out = place / "districts.txt", place / "out"
    listed.write_text("\n".join(names), "utf-8")
    _run(issuing, "build_workbooks.py", DEFAULT, "--districts", str(listed), "--out", str(out), "--quiet")
    for _ in spread(partial(_return, returns), [out / name for name in names], default_jobs()):
        pass
    _run(collecting, "collect.py", "--districts", str(out), "--report-only", "--quiet")
    reports = sum(1 for _ in out.glob("*/结果/report.json"))
    if reports != len(names):
        sys.exit(f"{reports} of {len(names)} districts have a report")
    shutil.rmtree(out)


# The returns ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Returns:
    """What units answer, drawn once for all districts; nothing but a form's number differs."""

    notice: Notice
    shared: SharedForms
    drawn: Mapping[str, Template] = field(default_factory=dict)

    @classmethod
    def of(cls, units: int) -> Returns:
        notice = open_campaign(DEFAULT)
        shared, random = SharedForms(notice), Random(2020)  # noqa: S311 - a play, not a secret
        forms = shared.forms(Edition(number=1), b"of no round")[:units]
        return cls(notice=notice, shared=shared, drawn={form.unit: _answered(notice, form, random) for form in forms})


def _answered(notice: Notice, form: Form, random: Random) -> Template:
    values = invented_answers.answers(notice, form.shape, random)
    return draw(form.shape, notice.theme, title="return", values=values)


def _return(returns: Returns, root: Path) -> None:
    """Put a district's returns into its folder."""
    space = Workspace(root)
    for form in returns.shared.forms(Edition(number=1), space.key()):
        if form.unit in returns.drawn:
            data = returns.drawn[form.unit].fill(form.slots)
            (space.returns / file_name(returns.notice, form.unit)).write_bytes(data)


# The commands --------------------------------------------------------------------------------------------------------


def _run(spent: Spent, script: str, *arguments: str) -> None:
    """Run a command and add what it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen([sys.executable, str(ROOT / script), *arguments], cwd=ROOT)
    while process.poll() is None:
        spent.memory = max(spent.memory, sum(map(_share, _family(process.pid))) / 1024)
        time.sleep(_PAUSE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in _DONE:
        sys.exit(f"{script} ended with {process.returncode}")
    spent.wall += time.perf_counter() - begun
    spent.cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _family(pid: int) -> Iterator[int]:
    """Give a process and those that it started, as Linux lists them."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in map(int, children):
        yield from _family(child)


def _share(pid: int) -> int:
    """Give a process's share of memory in kB: of what several share, a part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main(sys.argv[1:])
