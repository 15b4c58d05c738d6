"""Writes the forms of the 2020 notice as the program does: `python -m benchmarks.peers.building COUNT FOLDER`.

Each shape is compiled once; the forms of all units are written again and again, each under a number of its own, until there are so many.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

from fazhi_xl.cli import RARE_COLLECTIONS
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.template import Template


def main(count: int, folder: Path) -> None:
    gc.set_threshold(*RARE_COLLECTIONS)  # as the command does
    folder.mkdir(parents=True, exist_ok=True)
    notice = open_campaign(DEFAULT)
    build(notice, list(unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"benchmark")), count, folder)
    print(json.dumps({"count": len(list(folder.iterdir()))}))


def build(notice: Notice, forms: Iterable[Form], count: int, folder: Path) -> None:
    """Write so many workbooks into a folder, the forms in turn; one after the other, so that none is held."""
    drawn: dict[str, Template] = {}
    for no, form in enumerate(islice(cycle(forms), count)):
        if form.shape.name not in drawn:
            drawn[form.shape.name] = draw(form.shape, notice.theme, title=DEFAULT)
        slots = {name: text.replace(form.number, f"{form.number}-{no}") for name, text in form.slots.items()}
        (folder / f"{no}.xlsx").write_bytes(drawn[form.shape.name].fill(slots))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
