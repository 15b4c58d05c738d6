"""Offices that seal their results, and look at what stands in 定稿/."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.standing import Heard
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.sealing.edition import Sealed
from fazhi_xl.office.sealing.seal import SealOrder, seal
from fazhi_xl.rounds.round import Round
from tests.support.offices import NOW, Office
from tests.support.progress import Silent
from tests.support.systems import seen

LATER = date(2020, 11, 20)


def accept_all(office: Office) -> Round:
    """Collect, and decide by the units' own scores whatever is open."""
    orders = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="张三"))
    return collect(office.notice, office.space, CollectOrder(review=orders), Silent(), now=NOW)


def sealed_as(office: Office, name: str, *, now: datetime = NOW) -> Sealed:
    """Collect and seal, as the command does."""
    round_ = office.collect(now=now)
    return seal(office.space, SealOrder(name=name, by="张三", round_=round_, now=now), Silent())


def said(office: Office, *, now: datetime = NOW) -> list[str]:
    """Collect, and give all that is said, with the round's folder as `out`."""
    heard = Heard(to=Silent())
    round_ = collect(office.notice, office.space, CollectOrder(), heard, now=now)
    lines = (*heard.lines, *round_summary(round_, office.space))
    return [seen(line, office.root) for line in lines]


def edition(office: Office, folder: str = "01_第一稿") -> Path:
    return office.space.sealed / folder


def told(office: Office, folder: str = "01_第一稿") -> dict[str, Any]:
    """Give what 定稿.json says."""
    held: dict[str, Any] = json.loads((edition(office, folder) / "定稿.json").read_bytes())
    return held


def files(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder, by their paths within it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def writable(path: Path) -> None:
    """Let a test change what an edition holds."""
    for each in (path, *path.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)


def enter_receipt(office: Office, path: str, **entries: str) -> None:
    """Type into the row of a file in 收到登记.xlsx, by the titles of its columns."""
    register = office.root / "收到登记.xlsx"
    book = load_workbook(register)
    sheet = book.active
    assert sheet is not None
    head: dict[str, int] = {}
    for row in sheet.iter_rows():
        texts = [str(cell.value or "") for cell in row]
        if "处理" in texts:
            head = {text: no for no, text in enumerate(texts)}
        if head and path in texts[head["文件"]].split("、"):
            for title, text in entries.items():
                row[head[title]].value = text
    book.save(register)
