"""A small round played to its package for the archive: three units, a return each in its own way, all decided, sealed."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree
from zipfile import ZipFile

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.office.archiving.again import Outcome
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.verified import Verified
from fazhi_xl.office.commands import archive as archiving
from fazhi_xl.office.commands import regenerate, verify_package
from fazhi_xl.office.commands.archive import Archived, ArchiveOrder, archive
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.verify_package import VerifyOrder, verify
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.sealing.seal import SealOrder, seal
from tests.support.catalogues import minimal, write
from tests.support.offices import Office
from tests.support.progress import Heard, Silent

FIRST, SECOND, THIRD = UNITS = ("01社区", "02社区", "03社区")
DAY, NOW = date(2032, 1, 10), datetime(2032, 1, 20, 9).astimezone()
ODD = "归口%/03 社区#.xlsx" if sys.platform == "win32" else "归:口?/03 社区*.xlsx"  # as no package takes it
MOMENT = 1_957_000_000_123_456_700  # nanoseconds, in January 2032; Windows counts in hundreds of them
EDITION = "01_年终"


def played(root: Path) -> Office:
    """Issue, receive, decide all, and seal."""
    write(root / "sq-2031", minimal(3))
    office = office_in(root)
    office.issue()
    office.receive(f"{FIRST}.xlsx", office.filled(FIRST), DAY)
    office.receive("二.zip", b"", DAY)
    with ZipFile(office.space.returns / "二.zip", "w") as archive:
        archive.writestr("表.xlsx", office.filled(SECOND, office.good(SECOND, 2)))
    path = office.receive(ODD, office.filled(THIRD, office.good(THIRD, 3)), DAY)
    os.utime(path, ns=(MOMENT, MOMENT))
    (office.space.returns / "空" / "更空").mkdir(parents=True)
    office.receive("._表.xlsx", b"x", DAY)
    decide(office)
    sealed(office)
    return office


def office_in(root: Path) -> Office:
    """Give the office of a round that was played in a folder."""
    return Office(load(root / "sq-2031"), root / "out")


def decide(office: Office, passwords: tuple[str, ...] = (), *, now: datetime = NOW) -> None:
    """Collect, and take the self-scores of what nobody has decided."""
    review = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="王五"))
    order = CollectOrder(sources=Sources(passwords=passwords), review=review)
    collect(office.notice, office.space, order, Silent(), now=now)


def sealed(
    office: Office,
    name: str = "年终",
    *,
    passwords: tuple[str, ...] = (),
    earlier: Path | None = None,
    sources: tuple[Path, ...] = (),
    now: datetime = NOW,
) -> None:
    """Collect and seal, as the command does."""
    order = CollectOrder(sources=Sources(paths=sources, passwords=passwords), previous=earlier)
    round_ = collect(office.notice, office.space, order, Silent(), now=now)
    wanted = SealOrder(name=name, by="张三", round_=round_, now=now, earlier=earlier, sources=sources)
    seal(office.space, wanted, Silent())


def archived(office: Office, *, passwords: tuple[str, ...] = ()) -> tuple[Archived, list[str]]:
    """Archive where there is no LibreOffice; gives what came of it, and all that was said."""
    heard = Heard()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archiving, "regenerate", here)
        patch.setattr(verify_package, "regenerate", here)
        done = archive(office.space, ArchiveOrder(passwords=passwords), heard)
    return done, [*heard.lines, *done.lines]


def here(root: Path, again: Again, *, passwords: tuple[str, ...] = (), jobs: int = 1) -> str:
    """Collect a round once more in this process, which spares the start of another."""
    regenerate.collect_again(root, again, passwords=passwords, jobs=jobs)
    return ""


def unsealed(office: Office) -> Office:
    """Take away what was sealed, so that something else can be."""
    for place in (office.space.sealed, office.space.archive / office.space.sealed.name):
        for each in (place, *place.rglob("*")):
            each.chmod(0o755)
        rmtree(place)
    return office


def verified(place: Path, *, passwords: tuple[str, ...] = (), again: bool = True) -> Verified:
    """Test a package in this process; not `again`, without making the ranking anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_package, "regenerate", here)
        outcome = None if again else Outcome()
        return verify(VerifyOrder(place=place, passwords=passwords, outcome=outcome), Silent())
