"""The contacts, and the record of letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from docs.picturing.commands import build
from docs.picturing.drawing import WHOLE, Drawn, draw
from fazhi_xl.office.post.register import Entry, Event, recording
from fazhi_xl.office.workspace.folder import Workspace

CONTACTS, POSTED = "联系人", "发信登记"
WRITTEN_TO = {
    "区委办": ("张晓明", "qwb@example.cn", "", "0519-12345601"),
    "人大常委会机关": ("李文", "rd@example.cn;rd-fz@example.cn", "", "0519-12345602"),
    "政府办": ("王芳", "zfb@example.cn", "fzk@example.cn", "0519-12345603"),
    "政协机关": ("赵敏", "zx-typo@example.cn", "", "0519-12345604"),
    "检察院": ("陈立", "", "", "0519-12345605"),
}
"""Whom a few units are written to, invented; one address does not exist, and one is not known."""
POST = {CONTACTS: (*WHOLE, "-H", "420"), POSTED: (*WHOLE, "-H", "450")}


def post(folder: Path) -> Drawn:
    """Draw the contacts and the record of letters."""
    return {name: list(draw(name, path, folder, POST)) for name, path in _letters(folder).items()}


def _letters(folder: Path) -> dict[str, Path]:
    """Issue a few forms, fill in the contacts, write drafts, and let a server have answered to some; gives what to draw."""
    space = Workspace(folder / "发信")
    chosen = [option for unit in WRITTEN_TO for option in ("--unit", unit)]
    build("--out", space.root, *chosen)
    letters = ("--out", space.root, "--mail", space.contacts_file)
    build(*letters)
    book = load_workbook(space.contacts_file)
    for row in book["联系人"].iter_rows(min_row=4):
        for cell, entry in zip(row[2:6], WRITTEN_TO.get(str(row[1].value), ()), strict=False):
            cell.value = entry or None
    book.save(space.contacts_file)
    build(*letters, status=1)  # one has no address
    with recording(space) as record:
        record.add(*(each for no, draft in enumerate(record.register.entries) for each in _answered(draft, no)))
    build(*letters, "--unit", next(iter(WRITTEN_TO)))
    return {CONTACTS: space.contacts_file, POSTED: space.mail / f"{POSTED}.xlsx"}


def _answered(draft: Entry, no: int) -> Iterator[Entry]:
    """Tell that a letter like a draft was sent some minutes later, or that its address does not exist."""
    later = (datetime.fromisoformat(draft.at) + timedelta(minutes=30 + no)).isoformat(timespec="seconds")
    begun = replace(draft, at=later, id=f"<{no}@example.cn>", event=Event.BEGUN, path="")
    known = not any("typo" in address for address in draft.to)
    yield begun
    yield replace(
        begun, event=Event.SENT if known else Event.FAILED, answer="250 2.0.0 OK" if known else "550 5.1.1 User unknown"
    )
