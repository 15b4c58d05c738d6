"""Issuing the forms of one notice, or of each its own, in many districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.identity import Edition
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.district_list import District
from fazhi_xl.office.commands.district_tasks import CATALOGUES, Crew, DistrictResult, Outcome, each_district
from fazhi_xl.office.commands.issue import IssueOrder, issue, unfinished
from fazhi_xl.office.workspace.catalogue import TEMPLATES, is_copied, keep_copy
from fazhi_xl.office.workspace.districts import DistrictFolder
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import changed_units, forms_of
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Nobody
from fazhi_xl.office.workspace.shared_forms import SharedForms
from fazhi_xl.text.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictsIssue:
    """What is issued in each district: by its own catalogue, where it has one, or that of all.

    `force` overwrites what was issued, and with `drop_answers` also takes inputs out under which returns hold answers.
    """

    catalogue: str
    force: bool = False
    drop_answers: bool = False
    today: date

    def issue(self, folder: DistrictFolder) -> DistrictResult:
        """Issue a district's workbooks, as far as they are not there."""
        home, space = find_campaign(folder.catalogue or self.catalogue, TEMPLATES), Workspace(folder.root)
        notice, shared = CATALOGUES.of(home)
        force = self.force or unfinished(space)
        missing = None if force else _missing(notice, space, shared)
        if missing == ():
            if not is_copied(space, home):  # where it was killed at the very end
                with locked(space, "发放"):
                    keep_copy(space, home)
            return DistrictResult(name=folder.name, outcome=Outcome.UNCHANGED, said="已经发放过")
        order = IssueOrder(units=missing or (), force=force, drop_answers=self.drop_answers, shared=shared)
        built = issue(notice, space, order, Nobody(), today=self.today)
        keep_copy(space, home)
        return DistrictResult(name=folder.name, outcome=Outcome.DONE, said=f"已生成{len(built.files)}份任务分解表")


def folders_for(districts: Iterable[District], out: Path) -> tuple[DistrictFolder, ...]:
    """Give the folder of each district of a list."""
    return tuple(
        DistrictFolder(name=each.name, root=(out / each.name).resolve(), catalogue=each.catalogue) for each in districts
    )


def settle(order: DistrictsIssue, folders: Iterable[DistrictFolder]) -> tuple[DistrictsIssue, tuple[str, ...]]:
    """Find the catalogue of all, so that every worker finds it, and remark on what it prints in each district.

    Raises WrongUseError where there is none, BrokenCatalogueError where it cannot be used.
    """
    names = [each.name for each in folders if not each.catalogue]
    if not names:
        return order, ()
    home = find_campaign(order.catalogue, TEMPLATES).resolve()
    notice, _ = CATALOGUES.of(home)
    name = home.name if home.parent == TEMPLATES else str(home)
    return replace(order, catalogue=name), tuple(_remarks(notice, names))


def _remarks(notice: Notice, names: Iterable[str]) -> Iterator[str]:
    own = notice.about.district
    if any(name != own for name in names):
        yield (
            f"工作目录 {notice.campaign} 写的地区是“{own}”,各地区的表都照它印。"
            "要印各地区自己的名称和文字,请给它们各备一个工作目录,写在名单的第二列。"
        )


def issue_districts(order: DistrictsIssue, folders: Sequence[DistrictFolder], crew: Crew) -> Iterator[DistrictResult]:
    """Issue a round in each district's folder, and tell of each in their order. Raises WrongUseError where the crew cannot be had."""
    return each_district(order.issue, folders, crew)


def _missing(notice: Notice, space: Workspace, shared: SharedForms) -> tuple[str, ...] | None:
    """Name the units whose issued workbook is not there; None where nothing was issued yet. Raises WrongUseError for another catalogue."""
    held = space.campaign()
    if held is None:
        return None
    if held["campaign"] != notice.campaign:
        message = f"这个文件夹是“{held['campaign']}”那一轮的,没有改动。请换一个输出位置,或把它移走。"
        raise WrongUseError(message)
    forms = forms_of(notice, space, Edition.of_record(held), shared)
    if changed_units(notice, forms, held, shared):
        raise WrongUseError("发放之后改动过工作目录的填报项,没有改动。要按新目录重新发放的,请加 ", Command.FORCE, "。")
    there = {unit["unit"]: space.issued / unit["file"] for unit in held["units"]}
    asked = (form.unit for form in forms if form.shape.asks)
    return tuple(unit for unit in asked if unit not in there or not there[unit].exists())
