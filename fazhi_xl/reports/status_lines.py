"""A status line for each unit, from report.json; before the first run, from campaign.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fazhi_xl.reports.media.titles import VETO
from fazhi_xl.reports.media.workbook import Column
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.undecided import Undecided
from fazhi_xl.scoring.model import State

COLUMNS = (
    Column(title="序号", width=6, style="whole"),
    Column(title="单位", width=18),
    Column(title="情况", width=14, style="centre"),
    Column(title="须改正", width=8, style="whole"),
    Column(title="请核实", width=8, style="whole"),
    Column(title="总分", width=9, style="figure"),
    Column(title="名次", width=7, style="whole"),
    Column(title="计入的文件", width=30),
)
Line = tuple[str | int | float | None, ...]


def issued_lines(held: Mapping[str, Any]) -> Iterator[Line]:
    """Give the units of campaign.json. Raises KeyError and the like where it is damaged."""
    for unit in held["units"]:
        yield (unit["no"], unit["unit"], "已发放", None, None, None, None, None)


def open_words(report: Mapping[str, Any]) -> str:
    """Count what report.json says is undecided, by kind; blank where nothing is, or the report is of an earlier version."""
    kinds = Counter(str(each["kind"]) for each in report.get("open", ()))
    told = "、".join(f"{kind.word}{kinds[kind.value]}项" for kind in Undecided if kinds[kind.value])
    return f"还没有定的:{told}。" if told else ""


_SETTLED = {State.REVIEWED: "已核定", State.VETOED: VETO}


def report_lines(report: Mapping[str, Any]) -> Iterator[Line]:
    """Give the units of report.json in its order. Raises KeyError and the like where it is damaged."""
    files = {file["path"]: file for file in report["files"]}
    for no, unit in enumerate(report["units"], 1):
        file = files.get(unit["file"])
        severities = [found["severity"] for found in file["findings"]] if file else []
        counts = (severities.count("error"), severities.count("confirm")) if file else (None, None)
        if file is None or unit["state"] in _SETTLED:
            state = _SETTLED.get(unit["state"], "未报")
        else:
            state = "没有填写" if unit["state"] == State.MISSING else Status.of(file["status"]).word
        if file is None and (more := unit.get("extended")):  # earlier versions have no such thing
            state = f"{state}(延期至{more['until']})"
        total = None if unit["total"] is None else float(unit["total"])
        yield (no, unit["unit"], state, *counts, total, unit["rank"], unit["file"])
