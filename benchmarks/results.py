"""What was measured last, in results.json, and the README's section and the plot that are made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Spread, number
from benchmarks.plot import growth_plot
from benchmarks.setting import Table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
README = ROOT / "README.md"
PLOT = ROOT / "docs" / "pictures" / "benchmarks.svg"
_BEGIN, _END = "<!-- written by benchmarks/run.py --write -->\n", "<!-- up to here -->\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The figures of one table, with the day and the machine on which they were taken, and how often programs were run."""

    table: str
    day: str
    machine: str
    versions: str
    runs: int
    figures: tuple[Figure, ...]

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> Taken:
        """Give what was kept as JSON."""
        return cls(**{**held, "figures": tuple(Figure.read(each) for each in held["figures"])})

    def kept(self) -> dict[str, Any]:
        """Give what JSON keeps."""
        own = {name: getattr(self, name) for name in ("table", "day", "machine", "versions", "runs")}
        return {**own, "figures": [each.kept() for each in self.figures]}

    @property
    def sizes(self) -> list[int]:
        return sorted({figure.size for figure in self.figures})

    @property
    def peers(self) -> list[str]:
        """The programs in their order."""
        return list(dict.fromkeys(figure.peer for figure in self.figures))


def results() -> list[Taken]:
    """Give what was measured last, table by table."""
    return [Taken.read(each) for each in json.loads(RESULTS.read_text("utf-8"))] if RESULTS.exists() else []


def keep(taken: Iterable[Taken], tables: Mapping[str, Table]) -> None:
    """Put what was measured in the place of what stands under the same tables, and write the README's section and the plot anew."""
    now = {each.table: each for each in (*results(), *taken)}
    kept = [now[name] for name in tables if name in now]
    RESULTS.write_text(_in_lines(each.kept() for each in kept), "utf-8")
    README.write_text(with_section(README.read_text("utf-8"), section(results(), tables)), "utf-8")
    PLOT.write_text(growth_plot({each.table: each.figures for each in results()}), "utf-8")


def _in_lines(tables: Iterable[Mapping[str, Any]]) -> str:
    """Write the tables as JSON, a line for each figure."""
    written = []
    for table in tables:
        head = json.dumps({**table, "figures": []}, ensure_ascii=False).removesuffix("]}")
        lines = ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in table["figures"])
        written.append(f"{head}\n  {lines}\n]}}")
    return "[\n" + ",\n".join(written) + "\n]\n"


def with_section(readme: str, text: str) -> str:
    """Give the README with another section on benchmarks."""
    return re.sub(f"{_BEGIN}.*?{_END}", lambda _: _BEGIN + text + _END, readme, flags=re.DOTALL)


def section(taken: Sequence[Taken], tables: Mapping[str, Table]) -> str:
    """Give what the README tells: a table for each comparison, and on what it was taken."""
    return "\n".join([*_taken_on(taken), "", *(line for each in taken for line in _told(each, tables[each.table]))])


def _taken_on(taken: Sequence[Taken]) -> Iterator[str]:
    """Say on what the figures were taken; those of one occasion together."""
    occasions: dict[str, list[str]] = {}
    for each in taken:
        often = "once" if each.runs == 1 else f"{each.runs} times, once where it took over ten seconds"
        occasions.setdefault(f"{each.day} on {each.machine}; each program ran {often}", []).append(each.table)
    for said, names in occasions.items():
        which = f" ({', '.join(names)})" if len(occasions) > 1 else ""
        yield f"Taken{which} on {said}."
    yield from dict.fromkeys(f"Versions: {each.versions}." for each in taken)


def _told(taken: Taken, table: Table) -> Iterator[str]:
    yield from (f"**{table.title}.** {table.about}", "")
    if table.of_memory:
        yield from _memory_rows(taken)
    else:
        yield from _ratio_rows(taken)
    yield from ("", *_notes(taken))


def _ratio_rows(taken: Taken) -> Iterator[str]:
    yield f"| CPU / wall | {' | '.join(f'{size:,}' for size in taken.sizes)} |"
    yield "|---|" + "---:|" * len(taken.sizes)
    held = {(figure.peer, figure.size): figure for figure in taken.figures}
    for peer in taken.peers:
        yield f"| {peer} | {' | '.join(_ratios(held.get((peer, size))) for size in taken.sizes)} |"


def _ratios(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    if figure.estimated:
        return f"~{number(figure.cpu.median)}"
    if figure.cpu == figure.wall == Spread.of([1.0]):
        return "1"
    return f"{figure.cpu} / {number(figure.wall.median)}"


def _memory_rows(taken: Taken) -> Iterator[str]:
    yield f"| MB | {' | '.join(f'{size:,}' for size in taken.sizes)} | growth |"
    yield "|---|" + "---:|" * (len(taken.sizes) + 1)
    for peer in taken.peers:
        peaks = [figure.memory for figure in taken.figures if figure.peer == peer]
        yield f"| {peer} | {' | '.join(f'{peak:.0f}' for peak in peaks)} | {peaks[-1] - peaks[0]:.0f} |"


def _notes(taken: Taken) -> Iterator[str]:
    """Say once what programs leave out of the work."""
    said: dict[str, list[str]] = {}
    for figure in taken.figures:
        if figure.note and figure.peer not in said.setdefault(figure.note, []):
            said[figure.note].append(figure.peer)
    if said:
        yield from ("; ".join(f"{', '.join(peers)}: {note}" for note, peers in said.items()) + ".", "")
