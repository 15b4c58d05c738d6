"""Rounds whose evidence is packed, made in memory from what lies in a folder: nothing is collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Shape
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.packing.pack import INDEX, PackOrder, pack
from fazhi_xl.office.packing.plan import Plan, planned
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.evidence import Came, Document, EvidenceFile
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import Basis
from tests.support.campaign import the_notice
from tests.support.packages import Package
from tests.support.progress import Heard
from tests.support.rounds import NOW

FIRST, SECOND = "人大常委会机关", "政协机关"
PDF = b"%PDF-1.4 "


@dataclass
class PackingDesk:
    """A round's folder, with files in 回收 at 单位/项目/…, in whatever other folders and archives, and what units list of them."""

    root: Path
    listed: dict[str, list[Document]] = field(default_factory=dict)
    passwords: tuple[str, ...] = ()
    notice: Notice = field(default_factory=the_notice)

    @property
    def space(self) -> Workspace:
        return Workspace(self.root)

    @property
    def packed(self) -> Path:
        return self.space.packed

    def put(self, path: str, data: bytes = PDF) -> Path:
        target = self.space.returns / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target

    def lists(self, unit: str, sub_point: str, *paths: str, came: Came = Came.HERE, title: str = "材料") -> None:
        """Let a unit list files for a sub-point."""
        document = Document(
            row=f"台账.{len(self.listed):03d}", sub_point=sub_point, came=came, title=title, pages=3, paths=paths
        )
        self.listed.setdefault(unit, []).append(document)

    def came(self) -> tuple[Arrival, ...]:
        came = arrivals([self.space.returns], passwords=self.passwords)
        return tuple(each.without_bytes() for each in came if not each.hollow)

    def order(self) -> PackOrder:
        came = self.came()
        return PackOrder(round_=self.round_(came), forms=(), arrivals=came, passwords=self.passwords)

    def round_(self, came: Iterable[Arrival]) -> Round:
        forms = [_return_of(unit, documents) for unit, documents in sorted(self.listed.items())]
        return Round(
            notice=self.notice,
            generated=NOW,
            basis=Basis.SELF,
            files=(*forms, *self._evidence(came)),
            units=(),
            version="1",
        )

    def plan(self) -> Plan:
        order = self.order()
        return planned(order.round_, order.forms, order.arrivals)

    def _evidence(self, came: Iterable[Arrival]) -> Iterator[FileResult]:
        for each in came:
            folders = PurePosixPath(each.path).parts[:-1]
            codes = tuple(part for part in folders if part.replace(".", "").isdigit() and part != "99")
            unit = next((part for part in folders if part in self.notice.units_by_short), None)
            yield FileResult(
                path=each.path,
                sha256=each.sha256,
                received=each.received,
                unit=None,
                status=Status.IGNORED,
                evidence=EvidenceFile(path=each.path, codes=codes, unit=unit, placed=True)
                if codes or "99" in folders
                else None,
            )

    def pack(self, order: PackOrder | None = None) -> tuple[bool, list[str]]:
        """Pack; gives whether anything needs attention, and what was said."""
        said = Heard()
        return pack(self.space, order or self.order(), said), said.lines

    def files(self) -> dict[str, bytes]:
        """Give every file in 上报 but the index and the manifest."""
        return {
            path.relative_to(self.packed).as_posix(): path.read_bytes()
            for path in sorted(self.packed.rglob("*"))
            if path.is_file() and path.name not in {INDEX, "manifest-sha256.txt"}
        }

    @property
    def index(self) -> Package:
        return Package(self.packed / INDEX)


def _return_of(unit: str, documents: Iterable[Document]) -> FileResult:
    """Give a return that counts and says nothing but what it lists."""
    return FileResult(
        path=f"{unit}.xlsx",
        sha256="0" * 64,
        received=NOW.date(),
        unit=unit,
        status=Status.ACCEPTED,
        answers=Answers(shape=Shape(name="空", sub_points=(), sheets=()), values={}, findings=()),
        documents=tuple(documents),
    )
