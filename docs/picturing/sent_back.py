"""What goes back to a unit, and where the office answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

from docs.picturing.commands import BOOK, CATALOGUE, PROJECT, UNITS, build, collect
from docs.picturing.drawing import WHOLE, Drawn, draw
from fazhi_xl.form.manifest import file_name
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.invented_answers import answers
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.xlsx.fill import fill

BACK, FRONT, REPLIES = "退回", "需修改事项", "核实答复"
ODD = {
    "台账.001.日期": date(2019, 5, 1),
    "台账.002.日期": date(2019, 11, 8),
    "10.2.团队.填报": "约20个",
    "台账.003.日期": date(2018, 3, 2),
}
"""What is odd or wrong in a return, invented, by the codes of the inputs."""
SENT_BACK = {FRONT: (*WHOLE, "-W", "877", "-H", "420"), REPLIES: (*WHOLE, "-H", "300")}


def forms_sent_back(folder: Path) -> Drawn:
    """Draw what goes back to a unit, and where the office answers for it."""
    return {BACK: [each for book in _sent_back(folder) for each in draw(BACK, book, folder, SENT_BACK)]}


def _sent_back(folder: Path) -> Iterator[Path]:
    """Let a unit return a form that is odd in places, and give what goes back to it, and the book in which the office answers for it."""
    space, notice = Workspace(folder / BACK), load(PROJECT / "workbook_templates" / CATALOGUE)
    build("--out", space.root, "--unit", UNITS[1])
    (form,) = (each for each in issued_round(notice, space).forms if each.unit == UNITS[1])
    kinds = {f"{key.rpartition('.')[0]}.类型": "其他材料" for key in ODD if key.startswith("台账")}
    values = {**answers(notice, form.shape, Random(1)), **ODD, **kinds}  # noqa: S311 - invented
    places = form.shape.places
    cells = ((places[key].sheet, places[key].cell, _plain(value)) for key, value in values.items() if key in places)
    space.make(space.returns / "2020-11-18")
    issued = space.issued / file_name(notice, UNITS[1])
    (space.returns / "2020-11-18" / issued.name).write_bytes(fill(issued.read_bytes(), list(cells)))
    collect(space)
    yield next(space.corrections.glob("*.xlsx"))
    yield space.review / f"{BOOK}.xlsx"


def _plain(value: object) -> str | float | date | None:
    return float(value) if isinstance(value, Fraction) else value  # type: ignore[return-value] # texts and days are left
