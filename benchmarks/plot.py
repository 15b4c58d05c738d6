"""The growth plot: what writing and reading take by the number of workbooks, as SVG on a light ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, log10

from benchmarks.figures import Figure

_WIDE, _HIGH = 1060, 480
_LEFT, _TOP, _ACROSS, _DOWN = 70, 96, 300, 320  # of a panel
_APART = 500  # from one panel to the next
_LINE = 15  # between labels
_OURS, _OURS_TOO = "#0b6b50", "#4fa387"
_OTHERS = ("#b5532a", "#3b5b92", "#8a6d1d", "#7a4b86", "#5f6670", "#2f7f8f", "#9c3d54")
_TITLES: Mapping[str, str] = {"build": "写 writing", "read": "读 reading"}
_GROUND, _INK, _FAINT, _PALE = "#ffffff", "#22262b", "#dfe3e8", "#98a1ab"
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One of the two halves, with the logarithms between which its axes run."""

    name: str
    figures: Sequence[Figure]
    left: int

    @property
    def across(self) -> tuple[float, float]:
        sizes = [log10(figure.size) for figure in self.figures]
        return min(sizes), max(*sizes, min(sizes) + 1)

    @property
    def down(self) -> tuple[int, int]:
        grown = [log10(figure.grown) for figure in self.figures]
        return floor(min(grown)), max(ceil(max(grown)), floor(min(grown)) + 1)

    def at(self, size: float, grown: float) -> tuple[float, float]:
        """Give the place of a point."""
        (first, last), (low, high) = self.across, self.down
        right = (log10(size) - first) / (last - first) * _ACROSS
        up = (log10(grown) - low) / (high - low) * _DOWN
        return self.left + right, _TOP + _DOWN - up

    @property
    def lines(self) -> Mapping[str, list[Figure]]:
        """The figures of each program, smallest size first."""
        peers = dict.fromkeys(figure.peer for figure in self.figures)
        return {peer: sorted((f for f in self.figures if f.peer == peer), key=lambda f: f.size) for peer in peers}


def growth_plot(tables: Mapping[str, Sequence[Figure]]) -> str:
    """Draw the figures of `build` and `read`; a part that is not there is left out."""
    panels = [
        Panel(name=name, figures=tables[name], left=_LEFT + no * _APART)
        for no, name in enumerate(name for name in _TITLES if name in tables)
    ]
    drawn = [line for panel in panels for line in _panel(panel)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-family="{_FONT}" font-size="12" fill="{_INK}">'
    ground = f'<rect width="{_WIDE}" height="{_HIGH}" fill="{_GROUND}"/>'
    return "\n".join([head, ground, *_titles(), *drawn, "</svg>", ""])


def _titles() -> Iterator[str]:
    yield _text(_LEFT - 50, 26, "CPU 时间随份数的增长 CPU time by number of workbooks", size=16, weight="bold")
    said = "以本项目 45 份为 1;虚线为按较少份数推算 · this project's time for the fewest is 1; broken lines are estimated from fewer"
    yield _text(_LEFT - 50, 46, said)


def _panel(panel: Panel) -> Iterator[str]:
    yield _text(panel.left, _TOP - 12, _TITLES[panel.name], weight="bold")
    yield from _grid(panel)
    colours = _colours(panel)
    for peer, figures in reversed([*panel.lines.items()]):
        yield from _line(panel, figures, colours[peer])
    yield from _labels(panel, colours)


def _colours(panel: Panel) -> Mapping[str, str]:
    """Give each program a colour: the first this project's, what else is this project's a lighter one, floors a pale one."""
    first, *rest = panel.lines
    lighter = {peer: _OURS_TOO for peer in rest if peer.startswith("this project")}
    floors = {figure.peer: _PALE for figure in panel.figures if figure.note.startswith("a floor")}
    others = (peer for peer in rest if peer not in lighter | floors)
    return {first: _OURS, **lighter, **floors, **dict(zip(others, _OTHERS, strict=False))}


def _grid(panel: Panel) -> Iterator[str]:
    right, bottom = panel.left + _ACROSS, _TOP + _DOWN
    low, high = panel.down
    for power in range(low, high + 1):
        _, y = panel.at(panel.figures[0].size, 10**power)
        yield f'<path d="M{panel.left} {y:.1f}H{right}" stroke="{_FAINT}"/>'
        yield _text(panel.left - 8, y + 4, f"{10**power:,}×" if power >= 0 else f"{10**power:g}×", anchor="end")
    for size in sorted({figure.size for figure in panel.figures}):
        x, _ = panel.at(size, 1)
        yield f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="{_FAINT}"/>'
        yield _text(x, bottom + 18, f"{size:,}", anchor="middle")
    yield _text(panel.left + _ACROSS / 2, bottom + 40, "工作簿份数 workbooks", anchor="middle")


def _line(panel: Panel, figures: Sequence[Figure], colour: str) -> Iterator[str]:
    """Draw a program's points, joined; what was estimated is broken, and its points hollow."""
    wide = 3 if colour == _OURS else 1.6
    points = [panel.at(figure.size, figure.grown) for figure in figures]
    for (begin, end), figure in zip(pairwise(points), figures[1:], strict=True):
        broken = ' stroke-dasharray="4 4"' if figure.estimated else ""
        path = f"M{begin[0]:.1f} {begin[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
        yield f'<path d="{path}" stroke="{colour}" stroke-width="{wide}" fill="none"{broken}/>'
    for (x, y), figure in zip(points, figures, strict=True):
        inside = _GROUND if figure.estimated else colour
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{wide + 1}" fill="{inside}" stroke="{colour}"/>'


def _labels(panel: Panel, colours: Mapping[str, str]) -> Iterator[str]:
    """Name each line where it ends, from the top down, a line's height apart."""
    ends = {peer: panel.at(figures[-1].size, figures[-1].grown) for peer, figures in panel.lines.items()}
    room = 0.0
    for peer, (x, y) in sorted(ends.items(), key=lambda end: end[1][1]):
        room = max(y + 4, room + _LINE)
        weight = "bold" if colours[peer] == _OURS else "normal"
        yield _text(x + 10, room, peer, fill=colours[peer], weight=weight)


def _text(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", **more: str) -> str:
    look = f'font-size="{size}" text-anchor="{anchor}"'
    if "weight" in more:
        look += f' font-weight="{more["weight"]}"'
    if "fill" in more:
        look += f' fill="{more["fill"]}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'
