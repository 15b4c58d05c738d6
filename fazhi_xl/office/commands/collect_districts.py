"""Collecting the rounds of many districts, each from its own folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fazhi_xl.office.commands.collect import CollectOrder, collect, standing
from fazhi_xl.office.commands.district_tasks import CATALOGUES, Crew, DistrictResult, Outcome, each_district, failed
from fazhi_xl.office.commands.standing import Heard
from fazhi_xl.office.commands.summary import in_brief
from fazhi_xl.office.workspace.catalogue import issued_catalogue
from fazhi_xl.office.workspace.districts import DistrictFolder
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Nobody
from fazhi_xl.text.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictsCollect:
    """How each district's returns are collected, from its own folder 回收."""

    order: CollectOrder
    now: datetime

    def collect(self, folder: DistrictFolder) -> DistrictResult:
        """Collect a district's returns, as far as anything has changed."""
        if not folder.there:
            return failed(
                folder,
                f"文件夹 {folder.root} 不在:没有发放过,或者不见了。请从备份恢复,或再运行一次 {Command.ISSUE} 发放。",
            )
        space, heard = Workspace(folder.root), Heard(to=Nobody())
        notice, shared = CATALOGUES.of(issued_catalogue(space))
        order = replace(self.order, shared=shared)
        if before := standing(notice, space, order, heard, now=self.now):
            return DistrictResult(
                name=folder.name, outcome=Outcome.UNCHANGED, said=before.brief, attention=before.attention
            )
        round_ = collect(notice, space, order, heard, now=self.now)
        return DistrictResult(
            name=folder.name,
            outcome=Outcome.DONE,
            said=in_brief(round_),
            more=tuple(heard.lines),
            attention=round_.needs_attention,
        )


def collect_districts(
    order: DistrictsCollect, folders: Sequence[DistrictFolder], crew: Crew
) -> Iterator[DistrictResult]:
    """Collect each district's round, and tell of each in their order. Raises WrongUseError where the crew cannot be had."""
    return each_district(order.collect, folders, crew)
