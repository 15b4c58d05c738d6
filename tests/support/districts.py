"""Districts' folders with results, made from rounds that are scored by chance: what a city's office is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.same import Same
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace, json_bytes
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.scored_rounds import scored_round

Json = dict[str, Any]


def rounds_of(notice: Notice, *, official: bool = True) -> Iterator[Round]:
    """Give one round after the other by chance, all reviewed or none of them; the same ones each time."""
    return (made for seed in count(1) if (made := _scored(Same(notice), seed)).official is official)


@lru_cache(maxsize=64)
def _scored(notice: Same, seed: int) -> Round:
    return scored_round(notice.notice, seed)


def named(round_: Round, district: str) -> Round:
    """Give the round as another district's."""
    about = round_.notice.about.model_copy(update={"district": district})
    own = round_.notice.model_copy(update={"about": about})
    return replace(round_, notice=own, identity=f"轮-{district}")


def district(root: Path, round_: Round, *, book: bool = False) -> Path:
    """Write a district's folder with its report, and where asked its ranking workbook; gives the folder."""
    space = Workspace(root)
    space.make(space.results)
    space.write(space.results / REPORT_FILE, json_bytes(report(round_)))
    if book:
        space.write(space.results / RANKING_FILE, report_bytes(ranking_book(round_), round_.notice.theme))
    return root


def districts(root: Path, notice: Notice, *names: str, official: bool = True) -> list[Round]:
    """Write a folder for each name under a root; gives the rounds."""
    made = [named(one, name) for name, one in zip(names, rounds_of(notice, official=official), strict=False)]
    for name, one in zip(names, made, strict=True):
        district(root / name, one)
    return made


def edited(folder: Path, **changes: object) -> None:
    """Change what the report of a district says at its top."""
    path = Workspace(folder).results / REPORT_FILE
    held: Json = json.loads(path.read_text("utf-8"))
    path.write_bytes(json_bytes({**held, **changes}))
