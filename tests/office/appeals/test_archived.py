"""A granted request goes into sealed editions and packages: what was asked is kept there, and the ranking is made anew with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.support.archived import DAY, FIRST, SECOND, archived, decide, office_in, sealed, verified
from tests.support.catalogues import minimal, write
from tests.support.offices import Office
from tests.support.reviews import Reviewing, entered, shown, verdict

LATER = datetime(2032, 1, 25, 9).astimezone()
SIGNED = date(2032, 1, 22)


def requested(root: Path) -> tuple[Office, Reviewing, str]:
    """Play a round in which a unit lost all of its first sub-point and asks for it; gives also the row of the request."""
    write(root / "sq-2031", minimal(2))
    office = office_in(root)
    office.issue()
    for seed, unit in enumerate((FIRST, SECOND), 1):
        office.receive(f"{unit}.xlsx", office.filled(unit, office.good(unit, seed)), DAY)
    decide(office)
    review = Reviewing(office)
    row = review.rows(1)[0]
    review.enter(verdict(row, {"核定": 0, "说明": "没有材料"}) | {f"{row}.审核日期": SIGNED})
    office.collect(now=LATER)
    path = next((office.space.results / "反馈单").glob(f"01_{FIRST}_*.xlsx"))
    code = next(key for key in shown(path.read_bytes()) if key.startswith("复核申请.") and key.endswith(".得分点"))
    asked = code.removesuffix(".得分点")
    office.receive(
        "反馈单.xlsx", entered(path.read_bytes(), {f"{asked}.申请复核": "申请", f"{asked}.理由": "材料在附件"}), DAY
    )
    office.collect(now=LATER)
    (request,) = (key.removesuffix(".申请理由") for key in review.cells if key.endswith(".申请理由"))
    return office, review, request


@pytest.mark.long
def test_a_granted_request_is_sealed_and_made_anew(tmp_path: Path) -> None:
    """The package makes the ranking anew, byte for byte: the request is on record in it, and its sheet among the files."""
    office, review, request = requested(tmp_path)
    entries = verdict(request, {"复核决定": "改分", "新核定": 1, "说明": "附件可以证明"})
    review.enter(entries | {f"{request}.审核日期": SIGNED})
    done = office.collect(now=LATER)
    assert (done.official, done.unsealed, [each.ruling for each in done.appeals.taken]) == (True, (), ["改分"])
    sealed(office, now=LATER)
    made, told = archived(office)
    assert (office.space.sealed / "01_年终" / "依据" / "审核" / "复核申请.jsonl").exists()
    assert verified(made.path).troubles == ()
    assert told
