"""Programs are run in turn, and compared pair by pair."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence

import pytest

from benchmarks.command import TABLES, main
from benchmarks.figures import Figure, Spread
from benchmarks.harness import DifferentWorkError, Patience, Peer, compared
from benchmarks.plot import growth_plot
from benchmarks.results import PLOT, README, Taken, results, section, with_section


def says(name: str, run: list[str], **told: float) -> Peer:
    """Give a program that says what it took; each of its runs is noted."""
    command = (sys.executable, "-S", "-c", f"print({json.dumps(json.dumps(told))})")
    return Peer(name=name, command=command, before=lambda: run.append(name))


def of_size(*peers: Callable[[int], Peer]) -> Callable[[int], Sequence[Peer]]:
    return lambda size: [peer(size) for peer in peers]


class TestComparing:
    def test_turns(self) -> None:
        """The order is rotated from turn to turn, and the ratios are over the first program."""
        run: list[str] = []
        both = of_size(lambda _: says("a", run, cpu=2.0, wall=4.0), lambda _: says("b", run, cpu=6.0, wall=4.0))
        ours, theirs = compared("part", both, [45], Patience(runs=2))
        assert run == ["a", "b", "b", "a"]
        assert (ours.cpu, theirs.cpu, theirs.wall) == (Spread.of([1.0]), Spread.of([3.0]), Spread.of([1.0]))
        assert theirs.memory > 1

    def test_patience(self) -> None:
        """What would take too long is reckoned from a smaller size, and what takes long is run once; the first is always run."""
        run: list[str] = []
        both = of_size(
            lambda size: says("a", run, cpu=0.4 * size, wall=1.0), lambda size: says("b", run, cpu=1.0 * size, wall=1.0)
        )
        figures = list(compared("part", both, [9, 90], Patience(runs=2, seconds=30)))
        assert run == ["a", "b", "b", "a", "a"]
        assert [(f.peer, f.size, f.estimated) for f in figures[2:]] == [("a", 90, False), ("b", 90, True)]
        assert (figures[3].cpu.median, figures[3].grown) == pytest.approx((2.5, 25))

    def test_estimate(self) -> None:
        """What is reckoned leaves the start of a program out of what grows, as soon as two sizes are known."""
        both = of_size(
            lambda _: says("a", [], cpu=1.0, wall=1.0), lambda size: says("b", [], cpu=2 + 0.1 * size, wall=1.0)
        )
        *_, last = compared("part", both, [10, 100, 1000], Patience(runs=1, seconds=30))
        assert last.estimated
        assert last.cpu.median == pytest.approx(102.0)

    def test_different_work(self) -> None:
        """Programs that did not do the same are not compared."""
        both = of_size(lambda _: says("a", [], count=5), lambda _: says("b", [], count=6))
        with pytest.raises(DifferentWorkError, match="'a': 5, 'b': 6"):
            list(compared("part", both, [45], Patience(runs=1)))

    def test_failure(self) -> None:
        """A program that fails ends the comparison."""
        fails = Peer(name="a", command=(sys.executable, "-S", "-c", "raise SystemExit(2)"))
        with pytest.raises(RuntimeError, match="failed: "):
            list(compared("part", lambda _: [fails], [45], Patience(runs=1)))


class TestResults:
    def test_readme(self) -> None:
        """The README's section is what results.json gives, and so is the plot; `--write` writes them anew."""
        told = README.read_text("utf-8")
        assert told == with_section(told, section(results(), TABLES))
        assert PLOT.read_text("utf-8") == growth_plot({each.table: each.figures for each in results()})

    def test_table(self) -> None:
        """A table has a line for each program and a column for each size, and marks what was reckoned."""
        text = section([a_table()], TABLES)
        assert (
            "| CPU / wall | 45 | 4,500 |\n|---|---:|---:|\n| ours | 1 | – |\n| theirs | 2.5 (2.0 to 3.0) / 4.0 | ~21 |"
            in text
        )
        assert (
            "Taken on 2026-11-29 on a machine; each program ran 3 times, once where it took over ten seconds.\nVersions: b 1.\n"
            in text
        )

    def test_kept(self) -> None:
        """What is kept as JSON is read as it was."""
        assert Taken.read(json.loads(json.dumps(a_table().kept()))) == a_table()


def a_table() -> Taken:
    one, more = Spread.of([1.0]), Spread.of([2.0, 2.5, 3.0])
    figures = (
        Figure(part="build", size=45, peer="ours", cpu=one, wall=one, grown=1.0, memory=50.0),
        Figure(part="build", size=45, peer="theirs", cpu=more, wall=Spread.of([4.0]), grown=2.5, memory=60.0),
        Figure(
            part="build",
            size=4500,
            peer="theirs",
            cpu=Spread.of([21.0]),
            wall=one,
            grown=99.0,
            memory=0.0,
            estimated=True,
        ),
    )
    return Taken(table="build", day="2026-11-29", machine="a machine", versions="b 1", runs=3, figures=figures)


def test_unknown_part(capsys: pytest.CaptureFixture[str]) -> None:
    """A part that there is not is wrong use."""
    with pytest.raises(SystemExit, match="2"):
        main(["biuld"])
    assert "no part is called biuld; there are build, read, " in capsys.readouterr().err
